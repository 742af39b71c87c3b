import { describe, expect, it } from "vitest";
import { billFolder, csv, type FileRow, gzipped, parquet } from "./testing/files.ts";
import { aFocusRow, aLineItem } from "./testing/small-bills.ts";

const files = billFolder();
const WINDOW = { start: "2026-02-01", end: "2026-03-01" };

async function figures(path: string) {
  const source = await files.open(path);
  const { rows } = await source.query({
    window: WINDOW,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [],
  });
  return { units: rows[0]?.cost.units, notes: source.notes };
}

const lines = (costs: readonly string[], row: FileRow = {}) =>
  costs.map((cost, at) => aLineItem(at, "2026-02-03", { "lineItem/UnblendedCost": cost, ...row }));

describe("costs with more than 12 decimals", () => {
  const costs = ["0.1234567890125", "0.1234567890135", "1.5E-13", "0.1000000000000000", "2", "7E-300"];
  const sum = 2_346_913_578_026n;
  const said = ["4 costs have more than 12 decimals: each is rounded to 12, halves to even."];

  it("are rounded half to even, once each, and counted: CSV", async () => {
    expect(await figures(await files.write(csv(lines(costs))))).toEqual({ units: sum, notes: said });
  });

  it("are rounded half to even, once each, and counted: gzip, doubles of Parquet", async () => {
    const text = csv(lines(costs));
    expect(await figures(await files.write(gzipped(text), "rounded.csv.gz"))).toEqual({
      units: sum,
      notes: said,
    });
    const to = await files.path("rounded.parquet");
    await parquet(await files.write(text), to, { "lineItem/UnblendedCost": "CAST(column AS DOUBLE)" });
    expect(await figures(to)).toEqual({ units: sum, notes: said });
  });

  it("are counted once where charges are compared with those of another file", async () => {
    const folder = await files.path("rounded");
    const row = (cost: string) => aFocusRow("2026-02-03", { BilledCost: cost });
    await files.writeTo(csv([row("0.0000000000015"), row("1")]), `${folder}/a.csv`);
    await files.writeTo(csv([row("2"), row("3")]), `${folder}/b.csv`);
    expect(await figures(folder)).toEqual({
      units: 6_000_000_000_002n,
      notes: ["1 cost has more than 12 decimals: each is rounded to 12, halves to even."],
    });
  });

  it("are not said of quantities, nor of costs whose further decimals are zeros", async () => {
    const rows = lines(["0.1000000000000000", "1.50E-11"], { "lineItem/UsageAmount": "0.00001344086021505" });
    expect((await figures(await files.write(csv(rows)))).notes).toEqual([]);
  });
});
