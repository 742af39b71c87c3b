import { type ChargeKind, chargeKinds } from "../ledger/index.ts";
import { displayedParts, type Money, rounded, sum } from "../money/index.ts";
import type { ChargeTypeFigures, MonthFigures } from "./month-figures.ts";
import { amountPart, type Sentence } from "./sentence.ts";

/** The charges of one kind: a line of what the total consists of. */
export interface ChargeLine {
  readonly kind: ChargeKind;
  /** "Usage", "Credits" */
  readonly label: string;
  readonly cost: Money;
  /** In cents as it is displayed: the lines add up to the displayed total. */
  readonly displayed: bigint;
  /** In the whole month before; `null`: unknown. */
  readonly previousMonth: Money | null;
}

/** What a reader sees a kind of charges as. */
export const CHARGE_LABELS: Readonly<Record<ChargeKind, string>> = {
  usage: "Usage",
  fee: "Fees",
  support: "Support",
  tax: "Tax",
  refund: "Refunds",
  credit: "Credits",
};

/** What a month's total consists of, usage first. Empty where the month was published without it. */
export function chargeLines({ chargeTypes, total, currency }: MonthFigures): readonly ChargeLine[] {
  if (chargeTypes === null) return [];
  const kinds = chargeKinds.flatMap((kind) => {
    const types = chargeTypes.filter((type) => type.kind === kind);
    if (types.length === 0) return [];
    const cost = sum(
      types.map((type) => type.current),
      currency,
    );
    return [{ kind, label: CHARGE_LABELS[kind], cost, previousMonth: previousCost(types, currency) }];
  });
  const displayed = displayedParts(
    rounded(total.current),
    kinds.map(({ cost }) => cost),
  );
  return kinds.map((line, at) => ({ ...line, displayed: displayed[at] ?? 0n }));
}

function previousCost(types: readonly ChargeTypeFigures[], currency: string): Money | null {
  const known = types.flatMap(({ previousMonth }) => (previousMonth === null ? [] : [previousMonth]));
  return known.length < types.length ? null : sum(known, currency);
}

/** The lines as a sentence, without those that are displayed as nothing: "Usage $420.00, tax $7.00, credits −$12.00." */
export function chargesSentence(lines: readonly ChargeLine[]): Sentence {
  const shown = lines.filter(({ displayed }) => displayed !== 0n);
  const parts = shown.map(({ label, cost, displayed }, at): Sentence => {
    const separated = at === 0 ? label : `, ${label.toLowerCase()}`;
    return [`${separated} `, amountPart(displayed, cost.currency)];
  });
  return [...parts.flat(), "."];
}
