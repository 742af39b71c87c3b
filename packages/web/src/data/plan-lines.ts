import { displayedParts, type Money, parseMoney, roundedHalfUp } from "@dapanoskop/core/money";
import type { PlanDocument, PlannedResourceDocument, PlanPartDocument } from "@dapanoskop/core/plan";

/** A resource of a plan, or one of its charges, as the table lists it. Amounts are of a month. */
export interface PlanLine {
  /** Unique in the plan; the address, and of a charge its name. */
  readonly name: string;
  readonly resource: PlannedResourceDocument;
  /** `null` for the line of the resource itself. */
  readonly part: PlanPartDocument | null;
  readonly before: PlanAmount | null;
  readonly after: PlanAmount | null;
  readonly change: PlanAmount | null;
  readonly parts: readonly PlanLine[];
}

/** An amount, and its cents as they are displayed: the lines of a column add up to its displayed total. */
export interface PlanAmount {
  readonly exact: Money;
  readonly displayed: bigint;
}

/** The displayed totals of a plan's columns, in cents. */
export interface PlanTotals {
  readonly before: bigint;
  readonly after: bigint;
  readonly change: bigint;
}

/** The totals of a plan: what is displayed before it is what is displayed after it, less the displayed change. */
export function planTotals({ cost }: PlanDocument): PlanTotals {
  const [after, change] = [cost.monthly_after, cost.monthly_delta].map((text) =>
    roundedHalfUp(parseMoney(text, cost.currency)),
  ) as [bigint, bigint];
  return { before: after - change, after, change };
}

/** The resources of a plan with their charges, in the plan's order. */
export function planLines(plan: PlanDocument): readonly PlanLine[] {
  const totals = planTotals(plan);
  const { currency } = plan.cost;
  const counted = plan.resources.filter(({ monthly_delta }) => monthly_delta !== null);
  const shown = {
    before: displayed(totals.before, counted, currency, ({ monthly_before }) => monthly_before),
    after: displayed(totals.after, counted, currency, ({ monthly_after }) => monthly_after),
    change: displayed(totals.change, counted, currency, ({ monthly_delta }) => monthly_delta),
  };
  return plan.resources.map((resource): PlanLine => {
    const of = (column: keyof PlanTotals, text: string | null) =>
      amountOf(text, currency, shown[column].get(resource));
    const own = {
      before: of("before", resource.monthly_before),
      after: of("after", resource.monthly_after),
      change: of("change", resource.monthly_delta),
    };
    const name = nameOf(resource);
    return { name, resource, part: null, ...own, parts: partLines(name, resource, own, currency) };
  });
}

/** A deposed object has the address of the one that replaced it. */
export const nameOf = ({
  address,
  deposed,
}: {
  readonly address: string;
  readonly deposed?: string | undefined;
}): string => (deposed === undefined ? address : `${address} (deposed ${deposed})`);

function partLines(
  name: string,
  resource: PlannedResourceDocument,
  own: Pick<PlanLine, "before" | "after" | "change">,
  currency: string,
): readonly PlanLine[] {
  const recurring = resource.parts.filter(({ one_time }) => !one_time);
  const columns = {
    before: displayed(
      own.before?.displayed ?? null,
      recurring,
      currency,
      ({ monthly_before }) => monthly_before,
    ),
    after: displayed(own.after?.displayed ?? null, recurring, currency, ({ monthly_after }) => monthly_after),
    change: displayed(
      own.change?.displayed ?? null,
      recurring,
      currency,
      ({ monthly_delta }) => monthly_delta,
    ),
  };
  return resource.parts.map((part) => ({
    name: `${name} ${part.name}`,
    resource,
    part,
    before: amountOf(part.monthly_before, currency, columns.before.get(part)),
    after: amountOf(part.monthly_after, currency, columns.after.get(part)),
    change: amountOf(part.monthly_delta, currency, columns.change.get(part)),
    parts: [],
  }));
}

/** The cents of each amount, so that they add up to the displayed whole. Without a whole each is rounded alone. */
function displayed<Item>(
  whole: bigint | null,
  items: readonly Item[],
  currency: string,
  text: (item: Item) => string | null,
): ReadonlyMap<Item, bigint> {
  const known = items.flatMap((item) => {
    const amount = text(item);
    return amount === null ? [] : [{ item, amount: parseMoney(amount, currency) }];
  });
  if (whole === null) return new Map();
  const shown = displayedParts(
    whole,
    known.map(({ amount }) => amount),
  );
  return new Map(known.map(({ item }, at) => [item, shown[at] ?? 0n]));
}

function amountOf(
  text: string | null,
  currency: string,
  displayedCents: bigint | undefined,
): PlanAmount | null {
  if (text === null) return null;
  const exact = parseMoney(text, currency);
  return { exact, displayed: displayedCents ?? roundedHalfUp(exact) };
}
