import { type InputName, inputTable, type Values } from "../../../infra/inputs.ts";
import { columnOf } from "../../../infra/read-inputs.ts";
import { providerSchema, typeOf } from "./provider/schema.ts";
import { bodyOf } from "./synthesis/body.ts";
import { type Iteration, isExpression, type Node } from "./synthesis/expression.ts";
import { address, qualifiedType, type Resource } from "./synthesis/resource.ts";
import type { Synthesis } from "./synthesis/synthesizer.ts";

/** A JSON value. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject;
export interface PlainObject {
  readonly [name: string]: Plain;
}

/** A resource or data source of a module whose inputs have values, by Terraform's names; blocks are lists of objects. */
export interface EvaluatedResource {
  /** `aws_kms_key.signing["a"]` for one of several; otherwise `aws_s3_bucket.data`, with `count` or without. */
  readonly address: string;
  readonly mode: Resource["mode"];
  readonly type: string;
  readonly name: string;
  /** The key of one of several. */
  readonly key: string | null;
  readonly subsystem: string;
  /** `aws.us_east_1`; `null` for the default provider. */
  readonly provider: string | null;
  /** Without those that are absent or null. */
  readonly args: PlainObject;
}

/** The module as a plan would show it. */
export interface Evaluation {
  readonly resources: readonly EvaluatedResource[];
  readonly outputs: PlainObject;
  /** The error messages of requirements that these inputs do not meet. */
  readonly refusals: readonly string[];
}

/** The values of the inputs, and where the module is applied. */
interface Deployment {
  readonly inputs?: Partial<Values>;
  readonly region?: string;
  readonly accountId?: string;
  readonly partition?: string;
}

/** The pool of every deployment whose inputs name none. */
const AN_EXISTING_POOL: Partial<Values> = {
  cognito_user_pool_id: "eu-central-1_AbCdEfGhI",
  cognito_domain: "my-org.auth.eu-central-1.amazoncognito.com",
};

/**
 * Evaluates the module for these inputs: conditions, texts, lists and documents become values, resources that do not exist
 * are left out. An attribute of a resource that is also an argument has that argument's value, as in a plan; another one is
 * a text like `aws_s3_bucket.data.arn`. Files and what depends on them remain HCL, `filebase64sha256(…)`, and a resource for
 * each of them remains one.
 * @throws TypeError when a text contains null, which Terraform refuses as well
 */
export function evaluate(synthesis: Synthesis, deployment: Deployment = {}): Evaluation {
  const { inputs = {}, region = "eu-central-1", accountId = "111122223333", partition = "aws" } = deployment;
  const known = new Map<string, Plain>([
    ["data.aws_region.current.id", region],
    ["data.aws_caller_identity.current.account_id", accountId],
    ["data.aws_partition.current.partition", partition],
    ["data.aws_partition.current.dns_suffix", "amazonaws.com"],
  ]);
  const existingPool = inputs.managed_user_pool_enabled === true ? {} : AN_EXISTING_POOL;
  for (const [name, { default: byDefault = null }] of Object.entries(inputTable)) {
    const given = inputs[name as InputName] ?? existingPool[name as InputName];
    known.set(`var.${name}`, (given ?? byDefault) as Plain);
  }
  const { value, instances } = evaluator(known);
  return {
    resources: synthesis.resources.flatMap(instances),
    outputs: Object.fromEntries(synthesis.outputs.map((one) => [one.name, value(one.value, NO_KEYS)])),
    refusals: synthesis.requirements
      .filter(({ condition }) => value(condition, NO_KEYS) !== true)
      .map(({ message }) => message),
  };
}

/** The current key of each iteration that a value is inside of. */
type Keys = ReadonlyMap<Iteration, string>;
const NO_KEYS: Keys = new Map();

