import {
  addDays,
  addMonths,
  type Month,
  monthWindow,
  priorPeriodToDateWindow,
  type Window,
} from "@dapanoskop/core/calendar";
import {
  type Allocation,
  allocationOf,
  type ChargeTypeCosts,
  type ComparisonLedger,
  daysOf,
  type MonthLedger,
  type PeriodDays,
  type PeriodLedger,
  type PeriodResidual,
  rowsOf,
  type StorageMetrics,
  type UsageCost,
} from "@dapanoskop/core/ledger";
import { type Money, subtract, sum } from "@dapanoskop/core/money";
import { categories } from "@dapanoskop/core/usage";
import * as fc from "fast-check";

const CURRENCY = "EUR";
const MONTH = "2026-03";
const money = (units: bigint): Money => ({ units, currency: CURRENCY });

/** Amounts whose sums have at most fifteen digits: a double represents each of them exactly. */
const anAmount = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
const aCost = anAmount.map(money);

/** Names as a bill may have them, among them those that the published labels use. */
const aName = fc.oneof(
  fc.constantFrom(
    null,
    "web",
    "api",
    "",
    "__proto__",
    "Untagged",
    "Untagged (tag)",
    "Uncategorized",
    "Uncategorized (category)",
    "\ufeffweb",
  ),
  fc.string({ unit: "grapheme" }),
);

const anAllocation: fc.Arbitrary<Allocation> = fc
  .uniqueArray(fc.record({ costCenter: aName, workload: aName, cost: aCost }), {
    maxLength: 12,
    selector: ({ costCenter, workload }) => JSON.stringify([costCenter, workload]),
  })
  // The writer leaves out places without cost.
  .map((rows) => allocationOf(rows.filter(({ cost }) => cost.units !== 0n)));

/** Costs of places, and the same costs by usage type, with rows that cancel each other out. */
const someCosts = fc
  .record({
    allocation: anAllocation,
    labels: fc.array(
      fc.record({
        usageType: fc.string({ unit: "grapheme" }),
        category: fc.constantFrom(...categories),
        quantity: fc.option(anAmount.map((units) => ({ units, unit: "GB-Mo" }))),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    cancelling: fc.array(fc.record({ workload: aName, cost: aCost }), { maxLength: 2 }),
  })
  .map(({ allocation, labels, cancelling }) => {
    const negated = cancelling.map(({ workload, cost }) => ({ workload, cost: money(-cost.units) }));
    const costs = [...rowsOf(allocation), ...cancelling, ...negated];
    const usage = costs.flatMap(({ workload, cost }, at): UsageCost[] => {
      const label = labels[at % labels.length];
      return label === undefined ? [] : [{ ...label, workload, cost }];
    });
    return { allocation, usage };
  });

const someStorage: fc.Arbitrary<StorageMetrics> = fc.record({
  cost: fc.option(aCost),
  volumeBytes: fc.option(fc.bigInt({ min: 0n, max: 2n ** 53n - 1n })),
  hotPercentage: fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10)),
  costPerTb: fc.option(fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100)),
});

const total = (allocation: Allocation) =>
  sum(
    [...rowsOf(allocation)].map(({ cost }) => cost),
    CURRENCY,
  );

/** Differences that rounding explains. */
const someResiduals = (period: string): fc.Arbitrary<readonly PeriodResidual[]> =>
  fc.array(
    fc.record({
      view: fc.constantFrom("usage_types", "services"),
      period: fc.constant(period),
      difference: anAmount,
    }),
    { maxLength: 2 },
  );

/** Costs by charge type, unknown in some months. */
const someChargeTypes: fc.Arbitrary<ChargeTypeCosts | null> = fc.option(
  fc
    .uniqueArray(fc.tuple(fc.constantFrom("Usage", "Tax", "Credit", "__proto__"), aCost), {
      selector: ([name]) => name,
    })
    .map((costs) => new Map(costs)),
);

/** With what is missing to the total as another charge type. */
function summingTo(whole: Money, costs: ChargeTypeCosts | null): ChargeTypeCosts | null {
  return costs && new Map([...costs, ["Fee", subtract(whole, sum([...costs.values()], CURRENCY))]]);
}

