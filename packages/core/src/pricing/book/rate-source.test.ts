import { describe, expect, it } from "vitest";
import type { BookEntry } from "./index.ts";
import { PRICE_BOOK_SCHEMA, priceBook, shippedBook } from "./index.ts";

const anEntry = (over: Partial<BookEntry> = {}): BookEntry => ({
  service: "AmazonEC2",
  usageFamily: "BoxUsage:t3.medium",
  region: "us-east-1",
  operation: null,
  currency: "USD",
  unit: "Hrs",
  tiers: [{ from: "0", price: "0.0416" }],
  source: "a list",
  date: "2026-08-21",
  ...over,
});

const bookOf = (...entries: readonly BookEntry[]) =>
  priceBook({ schema: PRICE_BOOK_SCHEMA, date: "2026-12-01", entries });
const aKey = {
  service: "AmazonEC2",
  usageFamily: "BoxUsage:t3.medium",
  region: "us-east-1",
  operation: null,
};

describe("a price book", () => {
  it("answers with unit, exact price, source and day of an entry", () => {
    expect(bookOf(anEntry()).rateOf(aKey)).toEqual({
      unit: "Hrs",
      tiers: [{ from: 0n, cost: { units: 41_600_000_000n, currency: "USD" }, quantity: 10n ** 12n }],
      origin: { kind: "list", bookDate: "2026-08-21", source: "a list" },
    });
  });

  it("has no price for another region, service or usage type", () => {
    const book = bookOf(anEntry());
    expect(book.rateOf({ ...aKey, region: "us-east-2" })).toBeNull();
    expect(book.rateOf({ ...aKey, service: "AmazonRDS" })).toBeNull();
    expect(book.rateOf({ ...aKey, usageFamily: "BoxUsage:t3.mediu" })).toBeNull();
  });

  it("prefers the entry of the operation to the entry of every operation", () => {
    const windows = anEntry({ operation: "RunInstances:0002", tiers: [{ from: "0", price: "0.06" }] });
    const book = bookOf(anEntry(), windows);
    const cost = (operation: string | null) => book.rateOf({ ...aKey, operation })?.tiers[0].cost.units;
    expect(cost("RunInstances:0002")).toBe(60_000_000_000n);
    expect(cost("RunInstances")).toBe(41_600_000_000n);
    expect(cost(null)).toBe(41_600_000_000n);
  });

  it("answers without an operation where all of them have one price, and is silent where they differ", () => {
    const linux = anEntry({ operation: "RunInstances" });
    const same = anEntry({ operation: "RunInstances:0010" });
    const other = anEntry({ operation: "RunInstances:0002", tiers: [{ from: "0", price: "0.06" }] });
    expect(bookOf(linux, same).rateOf(aKey)?.tiers[0].cost.units).toBe(41_600_000_000n);
    expect(bookOf(linux, other).rateOf(aKey)).toBeNull();
    expect(bookOf(linux).rateOf({ ...aKey, operation: "RunInstances:0002" })).toBeNull();
  });

  it("keeps tiers, and prices beyond twelve decimals exact", () => {
    const tiers = [
      { from: "0", price: "0.0000000000000125" },
      { from: "1000000.5", price: "0.01" },
    ] as const;
    expect(bookOf(anEntry({ tiers })).rateOf(aKey)?.tiers).toEqual([
      { from: 0n, cost: { units: 125n, currency: "USD" }, quantity: 10n ** 16n },
      {
        from: 1_000_000_500_000_000_000n,
        cost: { units: 10_000_000_000n, currency: "USD" },
        quantity: 10n ** 12n,
      },
    ]);
  });
});

describe("the shipped book", () => {
  it("has no two prices of one key, and a source and a day for each", () => {
    const names = shippedBook.entries.map((one) =>
      JSON.stringify([one.service, one.usageFamily, one.region, one.operation]),
    );
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    for (const { source, date } of shippedBook.entries) {
      expect(source).not.toBe("");
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(date <= shippedBook.date).toBe(true);
    }
  });
});
