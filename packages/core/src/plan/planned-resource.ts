import { decimalText, divideHalfEven, MONEY_DECIMALS, moneyText, subtract } from "../money/index.ts";
import type { MonthlyCost, PartCost, PricedPart, PricedResource, Rate } from "../pricing/index.ts";
import type { ResourceChange } from "./plan.ts";
import type {
  AmountRangeDocument,
  PlannedResourceDocument,
  PlanPartDocument,
  PriceOriginDocument,
} from "./plan-document.ts";
import type { AllocatedSide } from "./tag-allocation.ts";

/** One resource of a plan's document. */
export function plannedResource(
  change: ResourceChange,
  priced: PricedResource,
  allocated: AllocatedSide | null,
): PlannedResourceDocument {
  const { address, deposed, type, action, reason, replacePaths, previousAddress, importId } = change;
  return {
    address,
    ...optional("deposed", deposed),
    type,
    action,
    ...optional("reason", reason),
    ...(replacePaths.length === 0 ? {} : { replace_paths: replacePaths }),
    ...(action === "replace" ? { create_before_destroy: change.isCreatedBeforeDestroyed } : {}),
    ...optional("previous_address", previousAddress),
    ...optional("import_id", importId),
    region: priced.region,
    status: priced.status,
    workload: allocated?.workload ?? null,
    tag: allocated?.tag ?? "unknown",
    cost_center: allocated?.costCenter ?? null,
    monthly_before: amount(priced.before),
    monthly_after: amount(priced.after),
    monthly_delta: amount(priced.delta),
    ...rangeOf(priced.delta),
    ...(priced.oneTime === null ? {} : { one_time: moneyText(priced.oneTime) }),
    parts: priced.parts.map(planPart),
    notes: priced.notes,
  };
}

const optional = <Name extends string>(
  name: Name,
  value: string | null,
): { readonly [N in Name]?: string } =>
  value === null ? {} : ({ [name]: value } as { readonly [N in Name]: string });

const amount = (cost: MonthlyCost | null) => (cost === null ? null : moneyText(cost.expected));

/** The range of a delta, where it is one. */
export function rangeOf(delta: MonthlyCost | null): { readonly monthly_delta_range?: AmountRangeDocument } {
  if (delta === null || delta.low.units === delta.high.units) return {};
  return { monthly_delta_range: { low: moneyText(delta.low), high: moneyText(delta.high) } };
}

function planPart({ name, unit, isOneTime, usageKeys, before, after }: PricedPart): PlanPartDocument {
  const rate = after?.rate ?? before?.rate ?? null;
  return {
    name,
    unit,
    usage_based: usageKeys.length > 0,
    one_time: isOneTime,
    quantity_before: quantityText(before),
    quantity_after: quantityText(after),
    monthly_before: partAmount(before),
    monthly_after: partAmount(after),
    monthly_delta: partDelta(before, after),
    price: rate === null ? null : priceText(rate),
    price_origin: rate === null ? null : originOf(rate),
  };
}

/** A charge that the resource does not have on a side is 0 there; one that it has and that is not known is `null`. */
const quantityText = (part: PartCost | null) => {
  if (part === null) return "0";
  return part.quantity === null ? null : decimalText(part.quantity.expected, MONEY_DECIMALS);
};

const partAmount = (part: PartCost | null) => (part === null ? "0" : amount(part.cost));

function partDelta(before: PartCost | null, after: PartCost | null): string | null {
  if (before === null) return partAmount(after);
  if (before.cost === null || (after !== null && after.cost === null)) return null;
  const { expected } = before.cost;
  const then = after?.cost?.expected ?? { units: 0n, currency: expected.currency };
  return moneyText(subtract(then, expected));
}

/** Of a unit, with twelve decimals; `null` where it depends on the volume. */
function priceText({ tiers }: Rate): string | null {
  const [{ cost, quantity }] = tiers;
  if (tiers.length > 1) return null;
  return decimalText(divideHalfEven(cost.units * 10n ** BigInt(MONEY_DECIMALS), quantity), MONEY_DECIMALS);
}

function originOf({ origin }: Rate): PriceOriginDocument {
  return origin.kind === "list"
    ? { kind: "list", day: origin.bookDate }
    : { kind: "observed", day: origin.through, days: origin.days };
}
