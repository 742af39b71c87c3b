import { parseMoney, roundedHalfUp } from "../../money/index.ts";
import type { PlanAction, PlanComparison, PlanDocument, PlannedResourceDocument } from "../../plan/index.ts";
import { listed } from "../../text/index.ts";
import { MINUS } from "../change.ts";
import { plainFigures } from "../render/plain-figures.ts";

/** Which tool made the plan: `Terraform 1.11.4`. */
export function toolText({ tool, tool_version }: PlanDocument): string {
  const name =
    tool === "opentofu" ? "OpenTofu" : tool === "terraform" ? "Terraform" : "Terraform or OpenTofu";
  return tool_version === null ? name : `${name} ${tool_version}`;
}

/** What the plan does, in one sentence. */
export function countsSentence({ kind, counts }: PlanDocument): string {
  if (kind === "errored") return "The plan failed.";
  const outputs = `${counts.outputs} ${counts.outputs === 1 ? "output" : "outputs"} to change`;
  if (kind === "refresh-only") {
    return counts.outputs === 0
      ? "A refresh-only plan: it changes nothing but the state."
      : `The plan changes no resources: ${outputs}.`;
  }
  const parts = [
    [counts.create, "to create"],
    [counts.update, "to update"],
    [counts.replace, "to replace"],
    [counts.delete, "to delete"],
    [counts.read, "to read"],
    [counts.import, "to import"],
    [counts.move, "to move"],
    [counts.forget, "to forget"],
    [counts.other, "with an unknown action"],
  ] as const;
  const texts = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  if (counts.outputs > 0) texts.push(outputs);
  if (texts.length === 0) return "No changes.";
  return `${listed(texts)}${counts.no_op === 0 ? "" : `; ${counts.no_op} unchanged`}.`;
}

/** What changed outside of Terraform; `null` where nothing did. */
export function driftSentence({ kind, drift }: PlanDocument): string | null {
  if (kind === "errored") return "The plan failed, so nothing is known about drift.";
  const { changed, deleted } = drift;
  if (changed + deleted === 0) return null;
  const parts = [changed === 0 ? [] : [`${changed} changed`], deleted === 0 ? [] : [`${deleted} deleted`]];
  return `Drift, apart from the plan's changes: ${listed(parts.flat())} outside of Terraform.`;
}

/** What the total leaves out; `null` where it is whole. */
export function partialSentence({ cost, complete }: PlanDocument): string | null {
  if (!cost.partial) return null;
  const parts = [
    [cost.usage_based, cost.usage_based === 1 ? "depends on usage" : "depend on usage"],
    [cost.unsupported, cost.unsupported === 1 ? "is of an unsupported type" : "are of an unsupported type"],
    [cost.unknown, cost.unknown === 1 ? "is unknown" : "are unknown"],
  ] as const;
  const texts = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  if (texts.length === 0) return complete ? null : "The total is partial: the plan is not complete.";
  return `The total is partial: of the resources, ${listed(texts)}.`;
}

/** How to get list prices that are missing; `null` where none is. */
export function missingPricesSentence({ resources }: PlanDocument): string | null {
  const isMissing = resources.some(({ parts }) => parts.some(({ price_origin }) => price_origin === null));
  if (!isMissing) return null;
  return "Prices are missing: dapanoskop prices update --plan FILE reads AWS's list, and dapanoskop plan FILE --prices dapanoskop-prices.json uses it.";
}

/** `+12.5 %`; `null` where the cost before is 0. */
export function percentText({ cost }: PlanDocument): string | null {
  const { monthly_delta_percent: percent } = cost;
  if (percent === undefined) return null;
  const tenths = roundedHalfUp(parseMoney(percent, "percent"), 1);
  const size = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? MINUS : "+"}${size / 10n}.${size % 10n} %`;
}

/** What is charged once, when the plan is applied; `null` where nothing is. */
export function oneTimeSentence({ cost }: PlanDocument): string | null {
  const cents = roundedHalfUp(parseMoney(cost.one_time, cost.currency));
  return cents === 0n ? null : `Charged once besides: ${plainFigures.units(cents, cost.currency)}.`;
}

/** From where to where an expected change may be; `null` where it is no range. */
export function rangeSentence({ cost }: PlanDocument): string | null {
  const { monthly_delta_range: range, currency } = cost;
  if (range === undefined) return null;
  const text = (amount: string) => plainFigures.signed(roundedHalfUp(parseMoney(amount, currency)), currency);
  return `Some usage is a range: between ${text(range.low)} and ${text(range.high)} a month.`;
}

/** How a plan differs from another one. */
export function comparisonSentence(comparison: PlanComparison): string {
  const { is_same_plan, added, removed, changed, monthly_delta_difference: difference, to } = comparison;
  if (is_same_plan) return "It has the same content as the other plan.";
  const text =
    difference === null
      ? "not known"
      : plainFigures.signed(roundedHalfUp(parseMoney(difference, to.currency)), to.currency);
  const what = `${added.length} added, ${removed.length} removed, ${changed.length} changed`;
  return `Compared with the other plan: ${text} a month; of the resources, ${what}.`;
}

/** As Terraform marks it. */
export const actionMark: Readonly<Record<PlanAction, string>> = {
  create: "+",
  update: "~",
  delete: "-",
  replace: "-/+",
  read: "<=",
  "no-op": " ",
  forget: ".",
  other: "?",
};

export const actionText = ({ action, reason }: PlannedResourceDocument): string =>
  reason === undefined ? action : `${action}, ${reason.replaceAll("_", " ")}`;
