import { decimalText, MONEY_DECIMALS, parseDecimal } from "../money/index.ts";
import type { PlanAction } from "./plan.ts";
import type { PlanDocument, PlannedResourceDocument } from "./plan-document.ts";

/** What differs between two plans. Plain JSON, ordered by address; money is decimal text. */
export interface PlanComparison {
  readonly schema: 1;
  readonly from: PlanSide;
  readonly to: PlanSide;
  /** Whether both have the same redacted content. */
  readonly is_same_plan: boolean;
  /** `to` - `from`; `null` where the plans have different currencies. */
  readonly monthly_delta_difference: string | null;
  /** Only in `to`. */
  readonly added: readonly ComparedResource[];
  /** Only in `from`. */
  readonly removed: readonly ComparedResource[];
  /** In both, with another action, status or cost. */
  readonly changed: readonly ComparedResource[];
}

export interface PlanSide {
  readonly fingerprint: string;
  readonly kind: PlanDocument["kind"];
  readonly currency: string;
  readonly monthly_delta: string;
  readonly partial: boolean;
}

export interface ComparedResource {
  readonly address: string;
  readonly deposed?: string;
  readonly type: string;
  /** `null` where the plan has no such resource. */
  readonly from_action: PlanAction | null;
  readonly to_action: PlanAction | null;
  readonly from_monthly_delta: string | null;
  readonly to_monthly_delta: string | null;
}

/** Compares two plans, resource by resource. The order of their resources does not count. */
export function comparePlans(from: PlanDocument, to: PlanDocument): PlanComparison {
  const [old, next] = [byKey(from), byKey(to)];
  const keys = [...new Set([...old.keys(), ...next.keys()])].sort();
  const rows = keys.map((key) => ({ from: old.get(key) ?? null, to: next.get(key) ?? null }));
  const isSameCurrency = from.cost.currency === to.cost.currency;
  return {
    schema: 1,
    from: planSide(from),
    to: planSide(to),
    is_same_plan: from.fingerprint === to.fingerprint,
    monthly_delta_difference: isSameCurrency
      ? difference(to.cost.monthly_delta, from.cost.monthly_delta)
      : null,
    added: rows.filter((row) => row.from === null).flatMap(compared),
    removed: rows.filter((row) => row.to === null).flatMap(compared),
    changed: rows.filter(isChanged).flatMap(compared),
  };
}

interface ResourcePair {
  readonly from: PlannedResourceDocument | null;
  readonly to: PlannedResourceDocument | null;
}

/** Addresses hold no NUL. */
const byKey = ({ resources }: PlanDocument) =>
  new Map(resources.map((one) => [`${one.address}\0${one.deposed ?? ""}`, one] as const));

const planSide = ({ fingerprint, kind, cost }: PlanDocument): PlanSide => ({
  fingerprint,
  kind,
  currency: cost.currency,
  monthly_delta: cost.monthly_delta,
  partial: cost.partial,
});

const difference = (a: string, b: string) =>
  decimalText(parseDecimal(a, MONEY_DECIMALS) - parseDecimal(b, MONEY_DECIMALS), MONEY_DECIMALS);

const isChanged = ({ from, to }: ResourcePair) =>
  from !== null &&
  to !== null &&
  (from.action !== to.action ||
    from.status !== to.status ||
    from.monthly_before !== to.monthly_before ||
    from.monthly_after !== to.monthly_after ||
    from.monthly_delta !== to.monthly_delta);

function compared({ from, to }: ResourcePair): readonly ComparedResource[] {
  const either = to ?? from;
  if (either === null) return [];
  return [
    {
      address: either.address,
      ...(either.deposed === undefined ? {} : { deposed: either.deposed }),
      type: either.type,
      from_action: from?.action ?? null,
      to_action: to?.action ?? null,
      from_monthly_delta: from?.monthly_delta ?? null,
      to_monthly_delta: to?.monthly_delta ?? null,
    },
  ];
}
