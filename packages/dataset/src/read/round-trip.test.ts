import { addDays } from "@dapanoskop/core/calendar";
import type { CostByPeriod, WorkloadFigures } from "@dapanoskop/core/insight";
import {
  type Allocation,
  costByCostCenter,
  isComplete,
  type MonthLedger,
  rowsOf,
  type StorageMetrics,
  type UsageCost,
} from "@dapanoskop/core/ledger";
import { type Money, moneyFromNumber, moneyText } from "@dapanoskop/core/money";
import { describeSource } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { sha256Hex } from "@dapanoskop/core/store";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDocument } from "../documents/parse.ts";
import { INDEX_KEY, TREND_FILE } from "../keys/file-kinds.ts";
import { stagedKey, stagedSharedKey } from "../keys/key.ts";
import { runId } from "../keys/run-id.ts";
import { costCenterLabel, workloadLabel } from "../labels.ts";
import { memoryStore } from "../store/index.ts";
import { aMonthLedger } from "../testing/ledgers.ts";
import { parquet } from "../testing/parquet.ts";
import { renderMonthFiles } from "../write/render-month.ts";
import { renderTrend, trendMonth } from "../write/render-trend.ts";
import { publishedComparison } from "./published-comparison.ts";
import { storeReader } from "./store-files.ts";
import { readIndex } from "./stored-index.ts";
import { usageCostRows, workloadCostRows } from "./table-rows.ts";

const AT = "2026-03-08T06:00:00Z";
const MONTH = "2026-03";
const RUN = runId(AT, new Uint8Array(16));
const CONFIG = "c".repeat(64);
const SOURCE = describeSource(
  {},
  { metric: "UnblendedCost", tagKey: "App", costCategory: null, billingView: null, accounts: "111122223333" },
);

/** Writes a month with everything that leads to it, and reads it through its index. */
async function writtenAndRead(ledger: MonthLedger) {
  const store = memoryStore();
  const { summary, files } = await renderMonthFiles(ledger, parquet, {
    runId: RUN,
    at: AT,
    source: SOURCE,
    storage: { includeEfs: true, includeEbs: false },
    requests: { pages: 7, other: 2, price: { units: 90_000_000_000n, currency: "USD" } },
  });
  const named: Record<string, object> = {};
  for (const { name, body } of files) named[name] = await put(store, stagedKey(RUN, MONTH, name), body);
  const trend = renderTrend([trendMonth(summary)], summary.currency);
  await store.putIfAbsent(INDEX_KEY, {
    body: renderDocument({
      schema: 1,
      generation: 1,
      run_id: RUN,
      published_at: AT,
      periods: [MONTH],
      snapshot: {
        [MONTH]: {
          run_id: RUN,
          as_of: AT,
          estimated: ledger.current.estimated,
          is_mtd: ledger.running !== null,
          config: CONFIG,
          total_cost_usd: summary.totals.current_cost_usd,
          files: named,
          restated: [],
        },
      },
      shared: { [TREND_FILE]: await put(store, stagedSharedKey(RUN, TREND_FILE, 1), trend) },
      history: [{ generation: 1, run_id: RUN }],
    }),
    contentType: "application/json",
  });
  const index = await readIndex(store);
  if (index === null) throw new Error("The index was written.");
  return { store, index, reader: storeReader(store, parquet) };
}

async function put(store: ArtifactStore, key: string, body: Uint8Array) {
  await store.putIfAbsent(key, { body, contentType: "application/octet-stream" });
  return { key, sha256: await sha256Hex(body), bytes: body.length };
}

const text = (money: Money | null | undefined) =>
  money == null ? null : `${moneyText(money)} ${money.currency}`;

const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

/** The places that cost something. */
const placeRows = (period: string, allocation: Allocation | undefined) =>
  [...(allocation === undefined ? [] : rowsOf(allocation))]
    .filter(({ cost }) => cost.units !== 0n)
    .map(({ costCenter, workload, cost }) => [period, costCenter, workload, text(cost)]);

const usageRows = (period: string, usage: readonly UsageCost[] | undefined) =>
  (usage ?? []).map(({ workload, usageType, category, cost, quantity }) => [
    period,
    workload,
    usageType,
    category,
    text(cost),
    quantity?.units.toString() ?? null,
  ]);

/** The cost of every place in one period, by published names. */
function publishedPlaces(
  centers: readonly (WorkloadFigures & { readonly workloads: readonly WorkloadFigures[] })[],
  period: keyof CostByPeriod,
) {
  return centers.flatMap((center) =>
    center.workloads.flatMap(({ name, cost }) => {
      const amount = cost[period];
      return amount === null || amount.units === 0n ? [] : [[center.name, name, text(amount)]];
    }),
  );
}

