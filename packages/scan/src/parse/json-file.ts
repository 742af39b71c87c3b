import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { HclParser } from "../wasm/hcl-parser.ts";
import type { ConfigurationBlock, ConfigurationExpression, ParsedFile } from "./configuration.ts";
import { hclExpression } from "./hcl-file.ts";

/** How many labels a block has, by its type. Inside other blocks an object is a block or a value: both are kept. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  provider: 1,
  module: 1,
  variable: 1,
  output: 1,
};

const other: ConfigurationExpression = { kind: "other" };

/** The blocks of a `.tf.json` file, with the syntax of Terraform's JSON configuration; also of a `.tfvars.json` file. */
export function jsonFile(text: string, parser: HclParser): ParsedFile {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const lineOf = lineCounter(text);
  const [error] = errors;
  const errorLine = error === undefined ? null : lineOf(error.offset);
  if (root?.type !== "object") return { blocks: [], errorLine: errorLine ?? 1 };
  return { blocks: [fileBlock(root, { parser, lineOf })], errorLine };
}

interface Reading {
  readonly parser: HclParser;
  readonly lineOf: (offset: number) => number;
}

function fileBlock(root: Node, reading: Reading): ConfigurationBlock {
  const blocks = properties(root).flatMap(({ name, value, offset }) =>
    elements(value).flatMap((one) => labelled(name, [], LABELS[name] ?? 0, one, offset, reading)),
  );
  return { ...blockOf("", [], root, 0, reading), blocks };
}

function labelled(
  type: string,
  labels: readonly string[],
  left: number,
  node: Node,
  offset: number,
  reading: Reading,
): readonly ConfigurationBlock[] {
  if (left === 0) return [blockOf(type, labels, node, offset, reading)];
  return properties(node).flatMap((property) =>
    elements(property.value).flatMap((one) =>
      labelled(type, [...labels, property.name], left - 1, one, property.offset, reading),
    ),
  );
}

function blockOf(
  type: string,
  labels: readonly string[],
  node: Node,
  offset: number,
  reading: Reading,
): ConfigurationBlock {
  const attributes = new Map<string, ConfigurationExpression>();
  const blocks: ConfigurationBlock[] = [];
  for (const { name, value, offset: at } of properties(node)) {
    attributes.set(name, expressionOf(value, reading.parser));
    for (const one of elements(value)) {
      if (one.type === "object" && type !== "") blocks.push(blockOf(name, [], one, at, reading));
    }
  }
  return { type, labels, line: reading.lineOf(offset), attributes, blocks };
}

function expressionOf(node: Node, parser: HclParser): ConfigurationExpression {
  switch (node.type) {
    case "null":
      return { kind: "null" };
    case "string":
      return textExpression(String(node.value), parser);
    case "object":
      return {
        kind: "object",
        entries: properties(node).map(({ name, value }) => ({
          key: name.includes("${") ? null : name,
          value: expressionOf(value, parser),
        })),
      };
    default:
      return other;
  }
}

/** `"${merge(a, b)}"` is the expression inside; a text without a template is itself. */
function textExpression(text: string, parser: HclParser): ConfigurationExpression {
  const inside = /^\$\{([\s\S]*)\}$/.exec(text)?.[1];
  if (inside !== undefined && !inside.includes("${")) return hclExpression(inside, parser);
  return /\$\{|%\{/.test(text) ? other : { kind: "text", text };
}

function properties(node: Node) {
  return (node.type === "object" ? (node.children ?? []) : []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined
      ? []
      : [{ name: String(key.value), value, offset: key.offset }];
  });
}

const elements = (node: Node): readonly Node[] => (node.type === "array" ? (node.children ?? []) : [node]);

function lineCounter(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
