import { type InputName, inputTable, type Values } from "../../../infra/inputs.ts";
import { providerSchema, typeOf } from "./provider/schema.ts";
import { bodyOf } from "./symbols/body.ts";
import type { Recording } from "./symbols/recorder.ts";
import { address, type Resource } from "./symbols/resource.ts";
import { type EachGroup, isSym, type Node } from "./symbols/symbol.ts";

/** A value that JSON can say. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject;
export interface PlainObject {
  readonly [name: string]: Plain;
}

/** A resource or data source of a module whose inputs are decided, under Terraform's names; blocks are lists of objects. */
export interface EvaluatedResource {
  /** `aws_kms_key.signing["a"]` for one of several; otherwise `aws_s3_bucket.data`, counted or not. */
  readonly address: string;
  readonly mode: Resource["mode"];
  readonly type: string;
  readonly name: string;
  readonly part: string;
  /** `aws.us_east_1`; `null` for the default provider. */
  readonly provider: string | null;
  /** What is absent or null is left out. */
  readonly args: PlainObject;
}

/** The recording as a plan would show it. */
export interface Evaluation {
  readonly resources: readonly EvaluatedResource[];
  readonly outputs: PlainObject;
  /** The sentences of requirements that these inputs break. */
  readonly refusals: readonly string[];
}

/** Where the module is applied, and what its adopter decided. */
export interface Deployment {
  readonly inputs?: Partial<Values>;
  readonly region?: string;
  readonly accountId?: string;
  readonly partition?: string;
}

/** Inputs that have no default, for whoever does not care. */
const NECESSARY: Partial<Values> = {
  cognito_user_pool_id: "eu-central-1_AbCdEfGhI",
  cognito_domain: "my-org.auth.eu-central-1.amazoncognito.com",
};

/**
 * Decides the inputs of a recording and works out what it says: conditions, texts, lists and documents become values,
 * resources that do not exist are left out. An attribute of a resource that is one of its arguments is that argument's
 * value, as in a plan; another one is a text like `aws_s3_bucket.data.arn`. Files and what depends on them stay as HCL:
 * `filebase64sha256(…)`; what is repeated for each of them stands once.
 * @throws TypeError when a text is made of something that is null: Terraform would refuse it, too
 */
export function evaluate(recording: Recording, deployment: Deployment = {}): Evaluation {
  const { inputs, region = "eu-central-1", accountId = "111122223333", partition = "aws" } = deployment;
  const decided = new Map<string, Plain>([
    ...Object.entries(inputTable).map(
      ([name, spec]) =>
        [
          `var.${name}`,
          (inputs?.[name as InputName] ?? NECESSARY[name as InputName] ?? spec.default ?? null) as Plain,
        ] as const,
    ),
    ["data.aws_region.current.id", region],
    ["data.aws_caller_identity.current.account_id", accountId],
    ["data.aws_partition.current.partition", partition],
  ]);
  const { value, instances } = evaluator(decided);
  return {
    resources: recording.resources.flatMap(instances),
    outputs: Object.fromEntries(recording.outputs.map((one) => [one.name, value(one.value, NOWHERE)])),
    refusals: recording.requirements
      .filter(({ flag }) => value(flag, NOWHERE) !== true)
      .map(({ sentence }) => sentence),
  };
}

/** The key that stands for each group that a value is inside of. */
type Scope = ReadonlyMap<EachGroup, string>;
const NOWHERE: Scope = new Map();

function evaluator(decided: ReadonlyMap<string, Plain>) {
  const schema = providerSchema("5.100.0");

  function instances(resource: Resource): readonly EvaluatedResource[] {
    return scopesOf(resource).map((scope) => ({
      address: addressIn(resource, scope),
      mode: resource.mode,
      type: resource.type,
      name: resource.name,
      part: resource.part,
      provider: resource.provider,
      args: args(resource, scope),
    }));
  }

  function scopesOf({ group }: Resource): readonly Scope[] {
    if (group === null) return [NOWHERE];
    if (group.kind === "when") return value(group.flag, NOWHERE) === true ? [NOWHERE] : [];
    const names = value(group.names, NOWHERE);
    if (!Array.isArray(names)) return [NOWHERE];
    return names.map((name) => new Map([[group, String(name)]]));
  }

  function args(resource: Resource, scope: Scope): PlainObject {
    return withoutNulls(value(body(resource), scope)) as PlainObject;
  }

  function body(resource: Resource) {
    const type = resource.mode === "data" ? `data.${resource.type}` : resource.type;
    return bodyOf(resource, typeOf(schema, type));
  }

  function value(given: unknown, scope: Scope): Plain {
    if (given === null || given === undefined) return null;
    if (isSym(given)) return symbol(given.node, scope);
    if (Array.isArray(given)) return given.map((one) => value(one, scope));
    if (typeof given !== "object") return given as Plain;
    const entries = Object.entries(given).filter(([, one]) => one !== undefined);
    return Object.fromEntries(entries.map(([name, one]) => [name, value(one, scope)]));
  }

  function symbol(node: Node, scope: Scope): Plain {
    const inner = (one: unknown) => value(one, scope);
    switch (node.kind) {
      case "code":
        return decided.has(node.code) ? (decided.get(node.code) ?? null) : node.code;
      case "attribute":
        return attribute(node.of, node.name, scope);
      case "template":
        return node.parts.map((part) => text(inner(part))).join("");
      case "call":
        return called(node.name, node.args.map(inner));
      case "conditional":
        return inner(node.flag) === true ? inner(node.yes) : inner(node.no);
      case "operation": {
        const [one, other] = node.operands.map((operand) => JSON.stringify(inner(operand)));
        return (one === other) === (node.operator === "==");
      }
      case "element":
        return (inner(node.list) as readonly Plain[])[node.at] ?? null;
      case "key":
        return keyOf(node.group, scope);
      case "for": {
        const names = inner(node.group.names) as readonly string[];
        return names.map((name) => value(node.value, new Map([...scope, [node.group, name]])));
      }
    }
  }

  function attribute(of: Resource, name: string, scope: Scope): Plain {
    const { group } = of;
    if (group?.kind === "when" && value(group.flag, NOWHERE) !== true) return null;
    return value(body(of)[name], scope) ?? `${addressIn(of, scope)}.${name}`;
  }

  return { value, instances };
}

function addressIn(resource: Resource, scope: Scope): string {
  const { group } = resource;
  if (group?.kind !== "each") return address(resource);
  const key = scope.get(group);
  return key === undefined ? `${address(resource)}[each.key]` : `${address(resource)}["${key}"]`;
}

function keyOf(group: EachGroup, scope: Scope): string {
  const key = scope.get(group);
  if (key === undefined) throw new TypeError("One of several resources was meant, and nothing says which.");
  return key;
}

/** To Terraform, an argument that is null is absent. */
function withoutNulls(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutNulls(one)]));
}

function text(part: Plain): string {
  if (part === null || typeof part === "object") {
    throw new TypeError(`A text cannot be made of ${part === null ? "null" : "a list or an object"}.`);
  }
  return String(part);
}

function called(name: string, args: readonly Plain[]): Plain {
  const [first = null] = args;
  switch (name) {
    case "jsonencode":
      return JSON.stringify(first);
    case "concat":
      return (args as readonly (readonly Plain[])[]).flat();
    case "toset":
      return first;
    case "startswith":
      return text(first).startsWith(text(args[1] ?? null));
    case "trimspace":
      return text(first).trim();
    default:
      throw new TypeError(`The function ${name} is not known to the evaluator.`);
  }
}
