import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Money, parseMoney } from "../money/index.ts";
import { type BudgetState, isReached, reachedThresholds } from "./index.ts";
import { aBudget } from "./testing/index.ts";

const usd = (text: string): Money => parseMoney(text, "USD");
const units = (count: bigint): Money => ({ units: count, currency: "USD" });

describe("a threshold", () => {
  it.each([
    ["49.99", "50", false],
    ["50.00", "50", true],
    ["33.299999999999", "33.3", false],
    ["33.3", "33.3", true],
    ["0.000001", "0.000001", true],
    ["0.0000009", "0.000001", false],
    ["250", "250", true],
    ["-1", "1", false],
  ])("of 100: %s reaches %s %% is %s", (amount, percent, reached) => {
    expect(isReached(usd(amount), percent, usd("100"))).toBe(reached);
  });

  it("of 33.3 % of 0.3 is reached at 0.0999, which no binary fraction is", () => {
    expect(isReached(usd("0.0999"), "33.3", usd("0.3"))).toBe(true);
    expect(isReached(usd("0.099899999999"), "33.3", usd("0.3"))).toBe(false);
  });

  // In whole units: limit × percent is an amount when the limit is a multiple of 10^8 units, so it is known exactly.
  const limits = fc.bigInt({ min: 1n, max: 10n ** 18n }).map((count) => count * 10n ** 8n);
  const tenths = fc.integer({ min: 1, max: 100_000 });
  const percentOf = (count: number) => `${Math.floor(count / 10)}.${count % 10}`;

  it("is reached at exactly its share of the limit, and not one unit below", () => {
    fc.assert(
      fc.property(limits, tenths, (limit, count) => {
        const share = (limit * BigInt(count)) / 1000n;
        expect(isReached(units(share), percentOf(count), units(limit))).toBe(true);
        expect(isReached(units(share + 1n), percentOf(count), units(limit))).toBe(true);
        expect(isReached(units(share - 1n), percentOf(count), units(limit))).toBe(false);
      }),
    );
  });

  it("that is higher is never reached before a lower one", () => {
    fc.assert(
      fc.property(
        limits,
        tenths,
        tenths,
        fc.bigInt({ min: -(10n ** 28n), max: 10n ** 28n }),
        (limit, a, b, amount) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          const isHigh = isReached(units(amount), percentOf(high), units(limit));
          expect(!isHigh || isReached(units(amount), percentOf(low), units(limit))).toBe(true);
        },
      ),
    );
  });
});

describe("the thresholds that a state has reached", () => {
  const state = (own: Partial<BudgetState>): BudgetState => ({
    budget: aBudget({
      thresholds: [
        { of: "actual", percent: "100" },
        { of: "actual", percent: "9.5" },
        { of: "forecast", percent: "100" },
        { of: "actual", percent: "80" },
      ],
    }),
    periodStart: "2026-03",
    status: "on_track",
    actual: usd("80"),
    forecast: { total: usd("100"), low: usd("90"), high: usd("120") },
    forecastStatus: "known",
    why: null,
    isWaiting: false,
    completeThrough: null,
    collectedAt: null,
    ...own,
  });
  const reached = (own: Partial<BudgetState>) =>
    reachedThresholds(state(own)).map(
      ({ of, percent, amount }) => `${of} ${percent} ${amount.units / 10n ** 12n}`,
    );

  it("are sorted by their size as numbers, with what reached them", () => {
    expect(reached({})).toEqual(["actual 9.5 80", "actual 80 80", "forecast 100 100"]);
  });

  it("are those of the forecast itself, not of the ends of its range", () => {
    const forecast = { total: usd("99.99"), low: usd("90"), high: usd("120") };
    expect(reached({ forecast })).toEqual(["actual 9.5 80", "actual 80 80"]);
  });

  it("are none where the state is unknown, or its forecast is", () => {
    expect(reached({ status: "unknown" })).toEqual([]);
    expect(reached({ forecast: null })).toEqual(["actual 9.5 80", "actual 80 80"]);
    expect(reached({ actual: null, forecast: null })).toEqual([]);
  });
});
