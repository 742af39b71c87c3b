import type { EvaluatedResource, Plain, PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { all, type Policy, type Statement } from "../support/policy.ts";
import { document } from "../support/the-system.ts";

export type Resources = readonly EvaluatedResource[];

/** A fact that a scanner asks for, and that holds here. */
export interface Rule {
  /** CKV… is Checkov's name of it, AVD-AWS-… Trivy's. */
  readonly ids: readonly string[];
  readonly fact: string;
  /** What the fact does not hold for: addresses. */
  readonly offenders: (resources: Resources) => readonly string[];
  /** A change that breaks it, so that the rule is seen to fail. */
  readonly broken: (resources: Resources) => Resources;
  /** It holds only once the adopter has given something; why that is theirs. */
  readonly needs?: string;
  /** Resources that it does not hold for, and why that is right. */
  readonly except?: Readonly<Record<string, string>>;
}

/** A fact that a scanner asks for, and that is not so here: the reason is what an auditor reads. */
export interface Skip {
  readonly ids: readonly string[];
  readonly fact: string;
  readonly why: string;
  /** Whether the fact holds after all: then the skip is out of date. */
  readonly holds: (resources: Resources) => boolean;
}

export const ofType = (resources: Resources, type: string): Resources =>
  resources.filter((one) => one.mode === "resource" && one.type === type);

/** Addresses of a type's resources that a fact does not hold for. */
export const unless =
  (type: string, holds: (args: PlainObject, resource: EvaluatedResource, all: Resources) => boolean) =>
  (resources: Resources): readonly string[] =>
    ofType(resources, type)
      .filter((one) => !holds(one.args, one, resources))
      .map(({ address }) => address);

/** The same resources, with some arguments of one type changed; `undefined` takes one away. */
export const changed =
  (
    type: string,
    change: Readonly<Record<string, Plain | undefined>> | ((args: PlainObject) => PlainObject),
  ) =>
  (resources: Resources): Resources =>
    resources.map((one) => {
      if (one.mode !== "resource" || one.type !== type) return one;
      const args =
        typeof change === "function"
          ? change(one.args)
          : Object.entries({ ...one.args, ...change }).filter(([, value]) => value !== undefined);
      return { ...one, args: (Array.isArray(args) ? Object.fromEntries(args) : args) as PlainObject };
    });

export const without =
  (type: string) =>
  (resources: Resources): Resources =>
    resources.filter((one) => one.type !== type);

/** The same resources, and one more. */
export const and =
  (type: string, args: PlainObject = {}) =>
  (resources: Resources): Resources => [
    ...resources,
    {
      address: `${type}.more`,
      mode: "resource",
      type,
      name: "more",
      key: null,
      subsystem: "more",
      provider: null,
      args,
    },
  ];

/** The one block of a name. */
export const block = (args: PlainObject, name: string): PlainObject => blocks(args, name)[0] ?? {};
export const blocks = (args: PlainObject, name: string) => (args[name] ?? []) as readonly PlainObject[];

export const statements = (args: PlainObject, argument = "policy"): readonly Statement[] =>
  args[argument] === undefined ? [] : document(args[argument]).Statement;

export const allowed = (args: PlainObject) => statements(args).filter(({ Effect }) => Effect === "Allow");
export const actionsOf = (all_: readonly Statement[]) => all_.flatMap(({ Action }) => all(Action));

/** Somebody whom nobody named. */
export const isAnybody = ({ Principal: who }: Statement) =>
  who === "*" || (who !== undefined && (all(who.AWS).includes("*") || all(who.Service).includes("*")));

/** A policy with one statement more. */
export const withStatement =
  (type: string, statement: Partial<Statement>, argument = "policy") =>
  (resources: Resources): Resources =>
    changed(type, (args) => {
      const policy = document(args[argument]);
      const more: Policy = {
        ...policy,
        Statement: [...policy.Statement, { Effect: "Allow", Action: "*", Resource: "*", ...statement }],
      };
      return { ...args, [argument]: JSON.stringify(more) };
    })(resources);
