import { bare, type PlacedNode, type SyntaxNode } from "./syntax.ts";

/**
 * Whether adding 1 to a number changes nothing: it is the `1` of `a < b ? -1 : 1` in a function that compares two values, of whose
 * result only the sign is looked at. The sign itself, the operators and `0` are mutated.
 */
export function isSizeOfComparison({ node, ancestors }: PlacedNode): boolean {
  if (node.value !== 1) return false;
  const path = [...ancestors];
  let result = node;
  if (isNegative(path.at(-1))) result = path.pop() as SyntaxNode;
  if (path.at(-1)?.type !== "ConditionalExpression") return false;
  while (isPartOfResult(path.at(-1), result)) result = path.pop() as SyntaxNode;
  if (path.at(-1)?.type === "ReturnStatement") {
    return parametersOf(path.findLast(isFunction)).length === 2;
  }
  const parent = path.at(-1);
  return isFunction(parent) && isIn(parent?.body, result) && parametersOf(parent).length === 2;
}

/**
 * Whether `<` and `<=`, or `>` and `>=`, are the same here, because both sides are never equal: the comparison is the branch of
 * another one that has handled this case, or it orders the values themselves or the entries of a map by their names.
 */
export function isStrictAnyway({ node, ancestors }: PlacedNode, text: (node: SyntaxNode) => string): boolean {
  const [left, right] = [text(node.left as SyntaxNode), text(node.right as SyntaxNode)];
  const isHandled = ancestors.some((ancestor, at) => {
    if (ancestor.type !== "ConditionalExpression" && ancestor.type !== "IfStatement") return false;
    const test = bare(ancestor.test as SyntaxNode);
    const inside = ancestors[at + 1] ?? node;
    if (test.type !== "BinaryExpression" || inside === test) return false;
    const sides = [text(test.left as SyntaxNode), text(test.right as SyntaxNode)];
    if (!sides.includes(left) || !sides.includes(right)) return false;
    return test.operator === (isIn(ancestor.alternate, inside) ? "===" : "!==");
  });
  return isHandled || isOrderOfUniques(ancestors, left, right);
}

/** `sort((a, b) => (a < b ? -1 : 1))` of texts, or `sort(([a], [b]) => ...)` of entries: their names are unique. */
function isOrderOfUniques(ancestors: readonly SyntaxNode[], left: string, right: string): boolean {
  const [call, compare, result] = ancestors.slice(-3);
  if (call?.type !== "CallExpression" || compare?.type !== "ArrowFunctionExpression") return false;
  if (result?.type !== "ConditionalExpression") return false;
  const names = parametersOf(compare).map((parameter) => {
    const first = parameter.type === "ArrayPattern" ? (parameter.elements as SyntaxNode[])[0] : parameter;
    return first?.name;
  });
  return names[0] === left && names[1] === right;
}

/**
 * Whether an `await` changes nothing: an async function gives its caller the awaited value of what it returns, so only a `try`
 * around it can tell the difference.
 */
export function isReturnedAwait({ ancestors }: PlacedNode): boolean {
  const parent = ancestors.at(-1);
  const isReturned = parent?.type === "ReturnStatement" || parent?.type === "ArrowFunctionExpression";
  const since = ancestors.slice(ancestors.findLastIndex(isFunction) + 1);
  return isReturned && !since.some(({ type }) => type === "TryStatement");
}

/** Whether a child of a node is this one, or holds it in parentheses. */
const isIn = (child: unknown, node: SyntaxNode): boolean =>
  child !== null && child !== undefined && bare(child as SyntaxNode) === node;

const isNegative = (node: SyntaxNode | undefined): boolean =>
  node?.type === "UnaryExpression" && node.operator === "-";

const isFunction = (node: SyntaxNode | undefined): boolean =>
  node !== undefined && /^(Arrow)?Function(Expression|Declaration)?$/.test(node.type);

const parametersOf = (node: SyntaxNode | undefined): readonly SyntaxNode[] =>
  (node?.params as readonly SyntaxNode[] | undefined) ?? [];

/** The branches of a conditional and the second side of `||` are results of it as they are. */
function isPartOfResult(parent: SyntaxNode | undefined, node: SyntaxNode): boolean {
  if (parent?.type === "ConditionalExpression") return !isIn(parent.test, node);
  return parent?.type === "LogicalExpression" && parent.operator === "||" && isIn(parent.right, node);
}
