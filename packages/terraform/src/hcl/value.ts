import {
  type Conditional,
  type Expression,
  type Iteration,
  isExpression,
  type Node,
} from "../synthesis/expression.ts";
import { address, type Resource } from "../synthesis/resource.ts";
import { type LayoutItem, layOut } from "./layout.ts";
import { escaped, isIdentifier, quoted } from "./text.ts";

/** Where a value is written: under which condition, and inside which iterations. */
export interface Context {
  readonly condition: Conditional | null;
  /** How the current element of an iteration is written. */
  readonly iterators: ReadonlyMap<Iteration, Iterator>;
}

interface Iterator {
  readonly key: string;
  readonly row: string;
}

export const TOP_LEVEL: Context = { condition: null, iterators: new Map() };

export const inside = (context: Context, each: Iteration, iterator: Iterator): Context => ({
  ...context,
  iterators: new Map([...context.iterators, [each, iterator]]),
});

/** Up to these widths a list, an object, an object of short plain values, and a call go on one line; lists of numbers always do. */
const LIST_WIDTH = 110;
const OBJECT_WIDTH = 100;
const PLAIN_OBJECT_WIDTH = 130;
const SHORT_TEXT = 40;
const CALL_WIDTH = 150;

/**
 * A value as an HCL expression, which may have several lines.
 * @throws TypeError when HCL has no such value
 */
export function toHcl(value: unknown, context: Context = TOP_LEVEL): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (isExpression(value)) return nodeToHcl(value.node, context);
  if (Array.isArray(value)) return list(value, context);
  if (typeof value === "object" && isPlain(value)) return object(value, context);
  throw new TypeError(
    `A value of infra/ cannot be written as HCL: ${typeof value}. Of a resource, use one of its properties.`,
  );
}

function nodeToHcl(node: Node, context: Context): string {
  switch (node.kind) {
    case "code":
      return node.code;
    case "attribute":
      return reference(node.of, node.name, context);
    case "template":
      return template(node.parts, context);
    case "call":
      return called(
        node.name,
        node.args.map((arg) => toHcl(arg, context)),
      );
    case "operation":
      return operation(
        node.operator,
        node.operands.map((operand) => toHcl(operand, context)),
      );
    case "local":
      return `local.${node.name}`;
    case "key":
      return iterator(node.of, context).key;
    case "field": {
      const field = `${iterator(node.of, context).row}.${node.name}`;
      return node.name in node.of.defaults
        ? `try(${field}, ${toHcl(node.of.defaults[node.name], context)})`
        : field;
    }
    case "for": {
      const variable = node.each.rows === null ? "key" : "row";
      const within = inside(context, node.each, { key: variable, row: variable });
      const filter = node.condition === true ? "" : ` if ${toHcl(node.condition, within)}`;
      return `[for ${variable} in ${toHcl(node.each.source, context)} : ${toHcl(node.value, within)}${filter}]`;
    }
    case "column":
      return `compact([for one in jsondecode(${toHcl(node.of, context)}) : try(one.${node.name}, ${quoted(node.absent)})])`;
    case "filtered":
      return `[for one in ${toHcl(node.list, context)} : one if ${toHcl(node.condition, context)}]`;
    case "at": {
      const key = quoted(node.key);
      const row = `${toHcl(node.each.source, context)}[${key}]`;
      return toHcl(node.value, inside(context, node.each, { key, row }));
    }
  }
}

/** Outside the condition under which a resource exists, its attribute is `one(x[*].arn)`: null where it does not exist. */
function reference(of: Resource, name: string, context: Context): string {
  const base = address(of);
  if (of.group === null) return `${base}.${name}`;
  if (of.group.kind === "iteration") return `${base}[${iterator(of.group, context).key}].${name}`;
  return of.group === context.condition ? `${base}[0].${name}` : `one(${base}[*].${name})`;
}

function iterator(each: Iteration, { iterators }: Context): Iterator {
  const found = iterators.get(each);
  if (found === undefined)
    throw new TypeError("A resource with for_each is used outside its iteration: select one by its key.");
  return found;
}

function template(parts: readonly unknown[], context: Context): string {
  const [only] = parts;
  if (parts.length === 1 && isExpression(only)) return `tostring(${nodeToHcl(only.node, context)})`;
  const pieces = joined(parts);
  const text = pieces.map((piece, at) => {
    if (isExpression(piece)) return `\${${nodeToHcl(piece.node, context)}}`;
    const plain = escaped(piece);
    // "$" at the end of a text and "{" of the next piece would be read as an interpolation.
    return at < pieces.length - 1 ? plain.replace(/([$%]+)$/, '${"$1"}') : plain;
  });
  return `"${text.join("")}"`;
}

/** Neighbouring plain parts as one text: what they contain together is escaped, too. */
function joined(parts: readonly unknown[]): readonly (Expression | string)[] {
  const pieces: (Expression | string)[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    if (isExpression(part)) pieces.push(part);
    else if (typeof last === "string") pieces[pieces.length - 1] = last + plainText(part);
    else pieces.push(plainText(part));
  }
  return pieces;
}

function plainText(part: unknown): string {
  if (typeof part === "string" || typeof part === "boolean" || Number.isFinite(part)) return String(part);
  throw new TypeError(`A text of infra/ contains what is no text, number or boolean: ${typeof part}.`);
}

const indented = (text: string) => text.replaceAll("\n", "\n  ");

function called(name: string, args: readonly string[]): string {
  const line = `${name}(${args.join(", ")})`;
  if (args.length === 1 || (line.length <= CALL_WIDTH && !line.includes("\n"))) return line;
  return `${name}(\n${args.map((arg) => `  ${indented(arg)},\n`).join("")})`;
}

function operation(operator: string, operands: readonly string[]): string {
  const [first = "", second = "", third = ""] = operands;
  if (operator === "?:") return `${first} ? ${second} : ${third}`;
  if (operator === "[]") return `${first}[${second}]`;
  // Comparisons bind closer than || and &&, and these closer than ? and :.
  const looser = /^[|&]/.test(operator) ? / [?|&]/ : / [=!?|&]/;
  return operands.map((operand) => (looser.test(operand) ? `(${operand})` : operand)).join(` ${operator} `);
}

function list(values: readonly unknown[], context: Context): string {
  const elements = values.map((value) => toHcl(value, context));
  const line = `[${elements.join(", ")}]`;
  const numbers = values.every((value) => typeof value === "number");
  if (numbers || (line.length <= LIST_WIDTH && !line.includes("\n"))) return line;
  if (elements.length === 1) return line;
  return `[\n${elements.map((element) => `  ${indented(element)},\n`).join("")}]`;
}

/** Keys are names of AWS's documents: they are not renamed. */
function object(value: object, context: Context): string {
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => [isIdentifier(name) ? name : quoted(name), toHcl(one, context)] as const);
  if (entries.length === 0) return "{}";
  const line = `{ ${entries.map(([name, one]) => `${name} = ${one}`).join(", ")} }`;
  const width = Object.values(value).every(isShort) ? PLAIN_OBJECT_WIDTH : OBJECT_WIDTH;
  if (line.length <= width && !line.includes("\n")) return line;
  const items = entries.map(([name, one]): LayoutItem => ({ kind: "attribute", name, value: one }));
  return `{\n${layOut(items, "  ")}}`;
}

const isShort = (value: unknown) =>
  typeof value === "object" ? value === null : String(value).length <= SHORT_TEXT;

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
