import { describe, expect, it } from "vitest";
import type { Daily } from "../documents/daily.ts";
import type { IndexDocument } from "../documents/index-document.ts";
import type { ServiceColumns } from "../parquet/columns.ts";
import { ServiceTable } from "../parquet/tables.ts";
import type { DatasetReader } from "./dataset-reader.ts";
import { observedDays } from "./observed-days.ts";

const index = { periods: ["2026-11", "2026-10"] } as unknown as IndexDocument;

function aReader(completeThrough: string | null, tables: Readonly<Record<string, ServiceColumns>>) {
  const daily = { currency: "USD", complete_through: completeThrough } as Daily;
  return {
    daily: async () => daily,
    serviceColumns: async (_: IndexDocument, month: string) => tables[month] ?? null,
  } as unknown as DatasetReader;
}

function aTable(rows: readonly (readonly [day: string, cost: number, used: number | null, unit: string])[]) {
  const table = new ServiceTable();
  for (const [date, cost, quantity, unit] of rows) {
    const of = { service: "EC2 - Other", usageType: "NatGateway-Hours", category: "Other" };
    table.push({ date, ...of, cost, quantity, unit });
  }
  return table.columns();
}

describe("the days that rates are observed from", () => {
  it("are the newest thirty that the source has delivered in full, over the months they lie in", async () => {
    const october = aTable([
      ["2026-10-11", 1, 24, "Hrs"],
      ["2026-10-12", 1.08, 24, "Hrs"],
    ]);
    const november = aTable([
      ["2026-11-10", 1.08, 24, "Hrs"],
      ["2026-11-11", 0.5, 11, "Hrs"],
    ]);
    const reader = aReader("2026-11-10", { "2026-10": october, "2026-11": november });
    const found = await observedDays(reader, index);
    expect(found?.rows.map(({ day }) => day)).toEqual(["2026-10-12", "2026-11-10"]);
    expect(found).toMatchObject({ currency: "USD", through: "2026-11-10" });
    expect(found?.rows[0]).toEqual({
      day: "2026-10-12",
      service: "EC2 - Other",
      usageType: "NatGateway-Hours",
      cost: { units: 1_080_000_000_000n, currency: "USD" },
      quantity: { units: 24n * 10n ** 12n, unit: "Hrs" },
    });
  });

  it("have no quantity where the bill has none, or several units", async () => {
    const table = aTable([
      ["2026-11-09", 1, null, ""],
      ["2026-11-10", 1, 3, ""],
    ]);
    const found = await observedDays(aReader("2026-11-10", { "2026-11": table }), index);
    expect(found?.rows.map(({ quantity }) => quantity)).toEqual([null, null]);
  });

  it("are not there where no day is complete, or no month has such rows", async () => {
    const table = aTable([["2026-11-10", 1, 1, "Hrs"]]);
    expect(await observedDays(aReader(null, { "2026-11": table }), index)).toBeNull();
    expect(await observedDays(aReader("2026-11-10", {}), index)).toBeNull();
    const nothing = { ...aReader("2026-11-10", {}), daily: async () => null };
    expect(await observedDays(nothing, index)).toBeNull();
  });
});
