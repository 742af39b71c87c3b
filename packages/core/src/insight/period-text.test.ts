import { describe, expect, it } from "vitest";
import { ageText } from "./period-text.ts";

describe("an age", () => {
  it.each([
    ["2026-03-01T00:00:00Z", "2026-03-01T00:59:59Z", "0 hours"],
    ["2026-03-01T00:00:00Z", "2026-03-01T01:00:00Z", "1 hour"],
    ["2026-03-01T00:00:00Z", "2026-03-01T02:30:00Z", "2 hours"],
    ["2026-03-01T00:00:00Z", "2026-03-02T23:59:59Z", "47 hours"],
    ["2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z", "2 days"],
    ["2026-03-01T00:00:00Z", "2026-03-04T23:00:00Z", "3 days"],
    ["2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z", "0 hours"],
  ])("from %s to %s is %s", (from, to, text) => {
    expect(ageText(from, to)).toBe(text);
  });
});
