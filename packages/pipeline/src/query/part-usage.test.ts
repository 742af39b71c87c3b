import type { WorkloadUsage } from "@dapanoskop/core/ledger";
import { moneyText, parseMoney } from "@dapanoskop/core/money";
import { describe, expect, it } from "vitest";
import { usageWithout } from "./part-usage.ts";

const row = (
  workload: string,
  cost: string,
  units: bigint | null = 10n,
  unit = "Hrs",
  usageType = "BoxUsage",
) =>
  ({
    workload,
    usageType,
    cost: parseMoney(cost, "USD"),
    quantity: units === null ? null : { units, unit },
  }) as unknown as WorkloadUsage;

const lines = (rows: readonly WorkloadUsage[]) =>
  rows.map(
    ({ workload, usageType, cost, quantity }) =>
      `${workload} ${usageType} ${moneyText(cost)} ${quantity === null ? "unknown" : `${quantity.units} ${quantity.unit}`}`,
  );

describe("the usage of a month less that of its rest", () => {
  it.each([
    [
      "costs and quantities are subtracted",
      [row("a", "5", 10n)],
      [row("a", "2", 3n)],
      ["a BoxUsage 3 7 Hrs"],
    ],
    [
      "a row that is used up is left out",
      [row("a", "5"), row("b", "1")],
      [row("a", "5")],
      ["b BoxUsage 1 10 Hrs"],
    ],
    [
      "a row of no cost and no quantity that the rest has not stays",
      [row("a", "0", 0n)],
      [],
      ["a BoxUsage 0 0 Hrs"],
    ],
    [
      "a row whose cost alone is used up stays",
      [row("a", "5", 10n)],
      [row("a", "5", 3n)],
      ["a BoxUsage 0 7 Hrs"],
    ],
    [
      "a row whose quantity alone is used up stays",
      [row("a", "5", 10n)],
      [row("a", "2", 10n)],
      ["a BoxUsage 3 0 Hrs"],
    ],
    [
      "a row of another usage type is another one",
      [row("a", "5")],
      [row("a", "5", 10n, "Hrs", "SpotUsage")],
      ["a BoxUsage 5 10 Hrs", "a SpotUsage -5 -10 Hrs"],
    ],
    ["a row that the whole lacks is below 0", [], [row("a", "2", 3n)], ["a BoxUsage -2 -3 Hrs"]],
    [
      "a quantity of another unit is unknown",
      [row("a", "5", 10n)],
      [row("a", "2", 3n, "GB")],
      ["a BoxUsage 3 unknown"],
    ],
    [
      "a quantity that is unknown stays so",
      [row("a", "5", null)],
      [row("a", "2", 3n)],
      ["a BoxUsage 3 unknown"],
    ],
    [
      "a quantity that is unknown in the rest is unknown",
      [row("a", "5", 3n)],
      [row("a", "2", null)],
      ["a BoxUsage 3 unknown"],
    ],
    ["an unknown quantity without a cost is left out", [row("a", "5", null)], [row("a", "5", null)], []],
  ] as const)("%s", (_name, whole, rest, expected) => {
    expect(lines(usageWithout(whole, rest))).toEqual(expected);
  });
});
