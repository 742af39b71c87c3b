import { isDeepStrictEqual } from "node:util";
import type { EvaluatedResource, Plain, PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { all, type Policy, type Statement } from "../support/policy.ts";
import { document } from "../support/the-system.ts";

type PlannedResources = readonly EvaluatedResource[];
type Value = Plain | undefined;

/** A fact that a scanner demands, and that is true here. */
export interface Rule {
  /** The addresses of resources that the fact is not true for. */
  readonly offenders: (resources: PlannedResources) => readonly string[];
  /** A change that breaks the fact, so that the rule is seen to fail. */
  readonly broken: (resources: PlannedResources) => PlannedResources;
  /** The input that an adopter must set before the fact is true, and why it has no default. */
  readonly needs?: string;
  /** Resources that it is not true for, by address, and why that is right. */
  readonly except?: Readonly<Record<string, string>>;
}

/** A fact that a scanner demands, and that is not true here. */
export interface Skip {
  /** The reason, for an auditor. */
  readonly why: string;
  /** Whether the fact is true after all: then the skip is out of date. */
  readonly isTrue: (resources: PlannedResources) => boolean;
}

/** What a value must be: this value, a text of this pattern, or what a function accepts. */
type Right = Plain | RegExp | ((value: never) => boolean);

export const isSet = (value: Value) => value !== undefined;

function fits(value: Value, right: Right): boolean {
  if (right instanceof RegExp) return right.test(String(value));
  return typeof right === "function" ? right(value as never) : isDeepStrictEqual(value, right);
}

/** Every resource of a type has a right value at a path such as `origin.domain_name`, in each of its blocks. */
export const is = (type: string, path: string, right: Right, wrong: Value): Rule => ({
  offenders: (resources) => addresses(ofType(resources, type).filter(({ args }) => !has(args, path, right))),
  broken: changed(type, (args) => withValue(args, path.split("."), wrong)),
});

/** Every bucket, or function, has a resource of another type with a right value at a path. */
export const beside = (
  type: string,
  path: string,
  right: Right,
  wrong: Value,
  [owner, key] = ["aws_s3_bucket", "bucket"],
): Rule => ({
  offenders: (resources) => {
    const complete = ofType(resources, type).filter(({ args }) => has(args, path, right));
    const owned = complete.map(({ args }) => args[key]);
    return addresses(ofType(resources, owner).filter(({ args }) => !owned.includes(args[key])));
  },
  broken: changed(type, (args) => withValue(args, path.split("."), wrong)),
});

/** Every statement of a type's policies is right that has the effect of the wrong one, which breaks the rule. */
export const statements = (
  type: string,
  right: (statement: Statement, actions: readonly string[]) => boolean,
  wrong: Partial<Statement>,
  argument = "policy",
): Rule => {
  const added: Statement = { Effect: "Allow", Action: "*", Resource: "*", ...wrong };
  const isRight = (policy: Plain) =>
    document(policy).Statement.every((one) => one.Effect !== added.Effect || right(one, all(one.Action)));
  const withAdded = (policy: Policy) => JSON.stringify({ Statement: [...policy.Statement, added] });
  return {
    offenders: is(type, argument, isRight, "").offenders,
    broken: changed(type, (args) => ({ ...args, [argument]: withAdded(document(args[argument])) })),
  };
};

export const noPublicPolicy = (type: string, action: string) =>
  statements(type, (one) => !isPublic(one), { Principal: { AWS: "*" }, Action: action });

const isPublic = ({ Principal: who }: Statement) =>
  who === "*" || (who !== undefined && [...all(who.AWS), ...all(who.Service)].includes("*"));

/** No resource is of this kind; the one of `type` with `args` would be. */
export const none = (
  isOffender: (resource: EvaluatedResource) => boolean,
  type: string,
  args: PlainObject = {},
): Rule => ({
  offenders: (resources) => addresses(resources.filter(isOffender)),
  broken: (resources) => [...resources, { ...(resources[0] as EvaluatedResource), type, args }],
});

export const exists =
  (type: string) =>
  (resources: PlannedResources): boolean =>
    ofType(resources, type).length > 0;

/** Every resource of a type has a right value at a path. */
export const every =
  (type: string, path: string, right: Right) =>
  (resources: PlannedResources): boolean =>
    is(type, path, right, "").offenders(resources).length === 0;

const addresses = (resources: PlannedResources) => resources.map(({ address }) => address);

const ofType = (resources: PlannedResources, type: string): PlannedResources =>
  resources.filter((one) => one.mode === "resource" && one.type === type);

const changed =
  (type: string, change: (args: PlainObject) => PlainObject) => (resources: PlannedResources) => {
    const affected = ofType(resources, type);
    return resources.map((one) => (affected.includes(one) ? { ...one, args: change(one.args) } : one));
  };

function has(args: PlainObject, path: string, right: Right): boolean {
  const values = valuesAt(args, path.split("."));
  return values.length > 0 && values.every((value) => fits(value, right));
}

/** A part of a path may be a pattern for the names of several blocks. */
const matching = (block: PlainObject, part: string) =>
  Object.keys(block).filter((name) => new RegExp(`^${part}$`).test(name));

const blocksIn = (value: Value) => [value].flat() as readonly PlainObject[];

function valuesAt(block: PlainObject, [part = "", ...parts]: readonly string[]): readonly Value[] {
  if (parts.length === 0) return [block[part]];
  const blocks = matching(block, part).flatMap((name) => blocksIn(block[name]));
  return blocks.flatMap((one) => valuesAt(one, parts));
}

function withValue(block: PlainObject, [part = "", ...parts]: readonly string[], value: Value): PlainObject {
  if (parts.length === 0) return { ...block, [part]: value } as PlainObject;
  const changed = matching(block, part).map((name) => {
    return [name, blocksIn(block[name]).map((one) => withValue(one, parts, value))] as const;
  });
  return { ...block, ...Object.fromEntries(changed) };
}
