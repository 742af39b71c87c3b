import { parseMoney, roundedHalfUp } from "../../money/index.ts";
import { visible, wrap } from "../../text/index.ts";
import { plainFigures } from "../render/plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "../render/text-lines.ts";

/** A kept score, as far as it is shown. Money is decimal text of a month of 730 hours. */
export interface ShownPlanScore {
  readonly plan: string;
  readonly project: string;
  readonly applied_on: string;
  readonly currency: string;
  readonly scores: readonly (ShownAccuracy & { readonly kind: string })[];
  readonly left_out: readonly { readonly name: string; readonly reason: string }[];
}

interface ShownAccuracy {
  readonly name: string;
  readonly predicted: string;
  readonly actual: string;
  /** The accuracy in tenths of a percent. */
  readonly permille: number;
}

const LONGEST_SENTENCE = 400;

/** The score of a plan for a terminal. */
export function planScoreText(score: ShownPlanScore, style: TextStyle = plainText): string {
  const lines = new TextLines(style);
  lines.line(
    lines.bold(`Dapanoskop · plan ${score.plan} of ${score.project}, applied on ${score.applied_on}`),
  );
  if (score.scores.length === 0) lines.line("Nothing of it can be scored.");
  else accuracyRows(lines, "PREDICTED AND BILLED", score.scores, score.currency);
  if (score.left_out.length > 0) lines.section("WITHOUT A SCORE", []);
  for (const { name, reason } of score.left_out) {
    lines.row(visible(name), []);
    for (const line of wrap(visible(reason, LONGEST_SENTENCE), lines.columns - 6))
      lines.line(`      ${line}`);
  }
  return lines.text();
}

/** The accuracy of all scores for a terminal. */
export function accuracyText(
  {
    by_project,
    by_type,
  }: Readonly<Record<"by_project" | "by_type", readonly (ShownAccuracy & { readonly currency: string })[]>>,
  style: TextStyle = plainText,
): string {
  const lines = new TextLines(style);
  lines.line(lines.bold("Dapanoskop · plans against the bill"));
  if (by_project.length === 0) lines.line("No plan is scored yet.");
  const tables = [
    ["BY PROJECT", by_project],
    ["BY TYPE", by_type],
  ] as const;
  for (const [title, rows] of tables) {
    for (const currency of new Set(rows.map((row) => row.currency))) {
      accuracyRows(
        lines,
        title,
        rows.filter((row) => row.currency === currency),
        currency,
      );
    }
  }
  return lines.text();
}

function accuracyRows(
  lines: TextLines,
  title: string,
  rows: readonly ShownAccuracy[],
  currency: string,
): void {
  lines.section(title, ["predicted", "billed", "accuracy"]);
  const signed = (text: string) => plainFigures.signed(roundedHalfUp(parseMoney(text, currency)), currency);
  for (const { name, predicted, actual, permille } of rows) {
    lines.row(visible(name), [signed(predicted), signed(actual), `${(permille / 10).toFixed(1)} %`]);
  }
}