function evaluator(known: ReadonlyMap<string, Plain>) {
  const schema = providerSchema("5.100.0");

  const instances = (resource: Resource): readonly EvaluatedResource[] =>
    keysOf(resource).map((keys) => {
      const { mode, type, name, subsystem, provider } = resource;
      const key = resource.group?.kind === "iteration" ? (keys.get(resource.group) ?? null) : null;
      const args = withoutNulls(value(body(resource), keys)) as PlainObject;
      return { address: addressOf(resource, keys), mode, type, name, key, subsystem, provider, args };
    });

  function keysOf({ group }: Resource): readonly Keys[] {
    if (group === null) return [NO_KEYS];
    if (group.kind === "conditional") return value(group.condition, NO_KEYS) === true ? [NO_KEYS] : [];
    if (group.condition !== null && value(group.condition.condition, NO_KEYS) !== true) return [];
    return elements(group, NO_KEYS)?.map((key) => new Map([[group, key]])) ?? [NO_KEYS];
  }

  /** The keys of an iteration; `null` where they are not known before the module is applied. */
  function elements({ rows, source }: Iteration, keys: Keys): readonly string[] | null {
    if (rows !== null) return Object.keys(rows);
    const names = value(source, keys);
    return Array.isArray(names) ? names.map(String) : null;
  }

  const body = (resource: Resource) => bodyOf(resource, typeOf(schema, qualifiedType(resource)));

  function value(given: unknown, keys: Keys): Plain {
    if (given === null || given === undefined) return null;
    if (isExpression(given)) return nodeValue(given.node, keys);
    if (Array.isArray(given)) return given.map((one) => value(one, keys));
    if (typeof given !== "object") return given as Plain;
    const entries = Object.entries(given).filter(([, one]) => one !== undefined);
    return Object.fromEntries(entries.map(([name, one]) => [name, value(one, keys)]));
  }

  function nodeValue(node: Node, keys: Keys): Plain {
    const inner = (one: unknown) => value(one, keys);
    switch (node.kind) {
      case "code":
        return known.has(node.code) ? (known.get(node.code) ?? null) : node.code;
      case "attribute":
        return attribute(node.of, node.name, keys);
      case "template":
        return node.parts.map((part) => text(inner(part))).join("");
      case "call":
        return called(node.name, node.args.map(inner));
      case "operation": {
        const [first, second, third] = node.operands;
        if (node.operator === "?:") return inner(first) === true ? inner(second) : inner(third);
        if (node.operator === "||") return node.operands.some((one) => inner(one) === true);
        if (node.operator === "&&") return node.operands.every((one) => inner(one) === true);
        if (node.operator === "[]") return (inner(first) as PlainObject)[String(inner(second))] ?? null;
        return (JSON.stringify(inner(first)) === JSON.stringify(inner(second))) === (node.operator === "==");
      }
      case "local":
        return inner(node.value);
      case "key":
        return keyOf(node.of, keys);
      case "field":
        return value(node.of.rows?.[keyOf(node.of, keys)]?.[node.name], NO_KEYS);
      case "for":
        return (elements(node.each, keys) ?? [])
          .map((key): Keys => new Map([...keys, [node.each, key]]))
          .filter((within) => value(node.condition, within) === true)
          .map((within) => value(node.value, within));
      case "column":
        return columnOf(text(inner(node.of)), node.name, node.absent);
      case "filtered": {
        // Terraform evaluates the list before it filters it.
        const list = inner(node.list);
        return inner(node.condition) === true ? list : [];
      }
      case "at":
        return value(node.value, new Map([...keys, [node.each, node.key]]));
    }
  }

  function attribute(of: Resource, name: string, keys: Keys): Plain {
    const { group } = of;
    if (group?.kind === "conditional" && value(group.condition, NO_KEYS) !== true) return null;
    return value(body(of)[name], keys) ?? `${addressOf(of, keys)}.${name}`;
  }

  return { value, instances };
}

function addressOf(resource: Resource, keys: Keys): string {
  const { group } = resource;
  if (group?.kind !== "iteration") return address(resource);
  const key = keys.get(group);
  return `${address(resource)}[${key === undefined ? "each.key" : `"${key}"`}]`;
}

function keyOf(group: Iteration, keys: Keys): string {
  const key = keys.get(group);
  if (key === undefined) throw new TypeError("A resource with for_each is used outside its iteration.");
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
  if (typeof part !== "object") return String(part);
  throw new TypeError(`A text cannot contain ${part === null ? "null" : "a list or an object"}.`);
}

const functions: Readonly<Record<string, (...args: readonly Plain[]) => Plain>> = {
  concat: (...lists) => (lists as readonly (readonly Plain[])[]).flat(),
  contains: (list, one = null) => (list as readonly Plain[]).includes(one),
  length: (list) => (list as readonly Plain[]).length,
  join: (separator, list) => (list as readonly Plain[]).join(text(separator ?? null)),
  jsonencode: (document = null) => JSON.stringify(document),
  replace: (whole = null, part = null, by = null) => text(whole).replaceAll(text(part), () => text(by)),
  startswith: (whole = null, start = null) => text(whole).startsWith(text(start)),
  trimprefix: (whole = null, start = null) =>
    text(whole).startsWith(text(start)) ? text(whole).slice(text(start).length) : whole,
  trimsuffix: (whole = null, end = null) =>
    text(whole).endsWith(text(end)) ? text(whole).slice(0, -text(end).length) : whole,
  trimspace: (padded = null) => text(padded).trim(),
};

function called(name: string, args: readonly Plain[]): Plain {
  const apply = functions[name];
  if (apply === undefined) throw new TypeError(`The evaluator does not implement the function ${name}.`);
  return apply(...args);
}
