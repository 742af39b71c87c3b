import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMoney } from "../../money/index.ts";
import { displayWidth } from "../../text/index.ts";
import type { MonthFigures } from "../month-figures.ts";
import { monthReport } from "../month-report.ts";
import { aMonth, aWorkload, type MonthSpec, trendOf } from "../testing/index.ts";
import { type ReportDocument, renderJson, renderText } from "./index.ts";

const hostile = [
  "__proto__",
  "constructor",
  "<img src=x onerror=alert(1)>",
  "=HYPERLINK(1)",
  "\0\0\0",
  "\u202egnp.exe\u001b[2J\u001b]0;owned\u0007",
  "\"'&<>",
  "",
  "x".repeat(10_000),
];
const usd = (text: string) => parseMoney(text, "USD");
const reportOf = (spec: MonthSpec = {}, own: Partial<MonthFigures> = {}, now: string | null = null) =>
  monthReport(aMonth(spec, own), { currency: "USD", months: [] }, now);
const reportWith = (names: readonly string[]) =>
  monthReport(
    aMonth(
      { centers: names.map((name, at) => ({ name, workloads: [aWorkload(name, 100 + at, 50)] })) },
      {
        reconciliation: {
          sourceTotal: usd("1"),
          difference: usd("1e-10"),
          residuals: [{ view: "usage_types", month: "2026-03", difference: usd("3e-10") }],
        },
      },
    ),
    trendOf("2025-03", [400, 410, 390, null, 420, 450, 440, 430, 470, 480, 500, 510, 120], "2026-03"),
    "2026-03-08T07:00:00Z",
  );
const anyName = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(...hostile),
);

