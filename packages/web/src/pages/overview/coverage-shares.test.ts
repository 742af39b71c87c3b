import { moneyFromNumber } from "@dapanoskop/core/money";
import { describe, expect, it } from "vitest";
import { coverageShares } from "./coverage-shares.ts";

const usd = (amount: number) => moneyFromNumber(amount, "USD");

describe("the shares of tagging coverage", () => {
  it("are tagged, untagged and untaggable cost, each with its own amount", () => {
    const shares = coverageShares({
      tagged: usd(70),
      untagged: usd(20.5),
      untaggable: usd(-3),
      percentage: 77.3,
    });
    expect(shares.map(({ label, amount, tone }) => [label, amount, tone])).toEqual([
      ["Tagged", 70, 1],
      ["Untagged", 20.5, 3],
      ["Cannot be tagged", -3, 7],
    ]);
    expect(shares.map(({ cost }) => cost)).toEqual([usd(70), usd(20.5), usd(-3)]);
  });
});
