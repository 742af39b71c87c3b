import { parseDecimal } from "@dapanoskop/core/money";
import type { SplitCharge, SplitMethod } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import type { SplitChargeRule } from "./answer-schema.ts";
import { isUncategorized } from "./group-key.ts";
import { type QueryContext, queryError } from "./query-context.ts";

/** Decimals that percentages are compared at. */
const DECIMALS = 12;

/**
 * The split charge rules of a cost category, as its definition carries them, checked: a rule that cannot be followed
 * would lose or invent money.
 * @throws CostSourceError "protocol", naming the rule's source
 */
export function splitChargesOf(
  costCategory: string,
  rules: readonly SplitChargeRule[],
  context: QueryContext,
): readonly SplitCharge[] {
  return rules.map((rule) => {
    try {
      return splitCharge(costCategory, rule);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw queryError(
        "protocol",
        context,
        `the split charge rule of ${quoted(rule.Source)} cannot be followed: ${cause.message}. ` +
          "Correct it in the Billing console, or switch split charges off.",
        { cause },
      );
    }
  });
}

function splitCharge(costCategory: string, rule: SplitChargeRule): SplitCharge {
  const { Source, Targets } = rule;
  if (Targets.length === 0) throw new RangeError("it names no target");
  if (new Set(Targets).size !== Targets.length) throw new RangeError("it names a target twice");
  if (Targets.includes("") || Targets.includes(Source)) {
    throw new RangeError("its own source or uncategorized spend is among its targets");
  }
  return {
    source: Source === "" || isUncategorized(costCategory, Source) ? null : Source,
    targets: Targets,
    method: splitMethod(rule),
  };
}

function splitMethod(rule: SplitChargeRule): SplitMethod {
  switch (rule.Method) {
    case "PROPORTIONAL":
      return { kind: "proportional" };
    case "EVEN":
      return { kind: "even" };
    case "FIXED":
      return { kind: "fixed", percentages: percentages(rule) };
    default:
      throw new RangeError(`its method ${quoted(rule.Method)} is unknown here`);
  }
}

function percentages({ Targets, Parameters }: SplitChargeRule): readonly string[] {
  const lists = (Parameters ?? []).filter(({ Type }) => Type === "ALLOCATION_PERCENTAGES");
  const [list] = lists;
  if (list === undefined || lists.length > 1) {
    throw new RangeError(`it is FIXED and has ${lists.length} lists of percentages`);
  }
  if (list.Values.length !== Targets.length) {
    throw new RangeError(`it has ${list.Values.length} percentages for ${Targets.length} targets`);
  }
  const units = list.Values.map((value) => parseDecimal(value, DECIMALS));
  if (units.some((share) => share < 0n)) throw new RangeError("it has a percentage below 0");
  if (units.reduce((total, share) => total + share, 0n) !== parseDecimal("100", DECIMALS)) {
    throw new RangeError(`its percentages ${quoted(list.Values.join(", "))} do not add up to 100`);
  }
  return list.Values;
}
