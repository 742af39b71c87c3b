import { address } from "../symbols/resource.ts";
import { type EachGroup, type Group, isSym, type Node, type Sym } from "../symbols/symbol.ts";
import { type Item, layOut } from "./layout.ts";
import { escaped, isIdentifier, quoted } from "./text.ts";

/** Where a value stands: inside which group of resources, and inside which `for`. */
export interface Place {
  readonly group: Group | null;
  readonly loops: ReadonlyMap<EachGroup, string>;
}

export const OUTSIDE: Place = { group: null, loops: new Map() };

/** Lists and objects that fit go on one line; numbers always do. */
const WIDEST = 100;

/**
 * A value as an HCL expression, perhaps of several lines.
 * @throws TypeError when it is nothing that HCL can say
 */
export function expression(value: unknown, place: Place): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (isSym(value)) return symbol(value.node, place);
  if (Array.isArray(value)) return list(value, place);
  if (typeof value === "object" && isPlain(value)) return object(value, place);
  throw new TypeError(
    `A value of infra/ cannot be written as HCL: ${typeof value}. Of a resource, say which property is meant.`,
  );
}

function symbol(node: Node, place: Place): string {
  const inner = (value: unknown) => expression(value, place);
  switch (node.kind) {
    case "code":
      return node.code;
    case "attribute":
      return reference(node.of, node.name, place);
    case "template":
      return template(node.parts, place);
    case "call":
      return called(node.name, node.args.map(inner));
    case "conditional":
      return `${inner(node.flag)} ? ${inner(node.yes)} : ${inner(node.no)}`;
    case "operation":
      return operation(node.operator, node.operands.map(inner));
    case "element":
      return `${inner(node.list)}[${node.at}]`;
    case "key":
      return keyOf(node.group, place);
    case "for": {
      const within = { ...place, loops: new Map([...place.loops, [node.group, "key"] as const]) };
      const value = expression(node.value, within);
      return `[for key in ${expression(node.group.names, place)} : ${value}]`;
    }
  }
}

type AttributeNode = Extract<Node, { kind: "attribute" }>;

/** `one(x[*].arn)` outside the condition under which it exists is null where it does not. */
function reference(of: AttributeNode["of"], name: string, place: Place): string {
  const base = address(of);
  if (of.group === null) return `${base}.${name}`;
  if (of.group.kind === "each") return `${base}[${keyOf(of.group, place)}].${name}`;
  return of.group === place.group ? `${base}[0].${name}` : `one(${base}[*].${name})`;
}

function keyOf(group: EachGroup, place: Place): string {
  const loop = place.loops.get(group);
  if (loop !== undefined) return loop;
  if (group === place.group) return "each.key";
  throw new TypeError("One of several resources was meant outside of each(…).map: say which one.");
}

function template(parts: readonly unknown[], place: Place): string {
  const [only] = parts;
  if (parts.length === 1 && isSym(only)) return `tostring(${symbol(only.node, place)})`;
  const whole = joined(parts);
  const text = whole.map((part, at) => {
    if (isSym(part)) return `\${${symbol(part.node, place)}}`;
    const plain = escaped(part);
    // "$" and "{" that meet only here would be an escape.
    return at < whole.length - 1 ? plain.replace(/([$%]+)$/, '${"$1"}') : plain;
  });
  return `"${text.join("")}"`;
}

/** Plain parts that follow each other are one text: what they make together has to be escaped, too. */
function joined(parts: readonly unknown[]): readonly (Sym | string)[] {
  const whole: (Sym | string)[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (isSym(part)) whole.push(part);
    else if (typeof last === "string") whole[whole.length - 1] = last + plainText(part);
    else whole.push(plainText(part));
  }
  return whole;
}

function plainText(part: unknown): string {
  if (typeof part === "string" || typeof part === "boolean" || Number.isFinite(part)) return String(part);
  throw new TypeError(`A text of infra/ holds what is no text, number or flag: ${typeof part}.`);
}

function called(name: string, args: readonly string[]): string {
  if (args.length === 1 || !args.some((arg) => arg.includes("\n"))) return `${name}(${args.join(", ")})`;
  return `${name}(\n${args.map((arg) => `  ${arg.replaceAll("\n", "\n  ")},\n`).join("")})`;
}

function operation(operator: string, operands: readonly string[]): string {
  return operands.map((operand) => (/ [=!?]/.test(operand) ? `(${operand})` : operand)).join(` ${operator} `);
}

function list(values: readonly unknown[], place: Place): string {
  const parts = values.map((value) => expression(value, place));
  const line = `[${parts.join(", ")}]`;
  const numbers = values.every((value) => typeof value === "number");
  if (numbers || (line.length <= WIDEST && !line.includes("\n"))) return line;
  if (parts.length === 1) return `[${parts[0]}]`;
  return `[\n${parts.map((part) => `  ${part.replaceAll("\n", "\n  ")},\n`).join("")}]`;
}

/** The keys are names of somebody else's language: they stay as they are. */
function object(value: object, place: Place): string {
  const items: Item[] = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => ({
      kind: "attribute",
      name: isIdentifier(name) ? name : quoted(name),
      value: expression(each, place),
    }));
  if (items.length === 0) return "{}";
  const line = `{ ${items.map((item) => (item.kind === "attribute" ? `${item.name} = ${item.value}` : "")).join(", ")} }`;
  if (line.length <= 60 && !line.includes("\n")) return line;
  return `{\n${layOut(items, "  ")}}`;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
