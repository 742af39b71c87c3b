import type { Node } from "web-tree-sitter";
import type { HclParser } from "../wasm/hcl-parser.ts";
import type {
  ConfigurationBlock,
  ConfigurationExpression,
  ObjectEntry,
  ParsedFile,
} from "./configuration.ts";

/** Deeper expressions decide nothing. */
const DEEPEST_EXPRESSION = 50;

const other: ConfigurationExpression = { kind: "other" };

/** The blocks of an HCL file; of a file of values (`.tfvars`) its attributes are those of one block without a type. */
export const hclFile = (text: string, parser: HclParser): ParsedFile =>
  parser.parse(text, (root) => {
    const body = childOf(root, "body");
    const whole = body === null ? [] : [blockOf("", [], root, body)];
    return { blocks: whole, errorLine: root.hasError ? errorLine(root) : null };
  });

/** The expression of a template of a JSON file: the text between `${` and `}`. */
export const hclExpression = (text: string, parser: HclParser): ConfigurationExpression =>
  parser.parse(`value = ${text}\n`, (root) => {
    if (root.hasError) return other;
    const body = childOf(root, "body");
    const attribute = body === null ? null : childOf(body, "attribute");
    const expression = attribute === null ? null : childOf(attribute, "expression");
    return expression === null ? other : expressionOf(expression, 0);
  });

function blockOf(type: string, labels: readonly string[], node: Node, body: Node): ConfigurationBlock {
  const attributes = new Map<string, ConfigurationExpression>();
  const blocks: ConfigurationBlock[] = [];
  for (const child of named(body)) {
    if (child.type === "attribute") {
      const [name, expression] = [childOf(child, "identifier"), childOf(child, "expression")];
      if (name !== null && expression !== null) attributes.set(name.text, expressionOf(expression, 0));
    } else if (child.type === "block") {
      blocks.push(innerBlock(child));
    }
  }
  return { type, labels, line: node.startPosition.row + 1, attributes, blocks };
}

function innerBlock(node: Node): ConfigurationBlock {
  const [type, ...labels] = named(node)
    .filter((child) => child.type === "identifier" || child.type === "string_lit")
    .map((child) => (child.type === "identifier" ? child.text : (literalText(child) ?? "")));
  const body = childOf(node, "body");
  const empty: ConfigurationBlock = {
    type: type ?? "",
    labels,
    line: node.startPosition.row + 1,
    attributes: new Map(),
    blocks: [],
  };
  return body === null ? empty : blockOf(empty.type, labels, node, body);
}

function expressionOf(node: Node, depth: number): ConfigurationExpression {
  if (depth > DEEPEST_EXPRESSION) return other;
  const [first, ...rest] = named(node).filter(({ type }) => type !== "comment");
  if (first === undefined) return other;
  switch (first.type) {
    case "expression":
      return rest.length === 0 ? expressionOf(first, depth + 1) : other;
    case "variable_expr":
      return reference(first, rest);
    case "literal_value":
      return literal(first);
    case "function_call":
      return rest.length === 0 ? call(first, depth) : other;
    case "conditional": {
      const [, either, or] = named(first);
      if (either === undefined || or === undefined) return other;
      return { kind: "choice", either: expressionOf(either, depth + 1), or: expressionOf(or, depth + 1) };
    }
    case "collection_value": {
      const object = childOf(first, "object");
      if (object === null || rest.length > 0) return other;
      const entries = named(object).filter(({ type }) => type === "object_elem");
      return { kind: "object", entries: entries.map((entry) => objectEntry(entry, depth)) };
    }
    default:
      return other;
  }
}

function objectEntry(node: Node, depth: number): ObjectEntry {
  const [key, value] = [node.childForFieldName("key"), node.childForFieldName("val")];
  return {
    key: key === null ? null : keyText(key),
    value: value === null ? other : expressionOf(value, depth + 1),
  };
}

/** A key without quotes is its own name; `aws.eu`, a key of `providers`, too. One in parentheses is computed. */
function keyText(node: Node): string | null {
  const expression = expressionOf(node, 0);
  if (expression.kind === "text") return expression.text;
  return /^[\p{ID_Start}_][\p{ID_Continue}-]*(\.[\p{ID_Start}_][\p{ID_Continue}-]*)?$/u.test(node.text)
    ? node.text
    : null;
}

function literal(node: Node): ConfigurationExpression {
  const [value] = named(node);
  if (value?.type === "null_lit") return { kind: "null" };
  if (value?.type !== "string_lit") return other;
  const text = literalText(value);
  return text === null ? other : { kind: "text", text };
}

/** Escapes stay as they are written: no tag key has one. */
function literalText(node: Node): string | null {
  const parts = named(node);
  const inside = parts.filter(
    ({ type }) => type !== "quoted_template_start" && type !== "quoted_template_end",
  );
  return inside.every(({ type }) => type === "template_literal")
    ? inside.map(({ text }) => text).join("")
    : null;
}

function call(node: Node, depth: number): ConfigurationExpression {
  const name = childOf(node, "identifier");
  const list = childOf(node, "function_arguments");
  if (name === null) return other;
  const values = list === null ? [] : named(list).filter(({ type }) => type === "expression");
  // merge(list...) has as many maps as the list has.
  if (list?.text.trimEnd().endsWith("...") === true) return other;
  return { kind: "call", name: name.text, values: values.map((value) => expressionOf(value, depth + 1)) };
}

function reference(variable: Node, rest: readonly Node[]): ConfigurationExpression {
  const path = [variable.text];
  for (const step of rest) {
    if (step.type === "get_attr") path.push(childOf(step, "identifier")?.text ?? "");
    else if (step.type === "index") {
      const key = /^\[\s*"([^"$%\\]*)"\s*\]$/.exec(step.text)?.[1];
      if (key === undefined) return other;
      path.push(key);
    } else return other;
  }
  return { kind: "reference", path };
}

function errorLine(root: Node): number {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.isError || node.isMissing) return node.startPosition.row + 1;
    const children = node.children.filter((child) => child !== null && (child.hasError || child.isMissing));
    for (const child of children.reverse()) if (child !== null) open.push(child);
  }
  return 1;
}

const named = (node: Node): readonly Node[] => node.namedChildren.filter((child) => child !== null);

const childOf = (node: Node, type: string): Node | null =>
  named(node).find((child) => child.type === type) ?? null;
