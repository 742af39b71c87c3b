import { describe, expect, it } from "vitest";
import { isDistinct, recurringCost } from "./recurring-cost.ts";

describe("what recurs on a date", () => {
  it.each([
    [[], true, 0],
    [[10], true, 10],
    [[10], false, 0],
    [[10, 12], false, 10],
    [[12, 10], false, 10],
    [[-12, -10], false, -10],
    [[10, 10], false, 10],
    [[10, 0], true, 0],
    [[10, -10], true, 0],
    [[10, 0, 12], false, 10],
    [[0, 0, 12], true, 0],
    [[9, 30, 10], false, 10],
  ])("of %j, on the first of a month %s, is %d", (charges, isFirst, expected) => {
    expect(recurringCost(charges, isFirst, 0)).toBe(expected);
  });

  it("stands out by more than four typical deviations, whatever its sign is", () => {
    expect([isDistinct(40, 10), isDistinct(40.1, 10), isDistinct(-40, 10), isDistinct(-40.1, 10)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect([recurringCost([40], true, 10), recurringCost([41], true, 10)]).toEqual([0, 41]);
  });
});
