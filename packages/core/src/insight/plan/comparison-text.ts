import { displayedParts, type Money, parseMoney, roundedHalfUp, subtract, zero } from "../../money/index.ts";
import type { ComparedResource, PlanComparison } from "../../plan/index.ts";
import { visible } from "../../text/index.ts";
import { plainFigures } from "../render/plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "../render/text-lines.ts";

const MOST_ROWS = 20;

/** What differs between two plans, for a terminal. The rows that are known add up to the difference of the totals. */
export function renderComparisonText(comparison: PlanComparison, style: TextStyle = plainText): string {
  const { is_same_plan, monthly_delta_difference, added, removed, changed, to } = comparison;
  const lines = new TextLines(style);
  lines.section("COMPARED WITH THE OTHER PLAN", ["a month"]);
  if (is_same_plan) {
    lines.line("  Both have the same content.");
    return lines.text();
  }
  const { currency } = to;
  const total =
    monthly_delta_difference === null ? null : roundedHalfUp(parseMoney(monthly_delta_difference, currency));
  const texts = differenceTexts([...added, ...removed, ...changed], total, currency);
  const rows = (label: string, all: readonly ComparedResource[]) => {
    for (const one of all.slice(0, MOST_ROWS)) {
      lines.row(`${label} ${visible(one.address)}`, [texts.get(one) ?? NOT_KNOWN]);
    }
    lines.more(all.length - MOST_ROWS, "resource", "");
  };
  rows("only in this one: ", added);
  rows("only in the other:", removed);
  rows("changed:          ", changed);
  const totalText = total === null ? NOT_KNOWN : plainFigures.signed(total, currency);
  lines.row("Difference of the totals", [totalText], { strong: true });
  return lines.text();
}

const NOT_KNOWN = "not known";

/** The differences that are known, so that they add up to the displayed total; none where the total is not known. */
function differenceTexts(
  all: readonly ComparedResource[],
  total: bigint | null,
  currency: string,
): ReadonlyMap<ComparedResource, string> {
  if (total === null) return new Map();
  const known = all.flatMap((one) => {
    const change = differenceOf(one, currency);
    return change === null ? [] : [{ one, change }];
  });
  const parts = displayedParts(
    total,
    known.map(({ change }) => change),
  );
  return new Map(known.map(({ one }, at) => [one, plainFigures.signed(parts[at] ?? 0n, currency)]));
}

/** What a resource adds to the difference of the totals; `null` where a plan has it and does not know its cost. */
function differenceOf(one: ComparedResource, currency: string): Money | null {
  const side = (action: string | null, delta: string | null) =>
    action === null ? zero(currency) : delta === null ? null : parseMoney(delta, currency);
  const from = side(one.from_action, one.from_monthly_delta);
  const to = side(one.to_action, one.to_monthly_delta);
  return from === null || to === null ? null : subtract(to, from);
}
