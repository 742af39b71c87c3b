import { sha256Hex } from "@dapanoskop/core/store";
import { aBill, CollectionFixture, daily, parquet } from "@dapanoskop/pipeline/testing";
import { beforeAll, describe, expect, it } from "vitest";
import type { Daily } from "../documents/daily.ts";
import type { IndexDocument } from "../documents/index-document.ts";
import type { Summary } from "../documents/summary.ts";
import { DAILY_FILE, DAY_FILE, INDEX_KEY, SERVICE_FILE, USAGE_TYPE_FILE } from "../keys/file-kinds.ts";
import { stableKey } from "../keys/key.ts";
import { dayColumns, serviceColumns, usageTypeColumns } from "../parquet/columns.ts";
import { memoryStore } from "../store/index.ts";
import { findings } from "./findings.ts";
import { type DayTables, verifyDays } from "./verify-days.ts";
import { verifyPublished } from "./verify-published.ts";

const AT = "2026-03-08T06:00:00Z";
const MONTH = "2026-02";
const bill = aBill([
  ...daily("2025-01-01", "2026-03-20", { cost: "0.3" }),
  ...daily("2025-01-01", "2026-03-20", {
    cost: "2",
    workload: "api",
    center: "B",
    service: "Amazon EC2",
    usageType: "BoxUsage:m5.large",
    quantity: ["24", "Hrs"],
  }),
  ...daily("2026-02-10", "2026-02-11", { cost: "-0.05", chargeType: "Credit" }),
]);

let fixture: CollectionFixture;
beforeAll(async () => {
  fixture = new CollectionFixture();
  await fixture.collect(bill, { at: AT });
});

const bodyOf = (key: string) => fixture.store.objects.get(key)?.body ?? new Uint8Array();
const jsonOf = <Document>(key: string): Document => JSON.parse(new TextDecoder().decode(bodyOf(key)));

/** The tables of a month, each a copy. */
function tables(): DayTables {
  const decoded = <Columns extends Parameters<typeof parquet.decode>[0]>(columns: Columns, file: string) =>
    parquet.decode(columns, file, bodyOf(stableKey(MONTH, file)));
  return {
    places: decoded(dayColumns, DAY_FILE),
    services: decoded(serviceColumns, SERVICE_FILE),
    usageTypes: decoded(usageTypeColumns, USAGE_TYPE_FILE),
  };
}

function faultsOf(summary: Summary, of: DayTables): readonly string[] {
  const found = findings();
  verifyDays(summary, of, found);
  return found.faults;
}

