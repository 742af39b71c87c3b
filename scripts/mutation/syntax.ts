import { parseSync } from "oxc-parser";

/** A node of the syntax tree, with its place in the source. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface PlacedNode {
  readonly node: SyntaxNode;
  /** From the program to the parent, without parentheses. */
  readonly ancestors: readonly SyntaxNode[];
}

/** Syntax of TypeScript that holds an expression: the rest of it are types, of which nothing remains when the code runs. */
const AROUND_EXPRESSIONS = new Set(["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"]);

/** The nodes of a source file, without those of types. @throws Error when it cannot be parsed */
export function nodesOf(file: string, source: string): readonly PlacedNode[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: PlacedNode[] = [];
  collect(program as unknown as SyntaxNode, [], found);
  return found;
}

/** What stands in parentheses. */
export const bare = (node: SyntaxNode): SyntaxNode =>
  node.type === "ParenthesizedExpression" ? bare(node.expression as SyntaxNode) : node;

function collect(placed: SyntaxNode, ancestors: readonly SyntaxNode[], found: PlacedNode[]): void {
  const node = bare(placed);
  if (AROUND_EXPRESSIONS.has(node.type)) {
    collect(node.expression as SyntaxNode, [...ancestors, node], found);
    return;
  }
  if (node.type.startsWith("TS")) return;
  found.push({ node, ancestors });
  for (const child of Object.values(node).flat()) {
    if (isNode(child)) collect(child, [...ancestors, node], found);
  }
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
