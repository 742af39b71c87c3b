import { moneyNumber, rounded } from "@dapanoskop/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageOf } from "./message.ts";
import { aPublished, aTrend, aWorkload, type CenterSpec } from "./testing/index.ts";
import { spoken } from "./words.ts";

const headline = (centers: readonly CenterSpec[], period = "2026-02") =>
  said(messageOf(aPublished({ period, centers }), null).reason);
const said = (words: Parameters<typeof spoken>[0]) => spoken(words, (name) => name);

describe("why the total changed", () => {
  it("names the workloads that moved most, and adds up", () => {
    const sentence = headline([
      {
        name: "A",
        workloads: [
          aWorkload("web", 9_880, 10_000),
          aWorkload("ml-training", 9_900, 9_000),
          aWorkload("backups", 3_540, 3_130),
          aWorkload("dns", 63, 13),
        ],
      },
    ]);
    expect(sentence).toBe(
      "Up $1,240 (+5.6 %) against January 2026: ml-training +$900, backups +$410, web −$120, others +$50.",
    );
  });

  it("is about the workload, not about the centers that a split moves it between", () => {
    const sentence = headline([
      { name: "A", workloads: [aWorkload("web", 100, 0)] },
      { name: "B", workloads: [aWorkload("web", 0, 100)] },
    ]);
    expect(sentence).toBe("Unchanged against January 2026.");
  });

  it("says what cancels out when the total stands still", () => {
    const sentence = headline([{ name: "A", workloads: [aWorkload("web", 50, 0), aWorkload("api", 0, 50)] }]);
    expect(sentence).toBe("Unchanged against January 2026: api −$50.00, web +$50.00.");
  });

  it("says new, gone and unknown in words", () => {
    expect(headline([{ name: "A", workloads: [aWorkload("web", 50, 0)] }])).toBe(
      "New: $50.00, against nothing in January 2026: web +$50.00.",
    );
    expect(headline([{ name: "A", workloads: [aWorkload("web", 0, 100)] }])).toBe(
      "Down $100 (−100.0 %) against January 2026: web −$100.",
    );
    expect(headline([{ name: "A", workloads: [aWorkload("web", 50, null)] }])).toBe(
      "What January 2026 cost is unknown, so there is nothing to compare with.",
    );
  });

  it("names parts that add up to the amount it opens with", () => {
    const change = fc.tuple(fc.nat(5_000_000), fc.nat(5_000_000));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (costs) => {
        const sentence = headline([
          {
            name: "A",
            workloads: costs.map(([now, before], at) => aWorkload(`w${at}`, now / 1000, before / 1000)),
          },
        ]);
        const [opening = "", parts = ""] =
          sentence.split(": ").length === 3 ? ["", ""] : sentence.split(": ");
        const total = /^(Up|Down) \$([\d,.]+)/.exec(opening);
        if (total === null || parts === "") return;
        const amounts = [...parts.matchAll(/([+−])\$([\d,]+(?:\.\d\d)?)/g)].map(
          ([, sign, digits]) => Number(digits?.replaceAll(",", "")) * (sign === "+" ? 100 : -100),
        );
        const opened = Number(total[2]?.replaceAll(",", "")) * (total[1] === "Up" ? 100 : -100);
        expect(Math.round(amounts.reduce((a, b) => a + b, 0))).toBe(Math.round(opened));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a running month", () => {
  const message = messageOf(aPublished({ at: "2026-03-08T06:00:00Z" }), null);

  it("says how much of it is told, and compares the same days", () => {
    expect(message.periodText).toBe("March 2026, 7 of 31 days");
    expect(message.against).toBe("Feb 1–7");
    expect(message.change.difference).toEqual({ units: 0n, currency: "USD" });
  });

  it("is not held against whole months: only its forecast is", () => {
    expect(message.comparisons.map(({ kind, change }) => [kind, change === null])).toEqual([
      ["prior_partial", false],
      ["prev_month", true],
      ["yoy", true],
    ]);
    expect(message.forecast?.change.direction).toBe("up");
  });

  it("adds the forecast for the days that remain to what is spent so far", () => {
    const published = aPublished({ at: "2026-03-08T06:00:00Z" });
    const forecast = { total_usd: 700, remaining_usd: 400, start: "2026-03-08", end: "2026-04-01" };
    const { summary } = published;
    const told = messageOf(
      { ...published, summary: { ...summary, totals: { ...summary.totals, forecast } } },
      null,
    );
    expect(moneyNumber(told.forecast?.total ?? { units: 0n, currency: "USD" })).toBe(700);
  });

  it("keeps a forecast that AWS has not apart from a forecast of nothing", () => {
    const published = aPublished({ at: "2026-03-08T06:00:00Z" });
    const totals = { ...published.summary.totals, forecast: null };
    expect(messageOf({ ...published, summary: { ...published.summary, totals } }, null).forecast).toBeNull();
  });

  it("says so when a shorter month gives all of itself", () => {
    const late = messageOf(aPublished({ at: "2026-03-31T06:00:00Z" }), null);
    expect(late.against).toBe("Feb 1–28 (the whole month)");
  });
});

describe("a closed month", () => {
  const message = messageOf(aPublished({ period: "2026-02", at: "2026-03-08T06:00:00Z" }), null);

  it("compares whole months and has no forecast", () => {
    expect(message.periodText).toBe("February 2026");
    expect(message.comparisons.map(({ label }) => label)).toEqual(["January 2026", "February 2025"]);
    expect(message.forecast).toBeUndefined();
  });

  it("tells what AWS restated since the month closed", () => {
    const restated = [
      { run_id: "a", as_of: "2026-02-20T06:00:00Z", total_cost_usd: 200 },
      { run_id: "b", as_of: "2026-03-02T06:00:00Z", total_cost_usd: 410 },
    ];
    const snapshot = {
      "2026-02": {
        run_id: "c",
        as_of: "2026-03-08T06:00:00Z",
        estimated: false,
        is_mtd: false,
        config: "",
        total_cost_usd: 420,
        files: {},
        restated,
      },
    };
    const told = messageOf(aPublished({ period: "2026-02" }, { index: { snapshot } }), null);
    expect(told.notes.map(said)).toEqual([
      "Restated: it read $410.00 on 2026-03-02 06:00 UTC, +$10.00 (+2.4 %) since.",
    ]);
  });
});

describe("what is shown adds up", () => {
  it("from workloads to centers to the total", () => {
    const cents = fc
      .integer({ min: -1_000_000, max: 100_000_000 })
      .map((thousandths) => thousandths / 100_000);
    const centers = fc.array(fc.array(cents, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
    fc.assert(
      fc.property(centers, (all) => {
        const { centers: lines, total } = messageOf(
          aPublished({
            centers: all.map((costs, at) => ({
              name: `c${at}`,
              workloads: costs.map((cost, w) => aWorkload(`w${w}`, cost)),
            })),
          }),
          null,
        );
        expect(lines.reduce((sum, { shown }) => sum + shown, 0n)).toBe(rounded(total));
        for (const line of lines) {
          expect(line.workloads.reduce((sum, { shown }) => sum + shown, 0n)).toBe(line.shown);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("what a reader must know", () => {
  it("is told when the daily run is missing", () => {
    const published = aPublished({ period: "2026-02", at: "2026-03-08T06:00:00Z" });
    expect(messageOf(published, "2026-03-09T06:00:00Z").notes).toEqual([]);
    expect(messageOf(published, "2026-03-11T07:00:00Z").notes.map(said)).toEqual([
      "The last collection was 3 days ago. Run: dapanoskop collect",
    ]);
  });

  it("carries every month's total, and the average where there is one", () => {
    const trend = aTrend("2025-11", [10, 20, 30, 40]);
    const message = messageOf(aPublished({ period: "2026-02" }, { trend }), null);
    expect(
      message.months.map(({ threeMonthAverage }) => threeMonthAverage && moneyNumber(threeMonthAverage)),
    ).toEqual([null, null, 20, 30]);
    expect(message.threeMonthAverage && moneyNumber(message.threeMonthAverage)).toBe(30);
  });
});
