import { parseMoney } from "../../money/index.ts";
import type { GateResult, PlanDocument, PlannedResourceDocument } from "../../plan/index.ts";
import { counted, visible, wrap } from "../../text/index.ts";
import { amountText } from "../render/plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "../render/text-lines.ts";
import { displayedPlan } from "./displayed-plan.ts";
import {
  actionMark,
  countsSentence,
  driftSentence,
  missingPricesSentence,
  oneTimeSentence,
  partialSentence,
  rangeSentence,
  toolText,
} from "./plan-sentences.ts";

/** Rows that a list shows before it says how many more there are: `--format json` has them all. */
const MOST_ROWS = 20;
/** Columns of a sentence's names and notes: longer ones are cut. */
const LONGEST_SENTENCE = 400;

/** Writes a wrapped text behind a lead; nothing for `null`. */
type Paragraph = (text: string | null, lead?: string) => void;

/** A plan for a terminal. Every line ends in a newline. */
export function renderPlanText(
  plan: PlanDocument,
  gate: GateResult | null = null,
  style: TextStyle = plainText,
): string {
  const lines = new TextLines(style);
  const sentence: Paragraph = (text, lead = "") => {
    if (text === null) return;
    const indent = " ".repeat(lead.length);
    const wrapped = wrap(visible(text, LONGEST_SENTENCE), lines.columns - lead.length);
    for (const [at, line] of wrapped.entries()) lines.line((at === 0 ? lead : indent) + line);
  };
  const { before, after, headline, changed, others, unknown } = displayedPlan(plan, MOST_ROWS);
  lines.line(lines.bold(`Dapanoskop · plan of ${toolText(plan)}`));
  lines.line();
  if (plan.kind === "plan") {
    lines.line(lines.bold(headline));
    const known = plan.cost.partial ? "Of what is known, a" : "A";
    lines.line(`${known} month costs ${before} before and ${after} after.`);
  }
  for (const text of [
    countsSentence,
    driftSentence,
    oneTimeSentence,
    rangeSentence,
    partialSentence,
    missingPricesSentence,
  ]) {
    sentence(text(plan));
  }
  for (const warning of plan.warnings) sentence(warning, "! ");
  if (changed.length > 0) {
    lines.section("CHANGES OF COST", ["a month"]);
    for (const { resource, change } of changed) lines.row(resourceName(resource), [change]);
    if (others !== null) lines.row(`and ${counted(others.count, "more resource")}`, [others.change]);
  }
  costCenters(lines, plan);
  notPriced(lines, unknown, sentence);
  gateLines(lines, gate, sentence);
  return lines.text();
}

const resourceName = ({ action, address, deposed }: PlannedResourceDocument) =>
  `${actionMark[action].padEnd(3)} ${visible(address)}${deposed === undefined ? "" : ` (deposed ${visible(deposed)})`}`;

function costCenters(lines: TextLines, { by_cost_center, cost }: PlanDocument): void {
  if (by_cost_center.every(({ name }) => name === null)) return;
  lines.section("COST CENTERS", ["a month"]);
  for (const { name, monthly_delta } of by_cost_center) {
    const amount = amountText(parseMoney(monthly_delta, cost.currency));
    const label = name === null ? "Uncategorized or not known" : visible(name);
    lines.row(label, [monthly_delta.startsWith("-") ? amount : `+${amount}`]);
  }
}

function notPriced(lines: TextLines, unknown: readonly PlannedResourceDocument[], sentence: Paragraph): void {
  if (unknown.length === 0) return;
  lines.section("COST NOT KNOWN", []);
  for (const resource of unknown.slice(0, MOST_ROWS)) {
    lines.row(resourceName(resource), []);
    sentence(resource.notes.join(" ") || resource.status, "      ");
  }
  lines.more(unknown.length - MOST_ROWS, "resource", "");
}

function gateLines(lines: TextLines, gate: GateResult | null, sentence: Paragraph): void {
  if (gate === null) return;
  lines.line();
  lines.line(lines.bold(gateText(gate)));
  for (const reason of gate.reasons) sentence(reason, "  ");
}

/** What the gate says, in a word or two. */
export const gateText = ({ passed, isApproved }: GateResult): string =>
  passed ? (isApproved ? "The gate passes: this plan is approved." : "The gate passes.") : "The gate fails.";
