import { addDays } from "@dapanoskop/core/calendar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "./emulator.ts";
import { rawCall } from "./testing/raw-call.ts";
import { AT, aCharge, aSource } from "./testing/small-company.ts";

describe("a bill of 300,000 charges", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    const charges = Array.from({ length: 60 }, (_, after) => addDays("2026-01-07", after)).flatMap((day) =>
      Array.from({ length: 5_000 }, (_, at) =>
        aCharge({
          day,
          app: `app-${at % 60}`,
          center: `center-${at % 12}`,
          usageType: `type-${at % 180}`,
          cost: { units: BigInt(at) * 1_234_567n, currency: "USD" },
        }),
      ),
    );
    emulator = await startEmulator({ source: aSource(charges), at: AT, exactAmounts: true });
  });
  afterAll(async () => emulator.close());

  it.each([
    [
      "two months by day, workload and cost center",
      "DAILY",
      { Type: "COST_CATEGORY", Key: "CostCenter" },
      3_600,
    ],
    ["two months by workload and usage type", "MONTHLY", { Type: "DIMENSION", Key: "USAGE_TYPE" }, 540],
  ])("has complete results for %s", async (_, Granularity, second, entries) => {
    const query = {
      TimePeriod: { Start: "2026-01-01", End: "2026-03-08" },
      Granularity,
      Metrics: ["UnblendedCost", "UsageQuantity"],
      GroupBy: [{ Type: "TAG", Key: "App" }, second],
      Filter: { Not: { Dimensions: { Key: "RECORD_TYPE", Values: ["Credit"] } } },
    };
    expect((await rawCall(emulator.url, "GetCostAndUsage", query)).status).toBe(200);
    expect(emulator.requests.at(-1)?.entries).toBeGreaterThanOrEqual(entries);
  });
});
