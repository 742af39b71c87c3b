import { displayedParts, parseMoney, roundedHalfUp } from "../../money/index.ts";
import type { PlanDocument, PlannedResourceDocument } from "../../plan/index.ts";
import { plainFigures } from "../render/plain-figures.ts";
import { percentText } from "./plan-sentences.ts";

/** A plan's amounts in cents, rounded so that the rows add up to the total, and the cost before and the change to the cost after. */
export interface DisplayedPlan {
  readonly before: string;
  readonly after: string;
  readonly change: string;
  /** The change in words, with its percentage: it says where a part is not known, and never 0 for what is not known. */
  readonly headline: string;
  /** Resources whose cost changes, the largest change first, with their change. */
  readonly changed: readonly { readonly resource: PlannedResourceDocument; readonly change: string }[];
  /** Where more resources change than are listed: how many, and their change. */
  readonly others: { readonly count: number; readonly change: string } | null;
  /** Resources that change and whose change of cost is not known. */
  readonly unknown: readonly PlannedResourceDocument[];
}

/** @param most how many changed resources are listed */
export function displayedPlan(plan: PlanDocument, most: number): DisplayedPlan {
  const { cost, resources } = plan;
  const { currency } = cost;
  const money = (text: string) => parseMoney(text, currency);
  const signed = (cents: bigint) => plainFigures.signed(cents, currency);
  const changed = resources.filter(({ monthly_delta }) => monthly_delta !== null && monthly_delta !== "0");
  const total = roundedHalfUp(money(cost.monthly_delta));
  const parts = displayedParts(
    total,
    changed.map(({ monthly_delta }) => money(monthly_delta ?? "0")),
  );
  const after = roundedHalfUp(money(cost.monthly_after));
  const left = parts.slice(most);
  const unknown = resources.filter(({ monthly_delta }) => monthly_delta === null);
  return {
    before: plainFigures.units(after - total, currency),
    after: plainFigures.units(after, currency),
    change: signed(total),
    changed: changed.slice(0, most).map((resource, at) => ({ resource, change: signed(parts[at] ?? 0n) })),
    others:
      left.length === 0
        ? null
        : { count: left.length, change: signed(left.reduce((sum, part) => sum + part, 0n)) },
    unknown,
    headline: headline(plan, signed(total), changed.length > 0, unknown.length),
  };
}

function headline(plan: PlanDocument, change: string, isAnyKnown: boolean, unknown: number): string {
  if (plan.kind === "errored") return "The plan failed";
  if (unknown > 0 && !isAnyKnown) return "Change of cost not known";
  const percent = percentText(plan);
  const known = `${change} a month${percent === null ? "" : ` (${percent})`}`;
  if (unknown === 0) return known;
  return `${known}, without ${unknown} ${unknown === 1 ? "resource" : "resources"} of unknown cost`;
}
