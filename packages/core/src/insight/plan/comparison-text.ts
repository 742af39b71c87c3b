import { parseMoney, roundedHalfUp } from "../../money/index.ts";
import type { ComparedResource, PlanComparison } from "../../plan/index.ts";
import { visible } from "../../text/index.ts";
import { plainFigures } from "../render/plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "../render/text-lines.ts";

const MOST_ROWS = 20;

/** What differs between two plans, for a terminal. */
export function renderComparisonText(comparison: PlanComparison, style: TextStyle = plainText): string {
  const { is_same_plan, monthly_delta_difference, added, removed, changed, to } = comparison;
  const lines = new TextLines(style);
  lines.section("COMPARED WITH THE OTHER PLAN", ["a month"]);
  if (is_same_plan) {
    lines.line("  Both have the same content.");
    return lines.text();
  }
  const signed = (text: string | null) =>
    text === null
      ? "not known"
      : plainFigures.signed(roundedHalfUp(parseMoney(text, to.currency)), to.currency);
  const rows = (
    label: string,
    all: readonly ComparedResource[],
    amount: (one: ComparedResource) => string,
  ) => {
    for (const one of all.slice(0, MOST_ROWS)) lines.row(`${label} ${visible(one.address)}`, [amount(one)]);
    lines.more(all.length - MOST_ROWS, "resource", "");
  };
  rows("only in this one: ", added, ({ to_monthly_delta }) => signed(to_monthly_delta));
  rows("only in the other:", removed, ({ from_monthly_delta }) => signed(from_monthly_delta));
  rows("changed:          ", changed, ({ to_monthly_delta }) => signed(to_monthly_delta));
  lines.row("Difference of the totals", [signed(monthly_delta_difference)], { strong: true });
  return lines.text();
}
