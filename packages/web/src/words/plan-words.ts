import type { OpenPlans, PlanSummary } from "@dapanoskop/api/documents";
import { magnitude, parseMoney, roundedHalfUp } from "@dapanoskop/core/money";
import type { PlanCountsDocument, PlannedResourceDocument, PlanPartDocument } from "@dapanoskop/core/plan";
import { visible } from "@dapanoskop/core/text";
import type { Formats } from "./formats.ts";

/** What each status of a resource says to a reader. */
export const STATUS_WORDS: Readonly<Record<PlannedResourceDocument["status"], string>> = {
  priced: "priced",
  "usage-based": "depends on usage",
  free: "free",
  unsupported: "type not supported",
  unknown: "unknown",
};

/** The counts of a plan in the order in which a reader asks for them. */
const COUNT_WORDS: readonly (readonly [keyof PlanCountsDocument, string])[] = [
  ["create", "create"],
  ["update", "update"],
  ["replace", "replace"],
  ["delete", "delete"],
  ["import", "import"],
  ["move", "move"],
  ["forget", "forget"],
  ["read", "read"],
  ["outputs", "change of outputs"],
  ["other", "unknown action"],
];

/** What a plan does, without what it does not: `create 3 · replace 1`; `no changes`. */
export function countsText(counts: PlanCountsDocument, formats: Pick<Formats, "count">): string {
  const parts = COUNT_WORDS.filter(([key]) => counts[key] > 0);
  if (parts.length === 0) return "no changes";
  return parts.map(([key, word]) => `${word} ${formats.count(counts[key])}`).join(" · ");
}

/** What a resource's action is, and what comes with it: `replace, first created (moved)`. */
export function actionText(resource: PlannedResourceDocument): string {
  const also = [
    ...(resource.import_id === undefined ? [] : ["imported"]),
    ...(resource.previous_address === undefined ? [] : ["moved"]),
  ];
  const word =
    resource.action === "no-op"
      ? "no change"
      : resource.action === "other"
        ? "unknown action"
        : resource.action;
  return also.length === 0 ? word : `${word} (${also.join(", ")})`;
}

/** Where the price of a charge is from. */
export function originText(
  { price_origin: origin, usage_based, monthly_after }: PlanPartDocument,
  formats: Pick<Formats, "day" | "count">,
): string {
  if (origin === null) return usage_based && monthly_after === null ? "depends on usage" : "no price known";
  if (origin.kind === "list") return `list price of ${formats.day(origin.day)}`;
  const days =
    origin.days === undefined ? "" : `, ${formats.count(origin.days)} ${origin.days === 1 ? "day" : "days"}`;
  return `paid by this account until ${formats.day(origin.day)}${days}`;
}

/** A group of resources whose cost is not, or not wholly, in a plan's total. */
export interface NotIncluded {
  readonly why: string;
  readonly resources: readonly PlannedResourceDocument[];
}

/** A charge that comes or goes, and whose amount is not known. One that is unknown on both sides stays as it is. */
const isLeftOut = ({ one_time, monthly_before, monthly_after }: PlanPartDocument): boolean =>
  !one_time && (monthly_before === null) !== (monthly_after === null);

/** The resources whose cost is not in the total, by the reason; those that a plan does not change are left out. */
export function notIncluded(resources: readonly PlannedResourceDocument[]): readonly NotIncluded[] {
  const open = resources.filter(
    ({ monthly_delta, status, parts }) =>
      monthly_delta === null || status === "unknown" || parts.some(isLeftOut),
  );
  const groups: readonly (readonly [PlannedResourceDocument["status"], string])[] = [
    ["unknown", "A value or a price that decides the cost is not known"],
    ["usage-based", "The cost depends on usage that nobody knows yet"],
    ["unsupported", "The type of the resource is not supported"],
  ];
  return groups.flatMap(([status, why]) => {
    const of = open.filter((resource) => resource.status === status);
    return of.length === 0 ? [] : [{ why, resources: of }];
  });
}

/** How many resources' cost is not, or not wholly, in the total. */
export const countNotIncluded = (resources: readonly PlannedResourceDocument[]): number =>
  notIncluded(resources).reduce((count, group) => count + group.resources.length, 0);

type PlanChange = Pick<PlanSummary, "kind" | "counts" | "cost">;

/** Whether an amount says what a plan changes: not of a failed plan, and not where the cost of all that it changes is unknown. */
export function isChangeKnown({ kind, counts, cost }: PlanChange): boolean {
  if (kind === "errored") return false;
  const { create, update, delete: deleted, replace, other } = counts;
  const isNone = create + update + deleted + replace + other === 0;
  return isNone || !cost.partial || roundedHalfUp(parseMoney(cost.monthly_delta, cost.currency)) !== 0n;
}

/**
 * What a plan changes a month: `+$16.43`; with a part that is not known `+$16.43, partial`; never 0 for what is not known.
 * @param span behind the amount, where no heading says it: ` a month`
 */
export function planChangeText(plan: PlanChange, formats: Pick<Formats, "signed">, span = ""): string {
  if (!isChangeKnown(plan)) return "unknown";
  const { cost } = plan;
  const cents = roundedHalfUp(parseMoney(cost.monthly_delta, cost.currency));
  return `${formats.signed(cents, cost.currency)}${span}${cost.partial ? ", partial" : ""}`;
}

/** What the open plans would do together. */
export interface OpenPlansWords {
  /** `The 3 open plans would add`; a whole sentence without its point where there is no amount. */
  readonly lead: string;
  /** `$553.05`, of a month. */
  readonly amount: string | null;
  /** What the words say is without some cost, which is not known. */
  readonly isPartial: boolean;
}

export function openPlansWords(
  { plans, currency, monthly_delta, partial: isPartial }: OpenPlans,
  formats: Pick<Formats, "units" | "count">,
): OpenPlansWords {
  const sentence = (lead: string) => ({ lead, amount: null, isPartial: false });
  if (plans.length === 0) return sentence("No plan is open");
  if (currency === null || monthly_delta === null)
    return sentence("The open plans have several currencies, so they have no sum");
  const cents = roundedHalfUp(parseMoney(monthly_delta, currency));
  const which =
    plans.length === 1 ? "The open plan would" : `The ${formats.count(plans.length)} open plans would`;
  if (cents !== 0n) {
    const amount = formats.units(magnitude(cents), currency);
    return { lead: `${which} ${cents > 0n ? "add" : "save"}`, amount, isPartial };
  }
  if (!plans.every(isChangeKnown)) return sentence("What the open plans would add is not known");
  return { lead: `${which} not change the cost`, amount: null, isPartial };
}

/** Who approved a plan. The API knows a person by an id alone. @param by `user:SUB`, `client:ID` or `local` */
export function approverText(by: string): string {
  const [kind = "", ...id] = by.split(":");
  const words = { user: "the signed-in person with the id", client: "the program with the client id" }[kind];
  if (words !== undefined) return `${words} ${visible(id.join(":"), 60)}`;
  return by === "local" ? "somebody on this machine" : visible(by, 60);
}

/** A plan that says nothing about changes. */
const KIND_WORDS: Readonly<Record<Exclude<PlanSummary["kind"], "plan">, string>> = {
  "refresh-only": "drift only",
  errored: "failed",
};

/** How a plan stands, in a word; of a plan that says nothing about changes, what it is. */
export const stateText = ({ kind, state }: Pick<PlanSummary, "kind" | "state">): string =>
  kind === "plan" ? state : KIND_WORDS[kind];
