import { parseSync, Visitor } from "oxc-parser";

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

interface MutantNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Every mutant of a source file. Types, imports and texts for people are left as they are. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const found: Mutant[] = [];
  const text = (node: MutantNode) => source.slice(node.start, node.end);
  const add = (node: { readonly start: number; readonly end: number }, replacement: string, kind: string) => {
    const original = source.slice(node.start, node.end);
    const line = source.slice(0, node.start).split("\n").length;
    found.push({ file, start: node.start, end: node.end, line, original, replacement, kind });
  };
  const operatorBetween = (left: MutantNode, right: MutantNode, operator: string) => {
    const start = source.indexOf(operator, left.end);
    return start === -1 || start >= right.start ? null : { start, end: start + operator.length };
  };

  const visitors: Record<string, (node: MutantNode) => void> = {
    BinaryExpression(node) {
      const [replacement, kind] = binary[String(node.operator)] ?? [];
      const [left, right] = [node.left as MutantNode, node.right as MutantNode];
      const isText = [left, right].some(
        (side) => typeof side.value === "string" || side.type === "TemplateLiteral",
      );
      if (replacement === undefined || kind === undefined || (kind === "arithmetic" && isText)) return;
      const at = operatorBetween(left, right, String(node.operator));
      if (at !== null) add(at, replacement, kind);
    },
    LogicalExpression(node) {
      const [left, right, operator] = [
        node.left as MutantNode,
        node.right as MutantNode,
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
    UnaryExpression(node) {
      if (node.operator === "!") add(node, text(node.argument as MutantNode), "negation removed");
      if (node.operator === "-") add(node, text(node.argument as MutantNode), "sign removed");
    },
    ConditionalExpression(node) {
      const [yes, no] = [node.consequent as MutantNode, node.alternate as MutantNode];
      add({ start: yes.start, end: no.end }, `${text(no)} : ${text(yes)}`, "branches swapped");
    },
    IfStatement(node) {
      const test = node.test as MutantNode;
      if (test.type !== "UnaryExpression" && test.type !== "BinaryExpression")
        add(test, `!(${text(test)})`, "condition negated");
    },
    AwaitExpression(node) {
      add(node, text(node.argument as MutantNode), "await removed");
    },
    Literal(node) {
      if (typeof node.value === "boolean") add(node, String(!node.value), "boolean");
      else if (typeof node.value === "number") add(node, `(${text(node)} + 1)`, "number");
      else if (node.bigint !== undefined && node.bigint !== null) add(node, `(${text(node)} + 1n)`, "number");
    },
    ArrayExpression(node) {
      const elements = node.elements as readonly MutantNode[];
      const last = elements.at(-1);
      if (elements.length < 2 || last === undefined || last === null) return;
      const before = elements.at(-2);
      if (before !== undefined && before !== null)
        add({ start: before.end, end: last.end }, "", "last entry removed");
    },
    CallExpression(node) {
      const [first, second] = node.arguments as readonly MutantNode[];
      const names = [first, second].map((one) => one?.type);
      const isSwap = names.every((type) => type === "Identifier" || type === "MemberExpression");
      if (isSwap && first && second && !COMMUTATIVE.has(text(node.callee as MutantNode))) {
        add({ start: first.start, end: second.end }, `${text(second)}, ${text(first)}`, "arguments swapped");
      }
      const callee = node.callee as MutantNode;
      const method = callee.type === "MemberExpression" ? (callee.property as MutantNode) : null;
      if (method !== null && ["filter", "sort", "reverse", "slice", "toSorted"].includes(text(method))) {
        add(node, text(callee.object as MutantNode), `${text(method)} removed`);
      }
    },
    ExpressionStatement(node) {
      const expression = node.expression as MutantNode;
      const call = expression.type === "AwaitExpression" ? (expression.argument as MutantNode) : expression;
      if (call.type === "CallExpression" || call.type === "AssignmentExpression")
        add(node, ";", "statement removed");
    },
  };

  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  new Visitor(visitors as never).visit(program);
  return found.filter(({ original, replacement }) => original !== replacement);
}
