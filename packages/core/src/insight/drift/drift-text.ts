import type { DriftDocument, DriftedResourceEntry } from "../../drift/index.ts";
import { displayedParts, parseMoney, roundedHalfUp } from "../../money/index.ts";
import { visible, wrap } from "../../text/index.ts";
import { plainFigures } from "../render/plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "../render/text-lines.ts";

/** Rows that a list shows before it says how many more there are: `--format json` has them all. */
const MOST_ROWS = 20;
const LONGEST_SENTENCE = 400;

const TITLES = {
  cost: "CHANGES THE BILL",
  allocation: "MOVES COST BETWEEN WORKLOADS",
  other: "OTHER",
} as const;

/** Drift for a terminal. Every line ends in a newline. */
export function renderDriftText(drift: DriftDocument, style: TextStyle = plainText): string {
  const lines = new TextLines(style);
  const sentence = (text: string, lead = "") => {
    for (const [at, line] of wrap(visible(text, LONGEST_SENTENCE), lines.columns - lead.length).entries()) {
      lines.line((at === 0 ? lead : " ".repeat(lead.length)) + line);
    }
  };
  lines.line(lines.bold("Dapanoskop · drift"));
  lines.line();
  lines.line(lines.bold(headline(drift)));
  sentence(countsSentence(drift));
  const shown = drift.resources.filter(({ ignored }) => !ignored);
  const deltas = deltaTexts(drift, shown);
  for (const severity of ["cost", "allocation", "other"] as const) {
    const rows = shown.filter((one) => one.severity === severity);
    if (rows.length === 0) continue;
    lines.section(TITLES[severity], severity === "cost" ? ["a month"] : []);
    for (const one of rows.slice(0, MOST_ROWS)) {
      lines.row(nameOf(one), severity === "cost" ? [deltas.get(one) ?? "not known"] : []);
      if (one.change === "changed") sentence(one.paths.join(", "), "      ");
    }
    lines.more(rows.length - MOST_ROWS, "resource", "");
  }
  for (const { address, path } of drift.planned_tag_losses) {
    sentence(
      `The apply of this plan takes ${path} off ${address} and sets no other: its cost is untagged then, and no later plan says so.`,
      "! ",
    );
  }
  return lines.text();
}

function headline({ status, monthly_delta, currency, partial, counts }: DriftDocument): string {
  if (status === "no_drift") return "No drift";
  const known = monthly_delta === null ? null : roundedHalfUp(parseMoney(monthly_delta, currency));
  if (known === null) return "Drift of unknown cost";
  if (counts.cost === 0)
    return partial ? "Drift, some of it of unknown cost" : "Drift that does not change the bill";
  const amount = `${plainFigures.signed(known, currency)} a month by drift`;
  return partial ? `${amount}, without what is not known` : amount;
}

function countsSentence({ changed, deleted, counts }: DriftDocument): string {
  const { cost, allocation, other, ignored } = counts;
  const ignoredPart = ignored === 0 ? "" : ` ${ignored} ignored by rules.`;
  return `${changed} changed and ${deleted} deleted outside of Terraform: ${cost} by cost, ${allocation} by allocation, ${other} other.${ignoredPart}`;
}

/** The known changes of cost in cents: they add up to the total. */
function deltaTexts(
  { monthly_delta, currency }: DriftDocument,
  shown: readonly DriftedResourceEntry[],
): ReadonlyMap<DriftedResourceEntry, string> {
  const known = shown.filter((one) => one.monthly_delta !== null);
  if (monthly_delta === null) return new Map();
  const whole = roundedHalfUp(parseMoney(monthly_delta, currency));
  const parts = displayedParts(
    whole,
    known.map((one) => parseMoney(one.monthly_delta ?? "0", currency)),
  );
  return new Map(known.map((one, at) => [one, plainFigures.signed(parts[at] ?? 0n, currency)]));
}

const nameOf = ({ change, address, deposed }: DriftedResourceEntry): string =>
  `${change === "deleted" ? "-" : "~"} ${visible(address)}${deposed === undefined ? "" : ` (deposed ${visible(deposed)})`}`;