describe("the report in a terminal", () => {
  it("reads like this", () => {
    const report = reportOf({}, {}, "2026-03-08T07:00:00Z");
    expect(renderText(report).split("\n").slice(0, 14)).toEqual([
      "Dapanoskop · March 2026, 7 of 31 days",
      "",
      "$420.00 so far, $1,860.00 forecast for the month",
      "Unchanged against Feb 1–7: etl −$20.00, web +$20.00.",
      "! AWS still calls these figures estimates: it may revise March.",
      "",
      "TOTALS                                            cost     difference",
      "  Mar 1–7                                      $420.00",
      "  The same days of February, Feb 1–7           $420.00      unchanged",
      "  February 2026, the whole month             $1,780.00",
      "  March 2025, the whole month                  $970.00",
      "  Forecast for March 2026                    $1,860.00        +$80.00     +4.5 %",
      "",
      "COST CENTERS, against Feb 1–7                     cost         change",
    ]);
  });

  it("lists centers with what moved between them, at most so many workloads and movers, and where the figures are from", () => {
    const many = Array.from({ length: 12 }, (_, at) => aWorkload(`w${at}`, 100 + at * 10, 100));
    const text = renderText(
      reportOf({
        centers: [
          { name: "Engineering", allocated: 30, workloads: many },
          { name: "Data", allocated: -30, workloads: [aWorkload("etl", 10, 5)] },
        ],
      }),
    );
    const lines = text.split("\n");
    const section = (title: string) => {
      const from = lines.findIndex((line) => line.startsWith(title));
      return lines.slice(from + 1, lines.indexOf("", from)).map((line) => line.replaceAll(/ {2,}/g, "  "));
    };
    const centers = section("COST CENTERS");
    expect(centers.filter((line) => /Engineering|Data/.test(line))).toEqual([
      "  Engineering  $1,860.00  +$660.00  +55.0 %",
      "  Data  $10.00  +$5.00  +100.0 %",
    ]);
    expect(centers.filter((line) => line.includes("own"))).toEqual([
      "  own $1,830.00, shared costs moved in +$30.00",
      "  own $40.00, moved out to other centers −$30.00",
    ]);
    const titles = lines
      .filter((line) => /^[A-Z ]{6}/.test(line))
      .map((line) => line.split(/ {2,}|[,(]/)[0]?.trim());
    expect(titles).toEqual([
      "TOTALS",
      "COST CENTERS",
      "BIGGEST CHANGES",
      "STORAGE",
      "TAGGING",
      "CAN I TRUST IT?",
    ]);
    const movers = section("BIGGEST CHANGES");
    expect([movers[0], ...movers.slice(5)]).toEqual([
      "  w11  $210.00  +$110.00  +110.0 %",
      "  w6  $160.00  +$60.00  +60.0 %",
      "  and 6 more workloads",
    ]);
    expect(lines.filter((line) => line.startsWith("Collected "))).toEqual([
      "Collected Mar 8, 2026, 06:00 UTC, 7 pages and 1 other request for $0.08.",
    ]);
  });

  it("says that a shorter month gives all of itself", () => {
    const text = renderText(reportOf({ at: "2026-03-31T06:00:00Z" }));
    expect(text).toContain("against Feb 1–28 (the whole month)");
    expect(text).toContain("  All of February, Feb 1–28  ");
  });

  it.each([
    [0, 60],
    [60, 60],
    [61, 61],
    [110, 110],
    [200, 110],
  ])("fills a terminal of %i columns up to %i", (columns, filled) => {
    const lines = renderText(reportWith(["n".repeat(200)]), { columns, ansi: false }).split("\n");
    expect(
      Math.max(...lines.map(displayWidth)),
      "columns of the longest line: if too many, reduce FIGURE_WIDTHS or the least width of a name in text.ts",
    ).toBe(filled);
  });

  it("keeps every line within 80 columns, and obeys no name", () => {
    void fc.assert(
      fc.property(fc.array(anyName, { maxLength: 6 }), (names) => {
        const text = renderText(reportWith(names));
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 30 },
    );
  });

  it("never cuts a figure, however large", () => {
    const workloads = [aWorkload("w", 1.5e14, 3)];
    expect(renderText(reportOf({ centers: [{ name: "x".repeat(99), workloads }] }))).toContain(
      "$150,000,000,000,000.00",
    );
  });

  it("writes unknown where a figure is unknown, never 0", () => {
    const workloads = [aWorkload("w", 5, null)];
    expect(renderText(reportOf({ period: "2026-02", centers: [{ name: "A", workloads }] }))).toMatch(
      /January 2026 +unknown +unknown\n/,
    );
  });

  it("says n/a where no cost could carry a tag", () => {
    expect(renderText(reportOf({ centers: [] }))).toContain(
      "Tagged: n/a, because no cost could carry a tag.",
    );
  });

  it("says the share that is tagged, and what was left out of it", () => {
    const coverage = {
      tagged: usd("14000"),
      untagged: usd("1000"),
      untaggable: usd("-250"),
      percentage: 93.3,
    };
    const text = renderText(reportOf({}, { coverage }));
    expect(text.replaceAll("\n", " ")).toContain(
      "93.3 % of the cost that can carry a tag carries it: $14,000.00 tagged, $1,000.00 untagged. " +
        "−$250.00 of tax, fees or credits cannot carry a tag and is left out of that share.",
    );
  });

  it("uses escape sequences on a terminal only", () => {
    expect(renderText(reportWith(["A"]), { columns: 80, ansi: true })).toContain("\u001b[1m");
    expect(renderText(reportWith(["A"]))).not.toContain("\u001b");
  });
});

describe("the proof in a terminal", () => {
  const trusted = (own: Partial<MonthFigures>) => renderText(reportOf({}, own)).split("CAN I TRUST IT?\n")[1];

  it("names the source, and what the requests cost", () => {
    expect(trusted({})).toBe(
      "AWS's own total is $420.00; ours is the same, to the last digit.\n" +
        "Read from AWS Cost Explorer: UnblendedCost in USD, workloads by tag App, cost\n" +
        "centers by cost category CostCenter.\n" +
        "Collected Mar 8, 2026, 06:00 UTC, 7 pages and 1 other request for $0.08.\n",
    );
  });

  it("does not name requests where there were none", () => {
    expect(trusted({ requests: { pages: 0, other: 0, price: usd("0") } })).toContain(
      "Collected Mar 8, 2026, 06:00 UTC.\n",
    );
  });
});

describe("the report for a program", () => {
  const read = (names: readonly string[]) => JSON.parse(renderJson(reportWith(names))) as ReportDocument;

  it("gives every name back as the bill has it", () => {
    void fc.assert(
      fc.property(fc.uniqueArray(anyName, { maxLength: 6 }), (names) => {
        expect(read(names).cost_centers.map(({ name }) => name)).toEqual(names);
      }),
      { numRuns: 30 },
    );
  });

  it("prints nothing that a terminal would obey", () => {
    expect(renderJson(reportWith(["\u009b31m\u202e\u{e0041}"]))).not.toMatch(
      /[\u007f-\u009f\u202e\u{e0041}]/u,
    );
  });

  it("carries numbers unrounded, words beside them, and no change where none is fair", () => {
    const document = read(["A"]);
    expect(document).toMatchObject({
      schema: 1,
      period: "2026-03",
      is_mtd: true,
      total_cost: 100,
      change: { direction: "up", difference: 50, percentage: 100, text: "+$50.00 (+100.0 %)" },
      reconciliation: { difference: 1e-10 },
    });
    expect(document.comparisons[0]).toHaveProperty("change");
    expect(document.comparisons[1]).not.toHaveProperty("change");
  });
});
