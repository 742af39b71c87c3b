import { parseAst } from "vite";

/** A node of the syntax tree, as ESTree has it. */
interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** The places in a file of `infra/` that would decide on an input when the module is generated, not when it is applied. */
export function misusesIn(source: string, file = "infra.ts"): readonly string[] {
  const found: string[] = [];
  const report = (node: SyntaxNode, sentence: string) => {
    const line = source.slice(0, node.start).split("\n").length;
    found.push(`${file}:${line}: ${sentence}`);
  };
  const root = parseAst(source, { lang: "ts" }, file) as unknown as SyntaxNode;
  visit(root, null);
  return found;

  function visit(node: SyntaxNode, parent: SyntaxNode | null): void {
    if (node.type === "CallExpression" && nameOf(node.callee) === "apply") {
      report(node, "`.apply(` gets no value in the export. Use platform.text, choose or forEach.");
    }
    if (isBranch(node) && mentionsInput(node.test ?? node.left ?? node.discriminant)) {
      report(node, "an input is branched on. Use platform.when, choose, listWhen or orDefault.");
    }
    if (node.type === "UnaryExpression" && node.operator === "!" && mentionsInput(node.argument)) {
      report(node, "an input is branched on. Use platform.isSet and choose.");
    }
    if (node.type === "BinaryExpression" && /^[!=]==?$/.test(String(node.operator))) {
      if (mentionsInput(node.left) || mentionsInput(node.right)) {
        report(node, "an input is compared. Use platform.isSet or same.");
      }
    }
    if (node.type === "TemplateLiteral" && !isText(parent) && mentionsInput(node.expressions)) {
      report(node, "a text is made of an input. Use platform.text.");
    }
    for (const child of childrenOf(node)) visit(child, node);
  }
}

/** Only `infra/` creates resources. */
export const createsResources = (source: string) => /\bnew aws\./.test(source);

const BRANCHES = new Set([
  "IfStatement",
  "ConditionalExpression",
  "LogicalExpression",
  "WhileStatement",
  "SwitchStatement",
]);
const isBranch = ({ type }: SyntaxNode) => BRANCHES.has(type);

const isText = (node: SyntaxNode | null) =>
  node?.type === "TaggedTemplateExpression" && nameOf(node.tag) === "text";

/** The last name of `platform.text` or `text`. */
function nameOf(value: unknown): string | null {
  if (!isNode(value)) return null;
  if (value.type === "Identifier") return String(value.name);
  return value.type === "MemberExpression" ? nameOf(value.property) : null;
}

/** Whether an expression contains `inputs.x` outside of a call that may take it. */
function mentionsInput(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(mentionsInput);
  if (!isNode(value)) return false;
  if (value.type === "MemberExpression" && nameOf(value.object) === "inputs") return true;
  if (value.type === "ArrowFunctionExpression" || value.type === "CallExpression") return false;
  if (value.type === "TaggedTemplateExpression") return false;
  return childrenOf(value).some(mentionsInput);
}

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => Object.values(node).flat().filter(isNode);

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && "type" in value && "start" in value;
