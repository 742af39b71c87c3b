import { describe, expect, it } from "vitest";
import { type BookEntry, PriceBookError, parsePriceBook, priceBookText, shippedBook } from "./index.ts";

const [entry] = shippedBook.entries;
const aBook = (over: object = {}, ofEntry: object = {}) =>
  JSON.stringify({ schema: 1, date: "2026-12-01", entries: [{ ...entry, ...ofEntry }], ...over });

const keyOf = ({ service, usageFamily, region, operation }: BookEntry) =>
  JSON.stringify([service, usageFamily, region, operation]);
const byKey = (a: BookEntry, b: BookEntry) => (keyOf(a) < keyOf(b) ? -1 : 1);

describe("a price book as a file", () => {
  it("is read as it was written", () => {
    const read = parsePriceBook(priceBookText(shippedBook));
    expect(read.entries.toSorted(byKey)).toEqual(shippedBook.entries.toSorted(byKey));
    expect(read.date).toBe(shippedBook.date);
  });

  it("is the same text whatever the order of the entries", () => {
    const turned = { ...shippedBook, entries: [...shippedBook.entries].reverse() };
    expect(priceBookText(turned)).toBe(priceBookText(shippedBook));
  });

  it.each([
    ["no JSON", "{", /it is no JSON/],
    ["a list", "[]", /the file is no JSON object/],
    ["another schema", aBook({ schema: 2 }), /its schema is "2", and this version reads 1/],
    ["no entries", aBook({ entries: {} }), /no list of entries/],
    ["a wrong date", aBook({ date: "2026-13-01" }), /date of the file is no day/],
    ["an entry without a source", aBook({}, { source: "" }), /source of entry 1 is no text/],
    [
      "a price with an exponent",
      aBook({}, { tiers: [{ from: "0", price: "1e-7" }] }),
      /price of entry 1 is no decimal/,
    ],
    [
      "a price that is a number",
      aBook({}, { tiers: [{ from: "0", price: 1 }] }),
      /price of entry 1 is no decimal/,
    ],
    [
      "a negative price",
      aBook({}, { tiers: [{ from: "0", price: "-1" }] }),
      /price of entry 1 is no decimal/,
    ],
    ["no tiers", aBook({}, { tiers: [] }), /entry 1 has no tiers/],
    [
      "a first tier above 0",
      aBook({}, { tiers: [{ from: "1", price: "1" }] }),
      /do not begin at 0 and ascend/,
    ],
    [
      "tiers that do not ascend",
      aBook(
        {},
        {
          tiers: [
            { from: "0", price: "1" },
            { from: "0.0", price: "2" },
          ],
        },
      ),
      /do not begin at 0 and ascend/,
    ],
  ])("with %s is refused, with what to do", (_, text, sentence) => {
    const read = () => parsePriceBook(text);
    expect(read).toThrow(PriceBookError);
    expect(read).toThrow(sentence);
    expect(read).toThrow(/Write it again with dapanoskop prices update\.$/);
  });
});