const ledgerPlaces = (allocation: Allocation | undefined) =>
  [...(allocation === undefined ? [] : rowsOf(allocation))].map(({ costCenter, workload, cost }) => [
    costCenterLabel(costCenter).name,
    workloadLabel(workload).name,
    text(cost),
  ]);

const storageTexts = (storage: StorageMetrics | null | undefined) =>
  storage == null
    ? [null, null, null, null]
    : [text(storage.cost), storage.volumeBytes?.toString() ?? null, storage.hotPercentage, storage.costPerTb];

describe("what is written of a ledger and read again", () => {
  it("has the figures of the ledger in the summary, each in its own period", async () => {
    await fc.assert(
      fc.asyncProperty(aMonthLedger, async (ledger) => {
        const { reader, index } = await writtenAndRead(ledger);
        const figures = await reader.figures(index, MONTH);
        if (figures === null) throw new Error("The summary was written.");
        const { current, previous, yearBefore, running } = ledger;
        const toDate = running?.priorPeriodToDate ?? null;
        expect(figures).toMatchObject({
          month: MONTH,
          isRunning: running !== null,
          isEstimated: current.estimated,
          currency: "EUR",
          source: SOURCE,
          runId: RUN,
          collectedAt: AT,
          publishedAt: AT,
          forecast: running?.forecast ?? null,
          coverage: current.coverage,
        });
        expect(figures.deliveredThrough).toBe(addDays(current.completeDays.end, -1));
        expect(figures.windows.current).toEqual(current.completeDays);
        for (const [period, ledgerOf] of [
          ["current", current],
          ["previousMonth", previous],
          ["yearBefore", yearBefore],
        ] as const) {
          if (current.chargeTypes === null) {
            expect(figures.chargeTypes).toBeNull();
            continue;
          }
          for (const [name, cost] of ledgerOf?.chargeTypes ?? []) {
            const type = figures.chargeTypes?.find((each) => each.name === name);
            expect(text(type?.[period])).toBe(text(cost));
          }
          if (period !== "current" && !ledgerOf?.chargeTypes) {
            expect(figures.chargeTypes?.filter((each) => each[period] !== null)).toEqual([]);
          }
        }
        expect(Object.values(figures.total).map(text)).toEqual([
          text(current.total),
          text(previous?.total),
          text(yearBefore?.total),
          text(running?.completeDays?.total),
          text(toDate?.total),
        ]);
        for (const [period, ledgerOf] of [
          ["current", current],
          ["previousMonth", previous],
          ["yearBefore", yearBefore],
          ["completeDays", running?.completeDays ?? null],
          ["priorPeriodToDate", toDate],
        ] as const) {
          expect(sorted(publishedPlaces(figures.costCenters, period)), period).toEqual(
            sorted(ledgerPlaces(ledgerOf?.allocation)),
          );
        }
        const direct = costByCostCenter(current.direct);
        const totals = costByCostCenter(current.allocation);
        for (const center of figures.costCenters) {
          const named = [...totals.keys()].find((value) => costCenterLabel(value).name === center.name);
          if (named === undefined) continue; // it costs something in a compared period only
          expect(center.direct.units).toBe(direct.get(named)?.units ?? 0n);
          expect(center.direct.units + center.allocated.units).toBe(totals.get(named)?.units ?? 0n);
        }
        expect(storageTexts(figures.storage.current)).toEqual(storageTexts(current.storage));
        expect(storageTexts(figures.storage.previousMonth)).toEqual(storageTexts(previous?.storage));
        expect(text(figures.storage.completeDaysCost)).toBe(text(running?.completeDays?.storageCost));
        expect(text(figures.storage.priorPeriodToDateCost)).toBe(text(toDate?.storageCost));
        expect(figures.storage.tiers).toEqual(current.storage.tiers);
        expect(figures.storage.config).toEqual({ includeEfs: true, includeEbs: false });
        expect(text(figures.reconciliation.sourceTotal)).toBe(text(current.sourceTotal));
        expect(
          figures.reconciliation.residuals.map(({ view, month, difference }) => [
            view,
            month,
            difference.units,
          ]),
        ).toEqual(
          [current, running?.completeDays, toDate, previous, yearBefore]
            .flatMap((period) => period?.residuals ?? [])
            .map(({ view, period, difference }) => [view, period, difference]),
        );
        expect(figures.requests).toEqual({
          pages: 7,
          other: 2,
          price: { units: 90_000_000_000n, currency: "USD" },
        });
      }),
      { numRuns: 150 },
    );
  });

  it("has the rows of the ledger in each parquet file, each in its own period", async () => {
    await fc.assert(
      fc.asyncProperty(aMonthLedger, async (ledger) => {
        const { reader, index } = await writtenAndRead(ledger);
        const { current, previous, yearBefore, running } = ledger;
        const places = await reader.workloadColumns(index, MONTH);
        const usage = await reader.usageTypeColumns(index, MONTH);
        const toDate = await reader.priorPeriodToDateColumns(index, MONTH);
        if (places === null || usage === null || toDate === null) throw new Error("They were written.");
        expect(
          sorted(
            workloadCostRows(places, "EUR").map(({ period, costCenter, workload, cost }) => [
              period,
              costCenter,
              workload,
              text(cost),
            ]),
          ),
        ).toEqual(
          sorted([
            ...placeRows("2026-03", current.allocation),
            ...placeRows("2026-02", previous?.allocation),
            ...placeRows("2025-03", yearBefore?.allocation),
          ]),
        );
        const rows = usageCostRows(usage, "EUR");
        expect(sorted(rows.flatMap((row) => usageRows(row.period, [row])))).toEqual(
          sorted([
            ...usageRows("2026-03", current.usage),
            ...usageRows("2026-02", previous?.usage),
            ...usageRows("2025-03", yearBefore?.usage),
          ]),
        );
        expect(usageCostRows(usage, "EUR", "2026-02")).toEqual(
          rows.filter(({ period }) => period === "2026-02"),
        );
        expect(sorted(usageCostRows(toDate, "EUR").flatMap((row) => usageRows(row.period, [row])))).toEqual(
          sorted([
            ...(isComplete(current) ? [] : usageRows("2026-03", running?.completeDays?.usage)),
            ...usageRows("2026-02", running?.priorPeriodToDate?.usage),
          ]),
        );
      }),
      { numRuns: 150 },
    );
  });

  it("has the month's totals in the trend", async () => {
    await fc.assert(
      fc.asyncProperty(aMonthLedger, async (ledger) => {
        const { reader, index } = await writtenAndRead(ledger);
        const trend = await reader.trendFigures(index);
        expect(trend).toEqual({
          currency: "EUR",
          months: [{ month: MONTH, isRunning: ledger.running !== null, total: ledger.current.total }],
        });
        const document = await reader.trend(index);
        const centers = [...costByCostCenter(ledger.current.allocation)].filter(
          ([, { units }]) => units !== 0n,
        );
        expect(
          sorted(
            (document?.months[0]?.cost_centers ?? []).map(({ name, cost_usd }) => [
              name,
              text(moneyFromNumber(cost_usd, "EUR")),
            ]),
          ),
        ).toEqual(sorted(centers.map(([name, cost]) => [costCenterLabel(name).name, text(cost)])));
      }),
      { numRuns: 100 },
    );
  });

  it("is the comparison of a later month, unless the month was running or the period unknown", async () => {
    await fc.assert(
      fc.asyncProperty(aMonthLedger, async (ledger) => {
        const { store, index } = await writtenAndRead(ledger);
        const { current, previous, yearBefore, running } = ledger;
        for (const [period, expected] of [
          ["2026-03", running === null ? current : null],
          ["2026-02", previous],
          ["2025-03", yearBefore],
          ["2026-01", null],
        ] as const) {
          const published = { store, index, parquet, config: CONFIG };
          const comparison = await publishedComparison(period, MONTH, published);
          if (expected === null || comparison === undefined) {
            expect([period, comparison]).toEqual([period, expected === null ? undefined : expect.anything()]);
            continue;
          }
          expect(comparison.period).toBe(period);
          expect(text(comparison.total)).toBe(text(expected.total));
          expect(sorted(placeRows(period, comparison.allocation))).toEqual(
            sorted(placeRows(period, expected.allocation)),
          );
          expect(sorted(usageRows(period, comparison.usage))).toEqual(
            sorted(usageRows(period, expected.usage)),
          );
          expect(storageTexts(comparison.storage)).toEqual(
            storageTexts(period === "2025-03" ? null : expected.storage),
          );
          const other = { ...published, config: "d".repeat(64) };
          expect(await publishedComparison(period, MONTH, other)).toBeUndefined();
        }
      }),
      { numRuns: 150 },
    );
  });
});
