import { describe, expect, it } from "vitest";
import { aDailyFigures } from "../../daily/testing/index.ts";
import { type DaysDocument, plainText, renderDaysJson, renderDaysText } from "./index.ts";

const figures = aDailyFigures({
  through: "2026-03-07",
  completeThrough: "2026-03-06",
  currency: "EUR",
  costCenters: [
    { name: "Web", costs: (day) => (day === "2026-03-06" ? 1234.5 : day === "2026-03-02" ? null : 1) },
    { name: "Refunds", costs: -0.25 },
  ],
});

describe("the last days in a terminal", () => {
  it("show each day against the same weekday of the week before", () => {
    const text = renderDaysText(figures);
    expect(text).toContain(
      "Dapanoskop · the days to Saturday, March 7, 2026\n\nComplete through Friday, March 6",
    );
    expect(text).toContain("Later days may still grow.");
    expect(text.match(/^ {2}2026-\d\d-\d\d \w{3} /gm)).toHaveLength(14);
    expect(text).toMatch(/2026-03-06 Fri +EUR 1,234\.25 +\+EUR 1,233\.50 +\+164,466\.7 %\n/);
    expect(text).toMatch(/2026-03-02 Mon +unknown +unknown\n/);
    expect(text).toMatch(/2026-03-05 Thu +EUR 0\.75 +unchanged\n/);
    expect(text).toContain("and 76 more days");
    expect(renderDaysText(figures, { ...plainText, ansi: true })).toContain("[1m  2026-03-06");
  });

  it("say that no day is complete, and that the first week has no week before", () => {
    const text = renderDaysText(
      aDailyFigures({ from: "2026-03-01", through: "2026-03-02", completeThrough: null }),
    );
    expect(text).toMatch(/every amount may\s+still\s+grow/);
    expect(text).toMatch(/2026-03-01 Sun +\$10\.00 +unknown\n/);
  });
});

describe("the last days for a program", () => {
  it("are all days with numbers that are not rounded", () => {
    const document: DaysDocument = JSON.parse(renderDaysJson(figures));
    expect(document).toMatchObject({ schema: 1, currency: "EUR", complete_through: "2026-03-06" });
    expect(document.days).toHaveLength(90);
    expect(document.days.at(-2)).toEqual({
      day: "2026-03-06",
      is_complete: true,
      total_cost: 1234.25,
      cost_centers: [
        { name: "Web", kind: "named", cost: 1234.5 },
        { name: "Refunds", kind: "named", cost: -0.25 },
      ],
      services: [{ name: "Amazon Elastic Compute Cloud - Compute", cost: 1234.25 }],
      charge_types: [{ name: "Usage", kind: "usage", cost: 1234.25 }],
    });
    expect(document.days.find(({ day }) => day === "2026-03-02")?.total_cost).toBeNull();
    expect(document.days.at(-1)?.is_complete).toBe(false);
  });

  it("print nothing that a terminal would obey, and keep every name", () => {
    const name = "\u009b31m\u202e\u{e0041}";
    const json = renderDaysJson(aDailyFigures({ costCenters: [{ name, costs: 1 }] }));
    expect(json).not.toMatch(/[\u007f-\u009f\u202e\u{e0041}]/u);
    expect((JSON.parse(json) as DaysDocument).days[0]?.cost_centers[0]?.name).toBe(name);
  });
});
