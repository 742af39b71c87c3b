import type { GateResult, PlanComparison, PlanDocument, PlannedResourceDocument } from "../../plan/index.ts";
import { cell, code, counted, table, visible } from "../../text/index.ts";
import { type DisplayedPlan, displayedPlan } from "./displayed-plan.ts";
import {
  actionText,
  comparisonSentence,
  countsSentence,
  driftSentence,
  missingPricesSentence,
  oneTimeSentence,
  partialSentence,
  rangeSentence,
  toolText,
} from "./plan-sentences.ts";
import { gateText } from "./plan-text.ts";

/** GitHub and GitLab take more, and nobody reads more. */
const MOST_ROWS = 40;
const MOST_NOTES = 20;
const LONGEST_NAME = 160;
const LONGEST_NOTE = 300;

/** What a comment of ours begins with: CI finds the comment of a project by it, and updates it. */
export const planMarker = (project: string | null): string =>
  project === null ? "<!-- dapanoskop plan -->" : `<!-- dapanoskop plan ${encodeURIComponent(project)} -->`;

/** What a comment has beside the plan; `null`: it has none. */
export interface CommentParts {
  readonly project: string | null;
  readonly gate: GateResult | null;
  readonly comparison: PlanComparison | null;
}

/**
 * A plan as a comment on a change: a marker that is not seen, one table, and what is not in its total. Names of a plan are
 * hostile: they stand in code, where they are neither markup nor mentions.
 */
export function renderPlanMarkdown(plan: PlanDocument, { project, gate, comparison }: CommentParts): string {
  const displayed = displayedPlan(plan, MOST_ROWS);
  const title = plan.kind === "refresh-only" ? withoutResources(plan) : displayed.headline;
  const facts = [
    countsSentence,
    driftSentence,
    oneTimeSentence,
    rangeSentence,
    partialSentence,
    missingPricesSentence,
  ].flatMap((sentence) => sentence(plan) ?? []);
  const parts = [
    planMarker(project),
    `### ${cell(title)}`,
    facts.map(cell).join(" "),
    ...(plan.kind === "plan" ? [planTable(displayed)] : []),
    ...noteList(plan),
    ...(comparison === null ? [] : [cell(comparisonSentence(comparison))]),
    ...(gate === null ? [] : [gatePart(gate)]),
    `<sub>${cell(`Dapanoskop, ${toolText(plan)}, a month of 730 hours. Fingerprint`)} ${code(plan.fingerprint)}</sub>`,
  ];
  return `${parts.join("\n\n")}\n`;
}

const withoutResources = ({ counts }: PlanDocument) =>
  counts.outputs === 0 ? "Refresh-only plan" : "No changes of resources";

function planTable({ changed, others, unknown, ...total }: DisplayedPlan): string {
  const name = ({ address }: PlannedResourceDocument) => code(visible(address, LONGEST_NAME));
  const rows = [
    ...changed.map(({ resource, change }) => [name(resource), cell(visible(actionText(resource))), change]),
    ...(others === null ? [] : [[`and ${counted(others.count, "more resource")}`, "", others.change]]),
    ...unknown
      .slice(0, MOST_ROWS)
      .map((resource) => [
        name(resource),
        cell(visible(actionText(resource))),
        `not known: ${resource.status}`,
      ]),
    ...(unknown.length > MOST_ROWS
      ? [[`and ${counted(unknown.length - MOST_ROWS, "more resource")}`, "", "not known"]]
      : []),
    [
      `**Total${unknown.length > 0 ? " of what is known" : ""}**, ${total.before} → ${total.after}`,
      "",
      `**${total.change}**`,
    ],
  ];
  return table(["Resource", "Action", "Change a month"], rows).replace(
    "| --- | --- | --- |",
    "| --- | --- | ---: |",
  );
}

function noteList({ warnings, resources }: PlanDocument): readonly string[] {
  const notes = resources
    .filter(({ action }) => action !== "no-op")
    .flatMap(({ address, notes }) => notes.map((note) => `${address}: ${note}`));
  const all = [...warnings, ...notes];
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_NOTES).map((note) => `- ${code(visible(note, LONGEST_NOTE))}`);
  const more = all.length - lines.length;
  const rest = more === 0 ? [] : [`- and ${more} more`];
  const count = all.length === 1 ? "1 note" : `${all.length} notes`;
  return [`<details><summary>${count}</summary>\n\n${[...lines, ...rest].join("\n")}\n\n</details>`];
}

const gatePart = (gate: GateResult) =>
  [`**${gateText(gate)}**`, ...gate.reasons.map((reason) => `- ${code(visible(reason, LONGEST_NOTE))}`)].join(
    "\n",
  );
