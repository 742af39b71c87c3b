import { isReturnedAwait, isSizeOfComparison, isStrictAnyway } from "./equivalent.ts";
import { nodesOf, type PlacedNode, type SyntaxNode } from "./syntax.ts";

/** One small change to a source file that its tests should notice. */
export interface Mutant {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** What stands there, and what replaces it. */
  readonly original: string;
  readonly replacement: string;
  /** The kind of mistake, such as `boundary` or `await removed`. */
  readonly kind: string;
}

const binary: Readonly<Record<string, readonly [string, string]>> = {
  "<": ["<=", "boundary"],
  "<=": ["<", "boundary"],
  ">": [">=", "boundary"],
  ">=": [">", "boundary"],
  "===": ["!==", "comparison"],
  "!==": ["===", "comparison"],
  "+": ["-", "arithmetic"],
  "-": ["+", "arithmetic"],
  "*": ["/", "arithmetic"],
  "/": ["*", "arithmetic"],
  "%": ["*", "arithmetic"],
};

const logical: Readonly<Record<string, string>> = { "&&": "||", "||": "&&" };

/** Functions whose arguments may be swapped without a mistake. */
const COMMUTATIVE = new Set(["add", "addKnown", "plus", "Math.min", "Math.max"]);

/**
 * Every mutant of a source file. Types, imports and texts for people are left as they are, and so is what is the same code in other
 * words: see equivalent.ts.
 */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const found: Mutant[] = [];
  const text = (node: SyntaxNode) => source.slice(node.start, node.end);
  const add = (node: { readonly start: number; readonly end: number }, replacement: string, kind: string) => {
    const original = source.slice(node.start, node.end);
    const line = source.slice(0, node.start).split("\n").length;
    found.push({ file, start: node.start, end: node.end, line, original, replacement, kind });
  };
  const operatorBetween = (left: SyntaxNode, right: SyntaxNode, operator: string) => {
    const start = source.indexOf(operator, left.end);
    return start === -1 || start >= right.start ? null : { start, end: start + operator.length };
  };

  const visitors: Readonly<Record<string, (placed: PlacedNode) => void>> = {
    BinaryExpression(placed) {
      const { node } = placed;
      const [replacement, kind] = binary[String(node.operator)] ?? [];
      const [left, right] = [node.left as SyntaxNode, node.right as SyntaxNode];
      const isText = [left, right].some(
        (side) => typeof side.value === "string" || side.type === "TemplateLiteral",
      );
      if (replacement === undefined || kind === undefined || (kind === "arithmetic" && isText)) return;
      if (kind === "boundary" && isStrictAnyway(placed, text)) return;
      const at = operatorBetween(left, right, String(node.operator));
      if (at !== null) add(at, replacement, kind);
    },
    LogicalExpression({ node }) {
      const [left, right, operator] = [
        node.left as SyntaxNode,
        node.right as SyntaxNode,
        String(node.operator),
      ];
      if (operator === "??") {
        // Without its default, the expression gives the absent value.
        if (!/^(undefined|null)$/.test(text(right))) add(node, text(left), "default removed");
        return;
      }
      const replacement = logical[operator];
      const at = operatorBetween(left, right, operator);
      if (replacement !== undefined && at !== null) add(at, replacement, "logic");
    },
    UnaryExpression({ node }) {
      if (node.operator === "!") add(node, text(node.argument as SyntaxNode), "negation removed");
      if (node.operator === "-") add(node, text(node.argument as SyntaxNode), "sign removed");
    },
    ConditionalExpression({ node }) {
      const [yes, no] = [node.consequent as SyntaxNode, node.alternate as SyntaxNode];
      add({ start: yes.start, end: no.end }, `${text(no)} : ${text(yes)}`, "branches swapped");
    },
    IfStatement({ node }) {
      const test = node.test as SyntaxNode;
      if (test.type !== "UnaryExpression" && test.type !== "BinaryExpression")
        add(test, `!(${text(test)})`, "condition negated");
    },
    AwaitExpression(placed) {
      const { node } = placed;
      if (!isReturnedAwait(placed)) add(node, text(node.argument as SyntaxNode), "await removed");
    },
    Literal(placed) {
      const { node } = placed;
      if (typeof node.value === "boolean") add(node, String(!node.value), "boolean");
      else if (typeof node.value === "number" && !isSizeOfComparison(placed))
        add(node, otherNumber(node.value, text(node)), "number");
      else if (node.bigint !== undefined && node.bigint !== null) add(node, `(${text(node)} + 1n)`, "number");
    },
    ArrayExpression({ node }) {
      const elements = node.elements as readonly SyntaxNode[];
      const last = elements.at(-1);
      if (elements.length < 2 || last === undefined || last === null) return;
      const before = elements.at(-2);
      if (before !== undefined && before !== null)
        add({ start: before.end, end: last.end }, "", "last entry removed");
    },
    CallExpression({ node }) {
      const [first, second] = node.arguments as readonly SyntaxNode[];
      const names = [first, second].map((one) => one?.type);
      const isSwap = names.every((type) => type === "Identifier" || type === "MemberExpression");
      if (isSwap && first && second && !COMMUTATIVE.has(text(node.callee as SyntaxNode))) {
        add({ start: first.start, end: second.end }, `${text(second)}, ${text(first)}`, "arguments swapped");
      }
      const callee = node.callee as SyntaxNode;
      const method = callee.type === "MemberExpression" ? (callee.property as SyntaxNode) : null;
      if (method !== null && ["filter", "sort", "reverse", "slice", "toSorted"].includes(text(method))) {
        add(node, text(callee.object as SyntaxNode), `${text(method)} removed`);
      }
    },
    ExpressionStatement({ node }) {
      const expression = node.expression as SyntaxNode;
      const call = expression.type === "AwaitExpression" ? (expression.argument as SyntaxNode) : expression;
      if (call.type === "CallExpression" || call.type === "AssignmentExpression")
        add(node, ";", "statement removed");
    },
  };

  for (const placed of nodesOf(file, source)) visitors[placed.node.type]?.(placed);
  return found.filter(({ original, replacement }) => original !== replacement);
}

/**
 * One more; of a round number from a thousand on ten times as much: there the mistake that people make is a zero too many or a wrong
 * unit, and a limit of 200,000,001 bytes is as good as one of 200,000,000.
 */
const otherNumber = (value: number, text: string): string =>
  value >= 1_000 && value % 1_000 === 0 ? `(${text} * 10)` : `(${text} + 1)`;
