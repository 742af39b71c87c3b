import type { CostRow } from "@dapanoskop/core/source";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder, sharedTexts } from "./shared-texts.ts";

describe("the rows of an answer", () => {
  const text = fc.option(fc.constantFrom("", "a", "B", "__proto__", "\u{1F600}", "\uffff", "web\0"), {
    nil: null,
  });
  // UTF-16 units, not bytes: an emoji comes before U+FFFF.
  const expected = [null, "", "B", "__proto__", "a", "web\0", "\u{1F600}", "\uffff"];
  const rank = (key: string | null | undefined) => expected.indexOf(key ?? null);

  it("are sorted by their keys, null first, then by UTF-16 unit, and each row keeps its figures", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const columns = [sharedTexts(), sharedTexts()];
        const rows = pairs.map((pair, at): CostRow => {
          const keys = columns.map((column, index) => column.push(pair[index] ?? null));
          return { day: "2026-03-01", keys, cost: { units: BigInt(at), currency: "USD" }, quantity: null };
        });
        const sorted = inOrder(rows, columns);
        const byHand = rows.toSorted(
          (a, b) => rank(a.keys[0]) - rank(b.keys[0]) || rank(a.keys[1]) - rank(b.keys[1]),
        );
        expect(sorted).toEqual(byHand);
        expect(
          sorted.every(({ keys, cost }) => keys.every((key, at) => key === pairs[Number(cost.units)]?.[at])),
        ).toBe(true);
      }),
    );
  });
});
