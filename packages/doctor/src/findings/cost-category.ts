import { listed, quoted } from "@dapanoskop/core/text";
import type { AccountFacts } from "../account-facts.ts";
import { type AccountFinding, blocks, isFine, isUnknown, warns } from "../finding.ts";
import { answered, failureOf } from "../probe.ts";

/** The most cost categories that a finding names. */
const NAMED = 8;

/** Which cost category gives the cost centers. */
export function categoryFindings(facts: AccountFacts): readonly AccountFinding[] {
  const { costCategories, definitions, wanted } = facts;
  const withCost = answered(costCategories);
  const defined = answered(definitions);
  if (withCost === null && defined === null) {
    const failure = failureOf(costCategories);
    return failure === null ? [] : [categoryUnknown(failure.name)];
  }
  const known = [...new Set([...(withCost ?? []), ...(defined ?? [])])];
  const all =
    known.length === 0
      ? "The account has none"
      : `The account has ${listed(known.slice(0, NAMED).map((name) => quoted(name)))}`;
  const { costCategory } = wanted;
  if (costCategory !== null) {
    if (known.includes(costCategory))
      return [
        isFine("category", `The cost centers are the values of the cost category ${quoted(costCategory)}.`),
      ];
    return [
      blocks(
        "category-missing",
        `There is no cost category ${quoted(costCategory)}. ${all}.`,
        "Correct --cost-category: upper and lower case differ. Or leave it out to take the first, or create it under Billing and Cost Management → Cost Categories in the management account.",
      ),
    ];
  }
  const [first] = withCost ?? [];
  if (first === undefined)
    return [
      warns(
        "category-none",
        `No cost category has cost${known.length === 0 ? "" : `, of ${listed(known.slice(0, NAMED).map((name) => quoted(name)))}`}: all cost is Uncategorized, and everything else works.`,
        "For cost centers create one under Billing and Cost Management → Cost Categories, with a value for each budget owner. It applies to the running month within 24 hours.",
      ),
    ];
  const choice =
    (withCost ?? []).length > 1 ? " It is the first of several; --cost-category names another one." : "";
  return [
    isFine("category", `The cost centers are the values of the cost category ${quoted(first)}.${choice}`),
  ];
}

const categoryUnknown = (name: string) =>
  isUnknown(
    "category-unknown",
    `Which cost categories there are is not known: the list was refused (${name}).`,
    "Grant ce:GetCostCategories and ce:ListCostCategoryDefinitions to this identity, or ask the management account's administrators for the name.",
  );
