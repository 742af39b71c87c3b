/**
 * A value that is known only when the module is applied: an input, an attribute of a resource, or something computed from
 * these. To use it as text, number or JSON, or to read a property of it, is an error that names the platform method to use.
 */
export class Expression {
  readonly node: Node;
  constructor(node: Node) {
    this.node = node;
    // An expression is opaque: what infra/ may do with a Pulumi output is decided here, in one place.
    // biome-ignore lint/correctness/noConstructorReturn: the proxy is the expression
    return new Proxy(this, {
      get(target, property) {
        if (property === "node") return target.node;
        if (isReserved(property)) return undefined;
        if (property === "constructor") return Expression;
        throw misuse(`asked for .${String(property)}`, "a platform method (text, choose, forEach)");
      },
      has: (_, property) => property === "node",
      getPrototypeOf: () => Expression.prototype,
    });
  }
}

/** What an expression is made of. */
export type Node =
  /** HCL, written as it is. */
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "attribute"; readonly of: Resource; readonly name: string }
  | { readonly kind: "template"; readonly parts: readonly unknown[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly unknown[] }
  /** `?:` has a condition and two values, `[]` a list and an index, `||` and `&&` any number of conditions. */
  | { readonly kind: "operation"; readonly operator: Operator; readonly operands: readonly unknown[] }
  /** A local value. */
  | { readonly kind: "local"; readonly name: string; readonly value: unknown }
  /** The key of the current element of an iteration. */
  | { readonly kind: "key"; readonly of: Iteration }
  /** A field of the current row of a table. */
  | { readonly kind: "field"; readonly of: Iteration; readonly name: string }
  /** A list with a value for each element for which a condition holds. */
  | {
      readonly kind: "for";
      readonly each: Iteration;
      readonly value: unknown;
      readonly condition: unknown;
    }
  /** The texts that the objects of a JSON list have under a name; another one where it is absent, if that is no empty text. */
  | { readonly kind: "column"; readonly of: unknown; readonly name: string; readonly absent: string }
  /** A list under a condition; otherwise an empty one. */
  | { readonly kind: "filtered"; readonly list: unknown; readonly condition: unknown }
  /** A value inside an iteration, of the element with this key. */
  | { readonly kind: "at"; readonly each: Iteration; readonly key: string; readonly value: unknown };

type Operator = "==" | "!=" | "?:" | "[]" | "||" | "&&";

/** Resources exist under one condition (`count`), or once for each element (`for_each`). */
export type Group = Conditional | Iteration;

export interface Conditional {
  readonly kind: "conditional";
  readonly condition: unknown;
}

export interface Iteration {
  readonly kind: "iteration";
  /** What `for_each` takes. */
  readonly forEach: unknown;
  /** What `for` takes: the list of names, or the table. */
  readonly source: unknown;
  /** The rows of a table, by key; `null`: the names are known only at apply. */
  readonly rows: Readonly<Record<string, ExpressionRow>> | null;
  /** The values of columns that the table leaves out where a row has no other. */
  readonly defaults: ExpressionRow;
  /** The condition under which there are elements at all. */
  readonly condition: Conditional | null;
}

/** Values by the names of a table's columns, in snake case. */
export type ExpressionRow = Readonly<Record<string, unknown>>;

export const isExpression = (value: unknown): value is Expression => value instanceof Expression;
export const code = (text: string) => new Expression({ kind: "code", code: text });
export const call = (name: string, ...args: readonly unknown[]) =>
  new Expression({ kind: "call", name, args });
export const operation = (operator: Operator, ...operands: readonly unknown[]) =>
  new Expression({ kind: "operation", operator, operands });
export const template = (...parts: readonly unknown[]) =>
  new Expression({ kind: "template", parts: parts.flatMap(partsOf) });

/** A text within a text is part of it. */
const partsOf = (value: unknown): readonly unknown[] =>
  isExpression(value) && value.node.kind === "template" ? value.node.parts : [value];

/**
 * Whether promises and inspectors read this property of every object; it is then undefined.
 * @throws TypeError where text, a number or JSON is made of the object
 */
export function isReserved(property: string | symbol): property is symbol | "then" {
  if (property === Symbol.toPrimitive) throw misuse("made into text or a number", "platform.text");
  if (property === "toJSON") throw misuse("made into JSON", "platform.json");
  return property === "then" || typeof property === "symbol";
}

const misuse = (how: string, instead: string) =>
  new TypeError(`A value that is known only at apply was ${how}. Use ${instead}, in infra/.`);

/** A resource or data source as `infra/` declared it: Terraform's type, Pulumi's argument names. */
export interface Resource {
  readonly mode: "resource" | "data";
  readonly type: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `null`: it always exists, once. */
  readonly group: Group | null;
  readonly subsystem: string;
  /** Comments above it. */
  readonly comments: readonly string[];
  /** Local values that are declared above it. */
  readonly locals: readonly LocalValue[];
  readonly dependsOn: readonly Resource[];
  /** `aws.us_east_1`; `null` for the default provider. */
  readonly provider: string | null;
  readonly lifecycle: Lifecycle;
}

export interface LocalValue {
  readonly name: string;
  readonly value: unknown;
}

export interface Lifecycle {
  readonly createBeforeDestroy?: true;
  /** Arguments, by Pulumi's names, that a later plan leaves unchanged. */
  readonly ignoreChanges?: readonly string[];
}
