import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyNumber, parseMoney, rounded } from "../money/index.ts";
import type { MonthFigures } from "./month-figures.ts";
import { type MonthReport, monthReport } from "./month-report.ts";
import { plainFigures } from "./render/index.ts";
import { type Sentence, sentenceText } from "./sentence.ts";
import { aMonth, aWorkload, type CenterSpec, type MonthSpec, trendOf } from "./testing/index.ts";

const noTrend = { currency: "USD", months: [] };
const reportOf = (
  spec: MonthSpec = {},
  own: Partial<MonthFigures> = {},
  now: string | null = null,
): MonthReport => monthReport(aMonth(spec, own), noTrend, now);
const textOf = (sentence: Sentence) => sentenceText(sentence, plainFigures, (name) => name);
const headline = (centers: readonly CenterSpec[], period = "2026-02") =>
  textOf(reportOf({ period, centers }).reason);
const usd = (text: string) => parseMoney(text, "USD");

describe("the storage of a month", () => {
  it.each([
    [false, false, "S3"],
    [true, false, "S3 and EFS"],
    [false, true, "S3 and EBS"],
    [true, true, "S3, EFS and EBS"],
  ])("names what it counts: EFS %s, EBS %s", (includeEfs, includeEbs, counted) => {
    const { storage } = aMonth();
    const own = { storage: { ...storage, config: { includeEfs, includeEbs } } };
    expect(reportOf({}, own).storage.counted).toBe(counted);
  });
});

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

  it("says what cancels out when the total is unchanged", () => {
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
    void fc.assert(
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
  const report = reportOf({ at: "2026-03-08T06:00:00Z" });

  it("is compared with the same days of the month before", () => {
    expect(textOf([report.against])).toBe("Feb 1–7");
    expect(report.change.difference).toEqual(usd("0"));
    expect(report.comparisons[0]).toMatchObject({
      period: "priorPeriodToDate",
      label: "The same days of February",
      window: { start: "2026-02-01", end: "2026-02-08" },
      cost: usd("420"),
    });
  });

  it("is not compared with whole months: only its forecast is", () => {
    expect(report.comparisons.map(({ period, change }) => [period, change === null])).toEqual([
      ["priorPeriodToDate", false],
      ["previousMonth", true],
      ["yearBefore", true],
    ]);
    expect(report.forecastChange).toMatchObject({ direction: "up", difference: usd("80") });
  });

  it("has no change of a forecast where AWS has no forecast", () => {
    expect(reportOf({}, { forecast: null }).forecastChange).toBeNull();
  });

  it("says so when the month before is shorter and compared as a whole", () => {
    const late = reportOf({ at: "2026-03-31T06:00:00Z" });
    expect(textOf([late.against])).toBe("Feb 1–28 (the whole month)");
    expect(late.comparisons[0]?.label).toBe("All of February");
  });

  it("compares its storage with the same days, and the rates with the month before", () => {
    const { storage } = report;
    expect(storage.previousCost).toEqual(usd("5.5"));
    expect(storage.change.difference).toEqual(usd("18.05"));
    expect(storage.previousCostPerTb).toEqual(usd("23.55"));
  });
});

describe("a closed month", () => {
  const report = reportOf({ period: "2026-02" });

  it("is compared with whole months and has no forecast", () => {
    expect(textOf([report.against])).toBe("January 2026");
    expect(report.comparisons).toMatchObject([
      { period: "previousMonth", label: "January 2026", cost: usd("1780"), change: { direction: "down" } },
      { period: "yearBefore", label: "February 2025", cost: usd("970"), change: { direction: "down" } },
    ]);
    expect(report.forecastChange).toBeNull();
  });

  it("compares its storage with the month before", () => {
    expect(report.storage.change.direction).toBe("unchanged");
    expect(report.storage.previousCost).toEqual(usd("23.55"));
  });
});

describe("the changes of a report", () => {
  const workloads = [
    aWorkload("up", 15, 10),
    aWorkload("down", 10, 14),
    aWorkload("new", 3, 0),
    aWorkload("gone", 0, 2),
    aWorkload("unchanged", 7, 7),
    aWorkload("credit", -1, 0),
    aWorkload("unknown", 7, null),
  ];
  const report = reportOf({ period: "2026-02", centers: [{ name: "A", workloads }] });

  it("give each workload its direction", () => {
    const [center] = report.centers;
    expect(center?.workloads.map(({ name, change }) => [name, change.direction])).toEqual([
      ["up", "up"],
      ["down", "down"],
      ["new", "new"],
      ["gone", "down"],
      ["unchanged", "unchanged"],
      ["credit", "new"],
      ["unknown", "unknown"],
    ]);
  });

  it("list what moved, largest change first, without the unchanged and the unknown", () => {
    expect(report.movers.map(({ name }) => name)).toEqual(["up", "down", "new", "gone", "credit"]);
  });

  it("are not the other way round: what cost less before is up", () => {
    const [mover] = reportOf({
      period: "2026-02",
      centers: [{ name: "A", workloads: [aWorkload("w", 30, 10)] }],
    }).movers;
    expect(mover).toMatchObject({ change: { direction: "up", difference: usd("20") }, previous: usd("10") });
  });

  it("take a workload of two cost centers as one, and break ties by name", () => {
    const { movers } = reportOf({
      period: "2026-02",
      centers: [
        { name: "A", workloads: [aWorkload("w", 5, 1), aWorkload("b", 2, 1)] },
        { name: "B", workloads: [aWorkload("w", 5, 2), aWorkload("a", 2, 1)] },
      ],
    });
    expect(movers.map(({ name, change }) => [name, change.difference])).toEqual([
      ["w", usd("7")],
      ["a", usd("1")],
      ["b", usd("1")],
    ]);
    expect(movers[0]).toMatchObject({ cost: { current: usd("10"), yearBefore: usd("3") }, displayed: 1000n });
  });
});

describe("a cost center in credit", () => {
  const credit = { name: "Credits", workloads: [aWorkload("refund", -60, -20), aWorkload("usage", 10, 10)] };

  it("is down when the credit grows, by its amount and without a percentage", () => {
    const { centers, reason } = reportOf({ period: "2026-02", centers: [credit] });
    expect(centers[0]?.change).toMatchObject({
      direction: "down",
      difference: usd("-40"),
      tenthsOfPercent: null,
    });
    expect(textOf(reason)).toBe("Down $40.00 against January 2026: refund −$40.00.");
  });

  it("opens with the credit when there was nothing before", () => {
    expect(headline([{ name: "A", workloads: [aWorkload("refund", -60, 0)] }])).toBe(
      "A credit: $60.00, against nothing in January 2026: refund −$60.00.",
    );
  });

  it("adds up with the others to a smaller total", () => {
    const { centers, figures } = reportOf({
      period: "2026-02",
      centers: [{ name: "A", workloads: [aWorkload("w", 100.005, 1)] }, credit],
    });
    expect(centers.map(({ displayed }) => displayed)).toEqual([10_000n, -5_000n]);
    expect(rounded(figures.total.current)).toBe(5_000n);
  });
});

describe("displayed amounts add up", () => {
  it("from workloads to centers to the total, direct and allocated to the center", () => {
    const cents = fc
      .integer({ min: -1_000_000, max: 100_000_000 })
      .map((thousandths) => thousandths / 100_000);
    const centers = fc.array(fc.array(cents, { minLength: 1, maxLength: 6 }), { maxLength: 6 });
    void fc.assert(
      fc.property(centers, cents, (all, allocated) => {
        const { centers: lines, figures } = reportOf({
          centers: all.map((costs, at) => ({
            name: `c${at}`,
            allocated,
            workloads: costs.map((cost, w) => aWorkload(`w${w}`, cost)),
          })),
        });
        expect(lines.reduce((sum, { displayed }) => sum + displayed, 0n)).toBe(
          rounded(figures.total.current),
        );
        for (const line of lines) {
          expect(line.workloads.reduce((sum, { displayed }) => sum + displayed, 0n)).toBe(line.displayed);
          expect(line.displayedDirect + line.displayedAllocated).toBe(line.displayed);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("from storage tiers to the storage cost", () => {
    const { storage } = aMonth();
    const third = usd("33.333333333333");
    const tiers = ["a", "b", "c"].map((tier) => ({ service: "s", tier, volumeBytes: 1n, cost: third }));
    const report = reportOf(
      {},
      { storage: { ...storage, current: { ...storage.current, cost: usd("100") }, tiers } },
    );
    expect(report.storage.displayedTiers).toEqual([3334n, 3333n, 3333n]);
  });
});

describe("the notes of a report", () => {
  const kinds = (report: MonthReport) => report.notes.map(({ kind }) => kind);
  const texts = (report: MonthReport) => report.notes.map(({ sentence }) => textOf(sentence));
  const closed = { period: "2026-02" };

  it("are none where a reader needs none", () => {
    expect(kinds(reportOf(closed, {}, "2026-03-09T06:00:00Z"))).toEqual([]);
  });

  it("say when the daily collection is missing: from a day and a half on", () => {
    expect(texts(reportOf(closed, {}, "2026-03-09T17:59:59Z"))).toEqual([]);
    expect(kinds(reportOf(closed, {}, "2026-03-09T18:00:00Z"))).toEqual(["old"]);
    expect(texts(reportOf(closed, {}, "2026-03-11T07:00:00Z"))).toEqual([
      "The last collection was 3 days ago. It should run every day: check its schedule, or run dapanoskop collect.",
    ]);
  });

  it("go by the last publication of any month, not by the month's own collection", () => {
    const own = { collectedAt: "2026-03-01T06:00:00Z", publishedAt: "2026-03-08T06:00:00Z" };
    expect(kinds(reportOf(closed, own, "2026-03-08T07:00:00Z"))).toEqual([]);
  });

  it("say that AWS still estimates", () => {
    expect(texts(reportOf(closed, { isEstimated: true }))).toEqual([
      "AWS still calls these figures estimates: it may revise February.",
    ]);
  });

  it("say what AWS revised since the month closed", () => {
    const earlierTotals = [
      { collectedAt: "2026-02-20T06:00:00Z", total: usd("200") },
      { collectedAt: "2026-03-02T06:00:00Z", total: usd("410") },
    ];
    expect(texts(reportOf(closed, { earlierTotals }))).toEqual([
      "Revised: the total was $410.00 on Mar 2, 2026, 06:00 UTC, and has changed by +$10.00 (+2.4 %) since.",
    ]);
    const fallen = [{ collectedAt: "2026-03-02T06:00:00Z", total: usd("460") }];
    expect(texts(reportOf(closed, { earlierTotals: fallen }))[0]).toContain("−$40.00 (−8.7 %)");
  });

  it("do not call the growth of a running month a revision, nor an unchanged total", () => {
    const growing = [{ collectedAt: "2026-03-05T06:00:00Z", total: usd("300") }];
    expect(kinds(reportOf({}, { isEstimated: false, earlierTotals: growing }))).toEqual([]);
    const ofRunning = [{ collectedAt: "2026-02-20T06:00:00Z", total: usd("200") }];
    expect(kinds(reportOf(closed, { earlierTotals: ofRunning }))).toEqual([]);
    const same = [{ collectedAt: "2026-03-02T06:00:00Z", total: usd("420") }];
    expect(kinds(reportOf(closed, { earlierTotals: same }))).toEqual([]);
  });

  it("say that storage is unknown, whichever of cost and volume is", () => {
    const { storage } = aMonth();
    for (const unknown of [{ cost: null }, { volumeBytes: null }]) {
      const own = { storage: { ...storage, current: { ...storage.current, ...unknown } } };
      expect(texts(reportOf(closed, own))).toEqual([
        "Storage figures are unknown: the bill contains a volume whose unit cannot be converted to bytes.",
      ]);
    }
  });

  it("say that nothing is compared where the same days of the month before are unknown", () => {
    const { total } = aMonth();
    const own = { isEstimated: false, total: { ...total, priorPeriodToDate: null } };
    expect(texts(reportOf({}, own))).toEqual([
      "The cost of the same days of the month before could not be read, so nothing is compared.",
    ]);
    expect(kinds(reportOf(closed, { total: { ...total, priorPeriodToDate: null } }))).toEqual([]);
  });
});

describe("the months of a report", () => {
  it("carry their totals, and the average where there is one", () => {
    const report = monthReport(aMonth({ period: "2026-02" }), trendOf("2025-11", [10, 20, 30, 40]), null);
    expect(report.months.map(({ threeMonthAverage: average }) => average && moneyNumber(average))).toEqual([
      null,
      null,
      20,
      30,
    ]);
    expect(report.threeMonthAverage).toEqual(usd("30"));
  });
});
