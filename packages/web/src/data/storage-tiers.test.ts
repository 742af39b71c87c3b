import { moneyText } from "@dapanoskop/core/money";
import type { Summary } from "@dapanoskop/dataset";
import { aSummary } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import { servicesOf, storageTierLines, tierShares } from "./storage-tiers.ts";

const TB = 2 ** 40;
type Tier = Summary["storage_metrics"]["tiers"][number];
const aTier = (tier: string, volume_bytes: number | null, cost_usd: number, service = "S3"): Tier => ({
  service,
  tier,
  volume_bytes,
  cost_usd,
});

function aMonth(tiers: readonly Tier[], at = "2026-04-08T06:00:00Z"): Summary {
  const summary = aSummary({ at, period: "2026-03" });
  return { ...summary, storage_metrics: { ...summary.storage_metrics, tiers: [...tiers] } };
}

describe("the storage tiers of a month", () => {
  it("are displayed in cents that add up to the displayed storage cost", () => {
    const tiers = ["a", "b", "c"].map((tier) => aTier(tier, TB, 33.333333333333));
    expect(storageTierLines(aMonth(tiers)).map(({ displayed }) => displayed)).toEqual([3334n, 3333n, 3333n]);
  });

  it("have their volume, cost, share of the volume, and cost per TB", () => {
    const lines = storageTierLines(aMonth([aTier("Standard", 3 * TB, 69), aTier("Glacier", TB, 4)]));
    expect(lines.map((line) => ({ ...line, cost: moneyText(line.cost) }))).toEqual([
      {
        service: "S3",
        tier: "Standard",
        bytes: 3 * TB,
        cost: "69",
        displayed: 6900n,
        share: 75,
        costPerTb: 23,
      },
      { service: "S3", tier: "Glacier", bytes: TB, cost: "4", displayed: 400n, share: 25, costPerTb: 4 },
    ]);
  });

  it("have the rate of a whole month while the month is running", () => {
    // 7 of 31 days.
    const [line] = storageTierLines(aMonth([aTier("Standard", TB, 7)], "2026-03-08T06:00:00Z"));
    expect(line?.costPerTb).toBe(31);
  });

  it("have the rate of the complete days, which their volume is of, while later days are not delivered in full", () => {
    const late = { ...aTier("Standard", TB, 7.5), complete_days_cost_usd: 7 };
    const [line] = storageTierLines(aMonth([late], "2026-03-08T06:00:00Z"));
    expect(line && [moneyText(line.cost), line.costPerTb]).toEqual(["7.5", 31]);
  });

  it("have no share and no rate without a known volume, and no rate without volume", () => {
    const lines = storageTierLines(
      aMonth([aTier("Unknown", null, 5), aTier("Empty", 0, 5), aTier("A", TB, 1)]),
    );
    expect(lines.map(({ bytes, share, costPerTb }) => [bytes, share, costPerTb])).toEqual([
      [null, null, null],
      [0, 0, null],
      [TB, 100, 1],
    ]);
    expect(storageTierLines(aMonth([aTier("Empty", 0, 5)]))[0]?.share).toBeNull();
  });

  it("name each service once", () => {
    const lines = storageTierLines(
      aMonth([aTier("A", 1, 1, "S3"), aTier("B", 1, 1, "EFS"), aTier("C", 1, 1, "S3")]),
    );
    expect(servicesOf(lines)).toEqual(["S3", "EFS"]);
  });
});

describe("the shares of storage tiers", () => {
  const shares = (...tiers: readonly Tier[]) => tierShares(storageTierLines(aMonth(tiers)));
  const many = (count: number) => Array.from({ length: count }, (_, at) => aTier(`T${at}`, 100 - at, 1));

  it("are in the order of their volume, without tiers that have none", () => {
    expect(
      shares(aTier("Small", 1, 9), aTier("Empty", 0, 9), aTier("Unknown", null, 9), aTier("Large", 3, 1)),
    ).toEqual([
      { name: "Large", amount: 75, tone: 1 },
      { name: "Small", amount: 25, tone: 2 },
    ]);
  });

  it("name the service where there are several", () => {
    expect(shares(aTier("A", 3, 1, "S3"), aTier("B", 1, 1, "EFS")).map(({ name }) => name)).toEqual([
      "S3 A",
      "EFS B",
    ]);
  });

  it("are seven at most: of eight tiers, the two smallest are one share", () => {
    expect(shares(...many(7)).map(({ name, tone }) => [name, tone])).toEqual(
      Array.from({ length: 7 }, (_, at) => [`T${at}`, at + 1]),
    );
    const eight = shares(...many(8));
    expect(eight.map(({ tone }) => tone)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(eight.at(-1)?.name).toBe("2 smaller tiers");
    expect(eight.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(100);
  });

  it("are none without volume", () => {
    expect(shares(aTier("Empty", 0, 1))).toEqual([]);
  });
});
