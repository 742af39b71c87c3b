import { describe, expect, it } from "vitest";
import { makeFormats } from "../words/formats.ts";
import { regionOf } from "../words/region.ts";
import { monthDescription } from "./month-description.ts";

const formats = makeFormats(regionOf(["en-US"]));
const month = {
  period: "2026-03",
  isRunning: false,
  parts: [20.004, -30.5, 1],
  average: null,
  forecast: null,
};

describe("the description of a month", () => {
  it("has its total and each series with its own amount", () => {
    expect(monthDescription(month, ["web", "credits", null], "USD", formats)).toBe(
      "March 2026: −$9.50. web $20.00, credits −$30.50, All others $1.00",
    );
  });

  it("says that a month is running, and has its average where there is one, also of 0", () => {
    const running = { ...month, parts: [5], isRunning: true, average: 0 };
    expect(monthDescription(running, ["web"], "USD", formats)).toBe(
      "March 2026, so far: $5.00. web $5.00. Three-month average $0.00",
    );
  });

  it("makes control characters of a name visible, and shortens it", () => {
    const text = monthDescription({ ...month, parts: [1] }, [`a\u202e${"x".repeat(100)}`], "USD", formats);
    expect(text).toContain("a\\u202e");
    expect(text.length).toBeLessThan(90);
  });
});
