import { describe, expect, it } from "vitest";
import { displayedMonth } from "./chart-amount.ts";

describe("the displayed amounts of a month of a trend", () => {
  it("add up to the displayed total, to the cent", () => {
    const third = 100 / 3;
    expect(displayedMonth({ parts: [third, third, third] }, "USD")).toEqual({
      total: 10_000n,
      parts: [3334n, 3333n, 3333n],
    });
  });

  it("add up with a cost center in credit, and in the order of the series", () => {
    const { total, parts } = displayedMonth({ parts: [20.003, -30.496, 0, 0.1 + 0.2] }, "USD");
    expect([total, ...parts]).toEqual([-1019n, 2000n, -3049n, 0n, 30n]);
  });

  it("are nothing in a month without series", () => {
    expect(displayedMonth({ parts: [] }, "USD")).toEqual({ total: 0n, parts: [] });
  });
});
