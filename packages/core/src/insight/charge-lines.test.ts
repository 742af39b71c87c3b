import { describe, expect, it } from "vitest";
import { chargeKindOf } from "../ledger/index.ts";
import { parseMoney } from "../money/index.ts";
import { chargeLines, chargesSentence } from "./charge-lines.ts";
import type { ChargeTypeFigures } from "./month-figures.ts";
import { plainFigures } from "./render/index.ts";
import { sentenceText } from "./sentence.ts";
import { aMonth, aWorkload } from "./testing/index.ts";

const usd = (amount: string) => parseMoney(amount, "USD");
const type = (name: string, current: string, before: string | null = null): ChargeTypeFigures => ({
  name,
  kind: chargeKindOf(name),
  current: usd(current),
  previousMonth: before === null ? null : usd(before),
  yearBefore: null,
});
const linesOf = (total: number, chargeTypes: readonly ChargeTypeFigures[] | null) =>
  chargeLines(aMonth({ centers: [{ name: "A", workloads: [aWorkload("w", total)] }] }, { chargeTypes }));
const text = (...of: Parameters<typeof linesOf>) =>
  sentenceText(chargesSentence(linesOf(...of)), plainFigures, (name) => name);

describe("what a total consists of", () => {
  it("has usage first, and credits, refunds, tax and fees as lines of their own", () => {
    const types = [
      type("Credit", "-20"),
      type("Usage", "100"),
      type("SavingsPlanNegation", "-4"),
      type("Tax", "7"),
      type("RIFee", "5"),
      type("Refund", "-3"),
      type("Support", "15"),
      type("Out-of-cycle credit", "0"),
    ];
    expect(text(100, types)).toBe(
      "Usage $96.00, fees $5.00, support $15.00, tax $7.00, refunds −$3.00, credits −$20.00.",
    );
  });

  it("adds up to the displayed total, by the one rounding rule", () => {
    const lines = linesOf(10.01, [type("Usage", "10.004"), type("Tax", "0.003"), type("Fee", "0.003")]);
    expect(lines.reduce((sum, { displayed }) => sum + displayed, 0n)).toBe(1001n);
  });

  it("has the month before where every type of the line is known there", () => {
    const [usage, tax] = linesOf(7, [
      type("Usage", "5", "4"),
      type("EdpDiscount", "-1", "-2"),
      type("Tax", "3"),
    ]);
    expect([usage?.previousMonth, tax?.previousMonth]).toEqual([usd("2"), null]);
  });

  it("has no lines where a month was published without its charge types", () => {
    expect(linesOf(5, null)).toEqual([]);
  });
});
