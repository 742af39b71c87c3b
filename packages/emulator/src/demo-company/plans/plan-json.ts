import type { Instant } from "@dapanoskop/core/calendar";

/** The value of an attribute. */
export type Attribute =
  | string
  | number
  | boolean
  | null
  | readonly Attribute[]
  | { readonly [name: string]: Attribute };

export type Attributes = { readonly [name: string]: Attribute };

/** What a plan does to a resource, or how one drifted. */
export interface DemoChange {
  /** `aws_instance.web["a"]`, below a module or not. */
  readonly address: string;
  readonly actions: readonly ("create" | "delete" | "update" | "no-op" | "forget")[];
  readonly before: Attributes | null;
  readonly after: Attributes | null;
  /** Attributes that are known only after the apply. */
  readonly unknown?: readonly string[];
  /** Attributes whose values are marked sensitive. */
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
      root_module: {},
    },
    timestamp: at,
    applyable: !isErrored,
    complete: !isErrored,
    errored: isErrored,
  };
  return new TextEncoder().encode(JSON.stringify(plan));
}

function resourceChange(change: DemoChange) {
  const [, module, type, name, index] =
    /^((?:module\.[^.]+\.)*)([a-z0-9_]+)\.([a-z0-9_-]+)(?:\["(.+)"\])?$/.exec(change.address) ?? [];
  if (type === undefined || name === undefined)
    throw new TypeError(`${change.address} is no address of a resource.`);
  const marks = (names: readonly string[] = []) => Object.fromEntries(names.map((each) => [each, true]));
  const sensitive = marks(change.sensitive);
  return {
    address: change.address,
    ...(module === undefined || module === "" ? {} : { module_address: module.slice(0, -1) }),
    ...(change.previousAddress === undefined ? {} : { previous_address: change.previousAddress }),
    mode: "managed",
    type,
    name,
    ...(index === undefined ? {} : { index }),
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
const tagged = (app: string | null): Attributes => {
  const tags = app === null ? null : { App: app };
  return { tags, tags_all: tags ?? {} };
};

/** A new resource. @param app its workload; `null`: without the tag */
export const create = (
  address: string,
  app: string | null,
  after: Attributes,
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
export const remove = (address: string, app: string | null, before: Attributes): DemoChange => ({
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
  before: Attributes,
  change: Attributes,
  more: Partial<DemoChange> = {},
): DemoChange => ({
  address,
  actions: ["update"],
  before: { ...before, ...tagged(app) },
  after: { ...before, ...tagged(app), ...change },
  ...more,
});

/** A resource that the plan leaves as it is. */
export const keep = (address: string, app: string | null, values: Attributes): DemoChange =>
  update(address, app, values, {}, { actions: ["no-op"] });
