import type { CostFilter, CostMatch, Grouping } from "@dapanoskop/core/source";
import { constraint, notInEnum, validation } from "../protocol/aws-error.ts";
import type { Members } from "../protocol/json.ts";
import { allDimensions, dimensionOf, groupingDimensions, wordForNone } from "./dimensions.ts";

/** A parsed Filter: a filter of the bill, or a constant where it contains only dimensions that no charge has. */
export type FilterCondition = CostFilter | boolean;

const ROOTS = ["And", "Or", "Not", "Dimensions", "Tags", "CostCategories"] as const;

const KINDS: ReadonlyMap<string, CostMatch["match"]> = new Map([
  ["EQUALS", "equals"],
  ["ABSENT", "absent"],
  ["STARTS_WITH", "startsWith"],
  ["ENDS_WITH", "endsWith"],
  ["CONTAINS", "contains"],
]);

const MATCH_OPTIONS = [...KINDS.keys(), "GREATER_THAN_OR_EQUAL", "CASE_SENSITIVE", "CASE_INSENSITIVE"];

/** Deep enough for any query, and within the size of the stack. */
const DEEPEST = 30;

const MOST_VALUES = 10_000;

/**
 * Parses a Filter. Tags, cost categories and dimensions accept every match option; AWS documents fewer for cost and
 * usage, and its console sends more.
 * @throws AwsError `ValidationException` with AWS's message
 */
export function parseExpression(expression: Members, depth = 0): FilterCondition {
  if (depth > DEEPEST) throw validation(`Expression is nested more than ${DEEPEST} levels deep`);
  const roots = ROOTS.filter((root) => expression.has(root));
  const [root] = roots;
  if (root === undefined) {
    throw validation(
      "Expression has no root. One root operator is required for each expression: And, Or, Not, Dimensions, Tags, CostCategories",
    );
  }
  if (roots.length > 1) {
    throw validation(
      "Expression has more than one roots. Only one root operator is allowed for each expression: And, Or, Not, Dimensions, Tags, CostCategories",
    );
  }
  switch (root) {
    case "And":
    case "Or": {
      const operands = expression.objects(root) ?? [];
      if (operands.length < 2) throw validation(`${root} expression must have at least 2 operands`);
      const conditions = operands.map((operand) => parseExpression(operand, depth + 1));
      return root === "And" ? every(conditions) : some(conditions);
    }
    case "Not": {
      const operand = expression.object("Not");
      const condition = operand === null ? true : parseExpression(operand, depth + 1);
      return typeof condition === "boolean" ? !condition : { not: condition };
    }
    default:
      return parseMatch(root, expression.object(root));
  }
}

function every(conditions: readonly FilterCondition[]): FilterCondition {
  if (conditions.includes(false)) return false;
  const and = conditions.filter((condition) => typeof condition !== "boolean");
  return and.length === 0 ? true : { and };
}

function some(conditions: readonly FilterCondition[]): FilterCondition {
  if (conditions.includes(true)) return true;
  const or = conditions.filter((condition) => typeof condition !== "boolean");
  return or.length === 0 ? false : { or };
}

function parseMatch(
  root: "Dimensions" | "Tags" | "CostCategories",
  members: Members | null,
): FilterCondition {
  const key = members?.text("Key") ?? "";
  const values = members?.texts("Values") ?? [];
  if (key === "") throw validation(`${root} expression must have a key`);
  if (values.length > MOST_VALUES) {
    throw constraint("list", "filter", `Member must have length less than or equal to ${MOST_VALUES}`);
  }
  const { match, caseSensitive } = parseOptions(members?.texts("MatchOptions") ?? []);
  if (match === "absent" && values.length > 0) {
    throw validation(`${root} expression with match option ABSENT must not have values`);
  }
  if (match !== "absent" && values.length === 0) {
    throw validation(`${root} expression must have at least one value`);
  }
  const test = (of: Grouping): CostMatch => ({ of, match, caseSensitive, values });
  if (root === "Tags") return test({ by: "tag", key });
  if (root === "CostCategories") return test({ by: "costCategory", name: key });
  return dimensionCondition(key, test);
}

function parseOptions(options: readonly string[]): Pick<CostMatch, "match" | "caseSensitive"> {
  for (const option of options) {
    if (!MATCH_OPTIONS.includes(option)) throw notInEnum(option, "matchOptions", MATCH_OPTIONS);
    if (option === "GREATER_THAN_OR_EQUAL")
      throw validation("Match option GREATER_THAN_OR_EQUAL is not allowed.");
  }
  const kinds = [...KINDS].filter(([option]) => options.includes(option)).map(([, kind]) => kind);
  const [match = "equals", ...others] = kinds;
  const both = options.includes("CASE_SENSITIVE") && options.includes("CASE_INSENSITIVE");
  if (others.length > 0 || both) throw validation("Match options contradict each other.");
  return { match, caseSensitive: !options.includes("CASE_INSENSITIVE") };
}

function dimensionCondition(key: string, test: (of: Grouping) => CostMatch): FilterCondition {
  if (!allDimensions.includes(key)) throw notInEnum(key, "filter.dimensions.key", allDimensions);
  if (!groupingDimensions.includes(key)) throw validation(`Dimension ${key} is not allowed.`);
  const by = dimensionOf(key);
  // A response names an absent region NoRegion, so a filter by NoRegion finds charges without a region.
  const { match, values } = test({ by: "service" });
  const findsNone = match === "absent" || (match === "equals" && values.includes(wordForNone(key)));
  if (by === null) return findsNone;
  const found = test({ by });
  const none: CostMatch = { of: { by }, match: "absent", caseSensitive: true, values: [] };
  return findsNone && match !== "absent" ? { or: [found, none] } : found;
}
