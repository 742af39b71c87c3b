import type { EvaluatedResource, Plain, PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { all, type Policy, type Statement } from "../support/policy.ts";
import { document } from "../support/the-system.ts";

export type PlannedResources = readonly EvaluatedResource[];

/** A fact that a scanner demands, and that is true here. */
export interface Rule {
  /** CKV… is Checkov's name of it, AVD-AWS-… Trivy's. */
  readonly ids: readonly string[];
  readonly fact: string;
  /** The addresses of resources that the fact is not true for. */
  readonly offenders: (resources: PlannedResources) => readonly string[];
  /** A change that breaks the fact, so that the rule is seen to fail. */
  readonly broken: (resources: PlannedResources) => PlannedResources;
  /** The input that an adopter must set before the fact is true, and why it has no default. */
  readonly needs?: string;
  /** Resources that it is not true for, by address, and why that is right. */
  readonly except?: Readonly<Record<string, string>>;
}

/** @param title the ids, a colon and the fact */
export const rule = (
  title: string,
  offenders: Rule["offenders"],
  broken: Rule["broken"],
  more: Pick<Rule, "needs" | "except"> = {},
): Rule => ({ ...idsAndFact(title), offenders, broken, ...more });

function idsAndFact(title: string): Pick<Rule, "ids" | "fact"> {
  const colon = title.indexOf(": ");
  return { ids: title.slice(0, colon).split(" "), fact: title.slice(colon + 2) };
}

/** A fact that a scanner demands, and that is not true here. */
export interface Skip {
  readonly ids: readonly string[];
  readonly fact: string;
  /** The reason, for an auditor. */
  readonly why: string;
  /** Whether the fact is true after all: then the skip is out of date. */
  readonly isTrue: (resources: PlannedResources) => boolean;
}

/** @param title the ids, a colon and the fact */
export const skip = (title: string, why: string, isTrue: Skip["isTrue"]): Skip => ({
  ...idsAndFact(title),
  why,
  isTrue,
});

export const ofType = (resources: PlannedResources, type: string): PlannedResources =>
  resources.filter((one) => one.mode === "resource" && one.type === type);

export const has = (type: string) => (resources: PlannedResources) => ofType(resources, type).length > 0;

/** Whether a fact is true for every resource of a type. */
export const every =
  (type: string, isTrue: (args: PlainObject) => boolean) =>
  (resources: PlannedResources): boolean =>
    ofType(resources, type).every(({ args }) => isTrue(args));

/** The addresses of a type's resources that a fact is not true for. */
export const unless =
  (type: string, isTrue: (args: PlainObject, resources: PlannedResources) => boolean) =>
  (resources: PlannedResources): readonly string[] =>
    ofType(resources, type)
      .filter((one) => !isTrue(one.args, resources))
      .map(({ address }) => address);

/** The addresses of resources of any type that a fact is true for. */
export const those = (isTrue: (resource: EvaluatedResource) => boolean) => (resources: PlannedResources) =>
  resources.filter(isTrue).map(({ address }) => address);

/** The same resources, with some arguments of one type changed; `undefined` removes one. */
export const changed =
  (
    type: string,
    change:
      | Readonly<Record<string, Plain | undefined>>
      | ((args: PlainObject) => Record<string, Plain | undefined>),
  ) =>
  (resources: PlannedResources): PlannedResources =>
    resources.map((one) => {
      if (one.mode !== "resource" || one.type !== type) return one;
      const args = { ...one.args, ...(typeof change === "function" ? change(one.args) : change) };
      const kept = Object.entries(args).filter(([, value]) => value !== undefined);
      return { ...one, args: Object.fromEntries(kept) as PlainObject };
    });

export const without =
  (type: string) =>
  (resources: PlannedResources): PlannedResources =>
    resources.filter((one) => one.type !== type);

/** The same resources, and one more. */
export const and =
  (type: string, args: PlainObject = {}) =>
  (resources: PlannedResources): PlannedResources => {
    const more = {
      address: `${type}.more`,
      mode: "resource",
      name: "more",
      key: null,
      subsystem: "more",
    } as const;
    return [...resources, { ...more, type, provider: null, args }];
  };

export const blocks = (args: PlainObject, name: string) => (args[name] ?? []) as readonly PlainObject[];

/** A value in the first blocks of a path such as `rule.object_ownership`. */
export const at = (args: PlainObject, path: string): Plain | undefined =>
  path.split(".").reduce<Plain | undefined>((value, name) => {
    const [first = value] = Array.isArray(value) ? value : [value];
    return (first as PlainObject | undefined)?.[name];
  }, args);

export const statements = (args: PlainObject | undefined, argument = "policy"): readonly Statement[] =>
  args?.[argument] === undefined ? [] : document(args[argument]).Statement;

export const allowed = (args: PlainObject) => statements(args).filter(({ Effect }) => Effect === "Allow");

/** A policy with one more statement. */
export const withStatement = (type: string, statement: Partial<Statement>, argument = "policy") =>
  changed(type, (args) => {
    const policy = document(args[argument]);
    const more: Statement = { Effect: "Allow", Action: "*", Resource: "*", ...statement };
    return {
      [argument]: JSON.stringify({ ...policy, Statement: [...policy.Statement, more] } satisfies Policy),
    };
  });

const isAnybody = ({ Principal: who }: Statement) =>
  who === "*" || (who !== undefined && (all(who.AWS).includes("*") || all(who.Service).includes("*")));

export const noPublicPolicy = (title: string, type: string, action: string) =>
  rule(
    title,
    unless(type, (args) => !allowed(args).some(isAnybody)),
    withStatement(type, { Principal: { AWS: "*" }, Action: action }),
  );
