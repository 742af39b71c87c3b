import type { PeriodLedger } from "@dapanoskop/core/ledger";
import { parseMoney } from "@dapanoskop/core/money";
import { describe, expect, it } from "vitest";
import { usageWarnings } from "./usage-warnings.ts";

const ledgerWith = (costs: readonly string[], warnings: readonly string[] = []) =>
  ({
    period: "2026-02",
    currency: "USD",
    storage: { warnings },
    unknown: costs.map((cost, at) => ({
      service: "New",
      usageType: `Thing${at}`,
      cost: parseMoney(cost, "USD"),
    })),
  }) as unknown as PeriodLedger;

describe("the warnings of a month", () => {
  it("are those of its storage where every usage type is known", () => {
    expect(usageWarnings(ledgerWith([], ["A unit is unknown."]))).toEqual(["A unit is unknown."]);
  });

  it("name unknown usage types and their whole cost", () => {
    expect(usageWarnings(ledgerWith(["3", "1.5", "-0.25"], ["A unit is unknown."]))).toEqual([
      "A unit is unknown.",
      "2026-02: the category table does not contain 3 usage types, 4.25 USD in all, and they count as Other: " +
        '"New Thing0" 3, "New Thing1" 1.5, "New Thing2" -0.25.',
    ]);
  });

  it("name a single one", () => {
    expect(usageWarnings(ledgerWith(["3"]))).toEqual([
      '2026-02: the category table does not contain 1 usage type, 3 USD, and it counts as Other: "New Thing0" 3.',
    ]);
  });

  it("name five of them", () => {
    const five = '"New Thing0" 1, "New Thing1" 1, "New Thing2" 1, "New Thing3" 1, "New Thing4" 1';
    expect(usageWarnings(ledgerWith(Array(5).fill("1")))[0]).toMatch(
      new RegExp(`Other: ${five.replaceAll(/[()]/g, "\\$&")}\\.$`),
    );
    expect(usageWarnings(ledgerWith(Array(6).fill("1")))[0]).toMatch(
      new RegExp(`6 usage types, 6 USD .*${five}, …$`),
    );
  });
});
