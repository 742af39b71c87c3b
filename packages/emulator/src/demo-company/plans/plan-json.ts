import type { Instant } from "@dapanoskop/core/calendar";

/** The value of an attribute. */
export type PlanAttribute =
  | string
  | number
  | boolean
  | null
  | readonly PlanAttribute[]
  | { readonly [name: string]: PlanAttribute };

export type PlanAttributes = { readonly [name: string]: PlanAttribute };

/** What a plan does to a resource, or how one drifted. */
export interface DemoChange {
  /** `aws_instance.web["a"]`, below a module or not. */
  readonly address: string;
  readonly actions: readonly ("create" | "delete" | "update" | "no-op" | "forget")[];
  readonly before: PlanAttributes | null;
  readonly after: PlanAttributes | null;
  /** PlanAttributes that are known only after the apply. */
  readonly unknown?: readonly string[];
  /** PlanAttributes whose values are marked sensitive. */
  readonly sensitive?: readonly string[];
  readonly reason?: string;
  readonly replacePaths?: readonly (readonly string[])[];
  readonly previousAddress?: string;
}

export interface DemoPlanContent {
  readonly at: Instant;
  /** `null`: a plan with -refresh-only, which plans no change. */
  readonly changes: readonly DemoChange[] | null;
  readonly drift: readonly DemoChange[];
  readonly isErrored?: boolean;
}

/** The region in which the company's infrastructure is. */
const REGION = "eu-central-1";
const PROVIDER = "registry.terraform.io/hashicorp/aws";

/** A plan as `terraform show -json` writes it, in format 1.2. */
export function planJson({ at, changes, drift, isErrored = false }: DemoPlanContent): Uint8Array {
  const plan = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    variables: { region: { value: REGION } },
    ...(drift.length === 0 ? {} : { resource_drift: drift.map(resourceChange) }),
    ...(changes === null ? {} : { resource_changes: changes.map(resourceChange) }),
    output_changes: {},
    configuration: {
      provider_config: {
        aws: { name: "aws", full_name: PROVIDER, expressions: { region: { constant_value: REGION } } },
      },
      root_module: configurationOf([...(changes ?? []), ...drift]),
    },
    timestamp: at,
    applyable: !isErrored,
    complete: !isErrored,
    errored: isErrored,
  };
  return new TextEncoder().encode(JSON.stringify(plan));
}

/** The parts of an address: the names of its modules, the type and name of the resource, and its key in `for_each`. */
function addressParts(address: string) {
  const [, path = "", type, name, index = null] =
    /^((?:module\.[^.]+\.)*)([a-z0-9_]+)\.([a-z0-9_-]+)(?:\["(.+)"\])?$/.exec(address) ?? [];
  if (type === undefined || name === undefined)
    throw new TypeError(`${address} is no address of a resource.`);
  return { modules: path.split(".").filter((part) => part !== "" && part !== "module"), type, name, index };
}

/** The configuration of these resources: each is once in it, whatever its `for_each`, and has the provider of the root module. */
function configurationOf(changes: readonly DemoChange[], depth = 0): object {
  const parts = changes.map((change) => ({ change, ...addressParts(change.address) }));
  const own = parts.filter(({ modules }) => modules.length === depth);
  const called = [...new Set(parts.flatMap(({ modules }) => modules[depth] ?? []))];
  const resources = new Map(own.map(({ type, name }) => [`${type}.${name}`, { type, name }]));
  return {
    resources: [...resources].map(([address, { type, name }]) => ({
      address,
      mode: "managed",
      type,
      name,
      provider_config_key: "aws",
      expressions: {},
      schema_version: 0,
    })),
    module_calls: Object.fromEntries(
      called.map((module) => {
        const inside = parts.filter(({ modules }) => modules[depth] === module).map(({ change }) => change);
        return [module, { source: `./${module}`, module: configurationOf(inside, depth + 1) }];
      }),
    ),
  };
}

function resourceChange(change: DemoChange) {
  const { modules, type, name, index } = addressParts(change.address);
  const marks = (names: readonly string[] = []) => Object.fromEntries(names.map((each) => [each, true]));
  const sensitive = marks(change.sensitive);
  return {
    address: change.address,
    ...(modules.length === 0
      ? {}
      : { module_address: modules.map((module) => `module.${module}`).join(".") }),
    ...(change.previousAddress === undefined ? {} : { previous_address: change.previousAddress }),
    mode: "managed",
    type,
    name,
    ...(index === null ? {} : { index }),
    provider_name: PROVIDER,
    change: {
      actions: change.actions,
      before: change.before,
      after: change.after,
      after_unknown: marks(change.unknown),
      before_sensitive: change.before === null ? false : sensitive,
      after_sensitive: change.after === null ? false : sensitive,
      ...(change.replacePaths === undefined ? {} : { replace_paths: change.replacePaths }),
    },
    ...(change.reason === undefined ? {} : { action_reason: change.reason }),
  };
}

/** The tag of a workload, as a resource and the provider state it. */
const tagged = (app: string | null): PlanAttributes => {
  const tags = app === null ? null : { App: app };
  return { tags, tags_all: tags ?? {} };
};

/** A new resource. @param app its workload; `null`: without the tag */
export const create = (
  address: string,
  app: string | null,
  after: PlanAttributes,
  more: Partial<DemoChange> = {},
): DemoChange => ({
  address,
  actions: ["create"],
  before: null,
  after: { ...after, ...tagged(app) },
  unknown: ["arn", "id"],
  ...more,
});

/** A resource that goes. */
export const remove = (address: string, app: string | null, before: PlanAttributes): DemoChange => ({
  address,
  actions: ["delete"],
  before: { ...before, ...tagged(app) },
  after: null,
  reason: "delete_because_no_resource_config",
});

/** A resource whose attributes change. */
export const update = (
  address: string,
  app: string | null,
  before: PlanAttributes,
  change: PlanAttributes,
  more: Partial<DemoChange> = {},
): DemoChange => ({
  address,
  actions: ["update"],
  before: { ...before, ...tagged(app) },
  after: { ...before, ...tagged(app), ...change },
  ...more,
});

/** A resource that the plan leaves as it is. */
export const keep = (address: string, app: string | null, values: PlanAttributes): DemoChange =>
  update(address, app, values, {}, { actions: ["no-op"] });
