import type { Expression, MatchOption } from "@aws-sdk/client-cost-explorer";
import type { CostFilter, CostMatch } from "@dapanoskop/core/source";
import { AWS_DIMENSIONS } from "./aws-names.ts";

/**
 * A filter as an expression of Cost Explorer. A list of one becomes that one: Cost Explorer refuses an And or Or of fewer than two.
 * @throws RangeError on an empty list, which Cost Explorer cannot express
 */
export function filterExpression(filter: CostFilter): Expression {
  if ("and" in filter) return several(filter.and, "and", (And) => ({ And }));
  if ("or" in filter) return several(filter.or, "or", (Or) => ({ Or }));
  if ("not" in filter) return { Not: filterExpression(filter.not) };
  return matchExpression(filter);
}

function several(
  filters: readonly CostFilter[],
  operator: "and" | "or",
  join: (expressions: Expression[]) => Expression,
): Expression {
  const [first, ...others] = filters;
  if (first === undefined) throw new RangeError(`it has an empty list of conditions in its "${operator}"`);
  return others.length === 0 ? filterExpression(first) : join(filters.map(filterExpression));
}

function matchExpression(match: CostMatch): Expression {
  const { of } = match;
  if (match.match !== "absent" && match.values.length === 0) {
    throw new RangeError("one of its conditions names no value");
  }
  const test = {
    ...(match.match === "absent" ? {} : { Values: [...match.values] }),
    ...matchOptions(match),
  };
  if (of.by === "tag") return { Tags: { Key: of.key, ...test } };
  if (of.by === "costCategory") return { CostCategories: { Key: of.name, ...test } };
  return { Dimensions: { Key: AWS_DIMENSIONS[of.by], ...test } };
}

const MATCHES = {
  equals: "EQUALS",
  startsWith: "STARTS_WITH",
  endsWith: "ENDS_WITH",
  contains: "CONTAINS",
} as const satisfies Readonly<Record<Exclude<CostMatch["match"], "absent">, MatchOption>>;

// EQUALS and CASE_SENSITIVE are Cost Explorer's defaults, and the only options that every filter key accepts.
function matchOptions({ match, caseSensitive }: CostMatch): { MatchOptions?: MatchOption[] } {
  if (match === "absent") return { MatchOptions: ["ABSENT"] };
  if (match === "equals" && caseSensitive) return {};
  return { MatchOptions: [MATCHES[match], caseSensitive ? "CASE_SENSITIVE" : "CASE_INSENSITIVE"] };
}
