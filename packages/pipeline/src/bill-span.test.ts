import { describe, expect, it } from "vitest";
import { billSpanText } from "./bill-span.ts";

const window = { start: "2025-11-01", end: "2026-03-06" };
const at = "2026-03-10T06:00:00Z";

describe("what a bill has", () => {
  it("is said with the backfill that collects the months that are left out", () => {
    expect(billSpanText({ window }, ["2026-03", "2026-02"], null, at)).toBe(
      "The bill has charges from 2025-11-01 to 2026-03-05; collected: 2026-02, 2026-03. " +
        "Left out: 2025-11 to 2026-01; --backfill 4 collects them.",
    );
  });

  it("is said without the months that it does not cover, and without those after the event", () => {
    const covers = (month: string) => month !== "2025-12";
    expect(billSpanText({ window, covers }, ["2026-02"], null, "2026-02-10T06:00:00Z")).toBe(
      "The bill has charges from 2025-11-01 to 2026-03-05; collected: 2026-02. " +
        "Left out: 2025-11, 2026-01; --backfill 3 collects them.",
    );
  });

  it("is said alone where every month is collected, and not of Cost Explorer", () => {
    const february = { start: "2026-02-01", end: "2026-03-01" };
    expect(billSpanText({ window: february }, ["2026-03", "2026-02"], null, at)).toBe(
      "The bill has charges from 2026-02-01 to 2026-02-28; collected: 2026-02.",
    );
    expect(billSpanText({}, ["2026-02"], null, at)).toBeNull();
  });
});