const aComparison = (period: string): fc.Arbitrary<ComparisonLedger> =>
  fc
    .record({
      costs: someCosts,
      chargeTypes: someChargeTypes,
      storage: someStorage,
      residuals: someResiduals(period),
    })
    .map(({ costs, chargeTypes, ...own }) => {
      const whole = total(costs.allocation);
      return { ...costs, ...own, period, total: whole, chargeTypes: summingTo(whole, chargeTypes) };
    });

const aSpanOf = (period: Month) =>
  fc.record({ costs: someCosts, storageCost: fc.option(aCost), residuals: someResiduals(period) });

const aSpan = ({ costs, storageCost, residuals }: GeneratedSpan) => ({
  ...costs,
  storageCost,
  residuals,
  total: total(costs.allocation),
});

type GeneratedSpan = ReturnType<typeof aSpanOf> extends fc.Arbitrary<infer Span> ? Span : never;

/** The days of a window with all charges on one of them; `null` where none is given. */
function daysWith(
  chargedDay: number | null,
  window: Window,
  { allocation, usage }: Pick<PeriodLedger, "allocation" | "usage">,
): PeriodDays | null {
  if (chargedDay === null) return null;
  const day = addDays(window.start, chargedDay);
  return {
    days: daysOf(window),
    workloads: [...rowsOf(allocation)].map((row) => ({ day, ...row })),
    services: usage.map(({ usageType, cost, quantity }) => ({
      day,
      service: "Amazon S3",
      usageType,
      cost,
      quantity,
    })),
    chargeTypes: [{ day, workload: null, chargeType: "Usage", cost: total(allocation) }],
    residuals: [],
  };
}

/** A month in euros, running or closed, with independent figures in each period: exchanged periods are visible. */
export const aMonthLedger: fc.Arbitrary<MonthLedger> = fc
  .record({
    isRunning: fc.boolean(),
    costs: someCosts,
    direct: anAllocation,
    storage: someStorage,
    tiers: fc.array(
      fc.record({
        service: fc.string(),
        tier: fc.string(),
        volumeBytes: fc.option(fc.bigInt({ min: 0n, max: 2n ** 53n - 1n })),
        cost: aCost,
      }),
      { maxLength: 3 },
    ),
    coverage: fc.record({
      tagged: aCost,
      untagged: aCost,
      untaggable: aCost,
      percentage: fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10)),
    }),
    chargeTypes: someChargeTypes,
    estimated: fc.boolean(),
    sourceTotal: aCost,
    residuals: someResiduals(MONTH),
    previous: fc.option(aComparison(addMonths(MONTH, -1))),
    yearBefore: fc.option(aComparison(addMonths(MONTH, -12))),
    complete: aSpanOf(MONTH),
    lateDays: fc.integer({ min: 0, max: 4 }),
    priorPeriodToDate: fc.option(aSpanOf(addMonths(MONTH, -1))),
    forecast: fc.option(fc.record({ total: aCost, remaining: aCost })),
    chargedDay: fc.option(fc.nat({ max: 6 })),
  })
  .map((own): MonthLedger => {
    const { allocation, usage } = own.costs;
    const { isRunning, storage, tiers, previous, yearBefore, priorPeriodToDate, forecast } = own;
    const whole = monthWindow(MONTH);
    const window = isRunning ? { start: whole.start, end: "2026-03-08" } : whole;
    const completeDays = isRunning ? { start: whole.start, end: addDays(window.end, -own.lateDays) } : whole;
    const { direct, coverage, chargeTypes, estimated, sourceTotal, residuals } = own;
    return {
      current: {
        period: MONTH,
        window,
        completeDays,
        currency: CURRENCY,
        estimated,
        total: total(allocation),
        sourceTotal,
        direct,
        allocation,
        usage,
        storage: { ...storage, tiers, warnings: [] },
        coverage,
        chargeTypes: summingTo(total(allocation), chargeTypes),
        days: daysWith(own.chargedDay, window, { allocation, usage }),
        residuals,
        unknown: [],
      },
      previous,
      yearBefore,
      running: isRunning
        ? {
            completeDays: { ...aSpan(own.complete), window: completeDays },
            priorPeriodToDate: priorPeriodToDate && {
              ...aSpan(priorPeriodToDate),
              window: priorPeriodToDateWindow(completeDays),
            },
            forecast: forecast && { ...forecast, start: completeDays.end, end: whole.end },
          }
        : null,
    };
  });
