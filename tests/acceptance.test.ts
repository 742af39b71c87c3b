import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { allocationOf, costByCostCenter, type WorkloadCost } from "@dapanoskop/core/ledger";
import { moneyText, parseMoney, sum } from "@dapanoskop/core/money";
import { billSource } from "@dapanoskop/core/source";
import { WORKLOAD_FILE } from "@dapanoskop/dataset";
import { CollectionFixture } from "@dapanoskop/pipeline/testing";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterEach, describe, expect, it } from "vitest";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { aBill, aCharge, smallCompany } from "./support/a-bill.ts";
import { anAccount } from "./support/an-account.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

describe("docs/acceptance.md", () => {
  const text = readFileSync(join(root, "docs/acceptance.md"), "utf8");
  const cases = new Map<number, { readonly file: string; readonly title: string }[]>();
  let current: { readonly file: string; readonly title: string }[] = [];
  for (const line of text.split("\n")) {
    const [, number] = /^(\d+)\. /.exec(line) ?? [];
    if (number !== undefined) {
      current = [];
      cases.set(Number(number), current);
    }
    const [, file, title] = /^ +- `([^`]+)`: (.+)$/.exec(line) ?? [];
    if (file !== undefined && title !== undefined) current.push({ file, title });
  }

  it("contains every case, once, in order", () => {
    expect([...cases.keys()]).toEqual(Array.from({ length: 34 }, (_, at) => at + 1));
  });

  it("names a test for each case", () => {
    const unshown = [...cases].filter(([, tests]) => tests.length === 0);
    expect(unshown.map(([number]) => number)).toEqual([]);
  });

  it("names tests that exist, by file and title", () => {
    const named = [...cases.values()].flat();
    expect(named.length).toBeGreaterThan(40);
    const missing = named.filter(({ file, title }) => {
      const path = join(root, file);
      return !existsSync(path) || !readFileSync(path, "utf8").includes(`"${title}"`);
    });
    expect(missing).toEqual([]);
  });
});

describe("three hundred charges of $0.004", () => {
  it("are $1.20 in the total, the center, the workload and the sum of the parquet column", async () => {
    const charges = Array.from({ length: 300 }, (_, at) =>
      aCharge(`2026-02-${String((at % 28) + 1).padStart(2, "0")}`, {
        cost: "0.004",
        usageType: `Type-${at % 7}`,
      }),
    );
    const fixture = new CollectionFixture();
    await fixture.collect(aBill(charges), { at: "2026-03-01T06:00:00Z" });
    const { totals, cost_centers: centers } = await fixture.summary("2026-02");
    expect(totals.current_cost_usd).toBe(1.2);
    expect(centers.map(({ current_cost_usd }) => current_cost_usd)).toEqual([1.2]);
    expect(centers.flatMap(({ workloads }) => workloads.map((row) => row.current_cost_usd))).toEqual([1.2]);
    const body = (await fixture.store.get(`2026-02/${WORKLOAD_FILE}`))?.body ?? new Uint8Array();
    const rows = await parquetReadObjects({ file: Uint8Array.from(body).buffer, compressors });
    expect(rows.reduce((all, row) => all + Number(row.cost_usd), 0)).toBe(1.2);
  });
});

describe("a million rows of $0.1", () => {
  it("are $100,000.00 exactly, over however many workloads", () => {
    const cost = parseMoney("0.1", "USD");
    function* rows(): Generator<WorkloadCost> {
      for (let at = 0; at < 1_000_000; at += 1) {
        yield { workload: `workload-${at % 1_009}`, costCenter: `center-${at % 7}`, cost };
      }
    }
    const centers = [...costByCostCenter(allocationOf(rows())).values()];
    expect(moneyText(sum(centers, "USD"))).toBe("100000");
    expect(centers).toHaveLength(7);
  });
});

describe("a reader near a month's end", () => {
  const zone = process.env.TZ;
  afterEach(() => {
    process.env.TZ = zone;
  });

  it("sees the same running month at UTC−8 and at UTC+14: it comes from the data", async () => {
    const at = "2026-03-31T23:30:00Z";
    const account = await anAccount({
      source: billSource(smallCompany("2025-01-01", "2026-04-02"), { at: "2026-04-02T06:00:00Z" }),
    });
    try {
      expect((await account.collect(at)).code).toBe(0);
      const seen = new Set<string>();
      for (const [name, day] of [
        ["America/Los_Angeles", 31],
        ["UTC", 31],
        ["Pacific/Kiritimati", 1],
      ] as const) {
        process.env.TZ = name;
        expect(new Date(at).getDate(), name).toBe(day); // the zone does hold here
        for (const form of [[], ["--json"]]) {
          const { out } = await dapanoskop(["show", "--store", account.store, ...form], { at });
          seen.add(out);
        }
      }
      expect(seen.size).toBe(2);
      expect([...seen][0]).toContain("Dapanoskop · March 2026, 30 of 31 days");
    } finally {
      await account.close();
    }
  });
});

describe("a forecast", () => {
  const at = "2026-03-11T06:00:00Z";
  const charges = Array.from({ length: 10 }, (_, day) =>
    aCharge(`2026-03-${String(day + 1).padStart(2, "0")}`, { cost: "30" }),
  );

  it("of 400 for the days that remain makes 700 of 300 so far", async () => {
    const bill = billSource(aBill(charges), { at });
    const fixture = new CollectionFixture();
    await fixture.collect({ ...bill, forecast: async () => parseMoney("400", "USD") }, { at });
    expect((await fixture.summary("2026-03")).totals).toMatchObject({
      current_cost_usd: 300,
      forecast: { total_usd: 700, remaining_usd: 400, start: "2026-03-11", end: "2026-04-01" },
    });
  });

  it("that the source cannot make is null, and the month is published", async () => {
    const bill = billSource(aBill(charges), { at });
    const fixture = new CollectionFixture();
    const { months } = await fixture.collect({ ...bill, forecast: async () => null }, { at });
    expect(months[0]).toMatchObject({ period: "2026-03", outcome: "published" });
    expect((await fixture.summary("2026-03")).totals.forecast).toBeNull();
  });
});

describe("shared costs", () => {
  it("are in the summary as direct and allocated: 300 becomes 375, 100 becomes 125, the source is listed with 0", async () => {
    const on = (center: string, app: string, cost: string) => aCharge("2026-02-03", { center, app, cost });
    const bill = {
      ...aBill([on("Shared", "base", "100"), on("A", "web", "300"), on("B", "api", "100")]),
      costCategories: [
        {
          name: "CostCenter",
          splitCharges: [
            { source: "Shared", targets: ["A", "B"], method: { kind: "proportional" } as const },
          ],
        },
      ],
    };
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-03-01T06:00:00Z" });
    const { cost_centers: centers, totals } = await fixture.summary("2026-02");
    expect(
      centers.map((center) => [
        center.name,
        center.direct_cost_usd,
        center.allocated_cost_usd,
        center.current_cost_usd,
        center.workloads.map(({ name, current_cost_usd }) => [name, current_cost_usd]),
      ]),
    ).toEqual([
      [
        "A",
        300,
        75,
        375,
        [
          ["web", 300],
          ["base", 75],
        ],
      ],
      [
        "B",
        100,
        25,
        125,
        [
          ["api", 100],
          ["base", 25],
        ],
      ],
      ["Shared", 100, -100, 0, []],
    ]);
    expect(totals.current_cost_usd).toBe(500);
  });

  it("follow a workload between months: February is in A, March in B, and both totals are correct", async () => {
    const bill = aBill([
      aCharge("2026-02-03", { center: "A", cost: "10" }),
      aCharge("2026-03-02", { center: "B", cost: "11" }),
    ]);
    const fixture = new CollectionFixture();
    await fixture.collect(bill, { at: "2026-04-01T06:00:00Z", backfill: 2 });
    const march = await fixture.summary("2026-03");
    expect(
      march.cost_centers.map((center) => [center.name, center.current_cost_usd, center.prev_month_cost_usd]),
    ).toEqual([
      ["B", 11, 0],
      ["A", 0, 10],
    ]);
    expect([march.totals.current_cost_usd, march.totals.prev_month_cost_usd]).toEqual([11, 10]);
    expect((await fixture.summary("2026-02")).cost_centers).toEqual([
      expect.objectContaining({ name: "A", current_cost_usd: 10 }),
    ]);
  });
});