describe("the days of a month", () => {
  const summary = () => jsonOf<Summary>(stableKey(MONTH, "summary.json"));

  it("add up as they were published", () => {
    const found = findings();
    verifyDays(summary(), tables(), found);
    expect(found.faults).toEqual([]);
    expect(found.sums).toBeGreaterThan(28 * 3);
  });

  it("do not where a place has a cent more on one day", () => {
    const wrong = tables();
    wrong.places.data.cost_usd.numbers[3] = (wrong.places.data.cost_usd.numbers[3] ?? 0) + 0.01;
    expect(faultsOf(summary(), wrong)).toEqual([
      "2026-02: cost-by-day.parquet's costs of 2026-02-02 make 2.31, and 2.3 is published.",
      '2026-02: the days of the cost center "A" make 8.36, and 8.35 is published.',
      '2026-02: the days of the workload "[\\"A\\",\\"web\\"]" make 8.36, and 8.35 is published.',
    ]);
  });

  it("do not where a cent moves from one day to the next, though the month is the same", () => {
    const wrong = tables();
    const { numbers } = wrong.services.data.cost_usd;
    numbers[0] = (numbers[0] ?? 0) - 0.01;
    numbers[2] = (numbers[2] ?? 0) + 0.01;
    expect(faultsOf(summary(), wrong)).toEqual([
      "2026-02: cost-by-service.parquet's costs of 2026-02-01 make 2.29, and 2.3 is published.",
      "2026-02: cost-by-service.parquet's costs of 2026-02-02 make 2.31, and 2.3 is published.",
    ]);
  });

  const changes: readonly (readonly [string, (days: NonNullable<Summary["days"]>) => void, RegExp])[] = [
    ["a total", ({ total_cost_usd: totals }) => totals.splice(4, 1, 2.4), /costs of 2026-02-05 make 2\.3/],
    [
      "a charge type",
      ({ charge_types: [first] }) => first?.cost_usd.splice(0, 1, 7),
      /the charge types' costs of 2026-02-01 make/,
    ],
    ["a day that is missing", ({ total_cost_usd: totals }) => totals.pop(), /does not have 28 amounts/],
    ["another span", (days) => Object.assign(days, { end: "2026-02-28" }), /its days are 2026-02-01 to/],
    [
      "a residual that explains too much of what costs less",
      ({ residuals }) =>
        residuals.push({ view: "charge_types", day: "2026-02-03", difference_usd: -0.005000000001 }),
      /the residual of charge_types on 2026-02-03 is more than AWS rounds/,
    ],
    [
      "a residual that explains too much",
      ({ residuals }) => residuals.push({ view: "services", day: "2026-02-03", difference_usd: 0.01 }),
      /the residual of services on 2026-02-03 is more than AWS rounds/,
    ],
  ];

  it.each(changes)("do not with %s that is wrong", (_, change, fault) => {
    const wrong = summary();
    if (wrong.days) change(wrong.days);
    expect(faultsOf(wrong, tables()).join("\n")).toMatch(fault);
  });

  it("may differ by half a cent that AWS rounds", () => {
    const rounded = summary();
    rounded.days?.residuals.push({ view: "usage_types", day: "2026-02-03", difference_usd: 0.005 });
    expect(faultsOf(rounded, tables())).toEqual([]);
  });

  it("are those of the month: rows of another day are a fault, by 20 characters of it", () => {
    const wrong = tables();
    const { codes, values } = wrong.places.data.date as unknown as {
      codes: { [at: number]: number };
      values: string[];
    };
    const later = values.push("2026-03-01 and some more words") - 1;
    codes[0] = later;
    expect(faultsOf(summary(), wrong)[0]).toBe(
      '2026-02: cost-by-day.parquet has rows of "2026-03-01 and some ", no day of it.',
    );
  });

  it("are none where the summary has none: then rows are a fault", () => {
    const withRows = { ...summary(), days: null };
    expect(faultsOf(withRows, tables())).toEqual(["2026-02: it has no days, and its daily files have rows."]);
  });

  it("are not checked in a summary of a version that had none", () => {
    const { days: _, ...older } = summary();
    expect(faultsOf(older, tables())).toEqual([]);
  });
});

describe("daily.json", () => {
  /** The faults of the whole dataset with a change of `daily.json`, which the index names with its new hash. */
  async function faultsWith(change: (daily: Daily) => void) {
    const store = memoryStore();
    const index = jsonOf<IndexDocument>(INDEX_KEY);
    const daily = jsonOf<Daily>(DAILY_FILE);
    change(daily);
    const body = new TextEncoder().encode(`${JSON.stringify(daily)}\n`);
    const key = index.shared[DAILY_FILE]?.key ?? "";
    index.shared[DAILY_FILE] = { key, sha256: await sha256Hex(body), bytes: body.length };
    const changed = new Map([
      [DAILY_FILE, body],
      [key, body],
      [INDEX_KEY, new TextEncoder().encode(JSON.stringify(index))],
    ]);
    for (const [name, object] of fixture.store.objects) {
      await store.overwrite(name, { ...object, body: changed.get(name) ?? object.body });
    }
    return (await verifyPublished(store, parquet))?.faults;
  }

  it("is what the files of its months give", async () => {
    expect(await faultsWith(() => {})).toEqual([]);
  });

  it("has a fault where a day of a service is another one", async () => {
    expect(await faultsWith(({ services: [first] }) => first?.cost_usd.splice(2, 1, 2.01))).toEqual([
      "daily.json has 2.01 as services.0.cost_usd.2, and the files of its months give 2.",
    ]);
  });

  it("has a fault where it calls a later day complete, or leaves out a workload or a month", async () => {
    expect(await faultsWith((daily) => Object.assign(daily, { complete_through: "2026-03-31" }))).toEqual([
      'daily.json has "2026-03-31" as complete_through, and the files of its months give "2026-03-07".',
    ]);
    expect((await faultsWith(({ workloads }) => workloads.pop()))?.[0]).toMatch(/nothing as workloads\.1,/);
    expect((await faultsWith(({ months }) => months.pop()))?.[0]).toMatch(/nothing as months\.1,/);
  });

  it("has a fault where another run published last", async () => {
    const run = "20260307T060000Z-000102030405060708090a0b0c0d0e0f";
    expect(await faultsWith((daily) => Object.assign(daily, { run_id: run }))).toEqual([
      expect.stringMatching(/^daily\.json is of run 20260307T060000Z-.* The next collect writes it again\.$/),
    ]);
  });
});
