import { describe, expect, it } from "vitest";
import { moneyNumber } from "../money/index.ts";
import { trendOf } from "./testing/index.ts";
import { threeMonthAverages } from "./three-month-average.ts";

const averages = (...trend: Parameters<typeof trendOf>) =>
  [...threeMonthAverages(trendOf(...trend)).values()].map((average) => average && moneyNumber(average));

describe("the three-month average", () => {
  it("is of a month and the two before it", () => {
    expect(averages("2025-11", [10, 20, 30, 40])).toEqual([null, null, 20, 30]);
  });

  it("leaves a running month without one, and lets it change none", () => {
    expect(averages("2025-11", [10, 20, 30, 5], "2026-02")).toEqual([null, null, 20, null]);
  });

  it("breaks where a month is missing", () => {
    expect(averages("2025-08", [10, 20, null, 30, 40, 50])).toEqual([null, null, null, null, 40]);
  });

  it("breaks at a leftover running month between closed ones", () => {
    expect(averages("2025-08", [10, 20, 30, 40], "2025-10")).toEqual([null, null, null, null]);
  });
});
