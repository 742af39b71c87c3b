import { describe, expect, it } from "vitest";
import { dayGrid, seriesOf } from "./day-grid.ts";
import { ordinaryCost } from "./ordinary-cost.ts";

describe("what a day costs without anything that recurs", () => {
  // 2 January 2026 and after: no first of a month is among them.
  const cost = (values: readonly (number | null)[], known = {}) =>
    ordinaryCost(
      seriesOf(values, values.length + 1),
      dayGrid("2026-01-02", values.length + 1),
      values.length,
      {
        from: 0,
        until: values.length,
        ...known,
      },
    );

  it("is that of its weekday, the median of four weeks", () => {
    expect(cost(Array.from({ length: 35 }, (_, at) => (at % 7 === 0 ? at : 1_000)))).toBe(17.5);
  });

  it("is the median of the last seven known days where no such weekday is known, and of no eighth one", () => {
    // The same weekday a week before is the fourth value.
    expect(cost([0, 100, 7, null, 6, 5, 4, 3, 2, 1])).toBe(4);
    expect(cost([100, 100, 100, null, 6, 5, 4, 3, 2, 1])).toBe(4);
  });
});
