import { describe, expect, it } from "vitest";
import type { Anomaly } from "../../anomaly/index.ts";
import type { DailyFiguresSpec } from "../../daily/testing/index.ts";
import { parseMoney } from "../../money/index.ts";
import { dayReport } from "./day-report.ts";
import type { DayReport, DayReportDocument, DayReportInput } from "./index.ts";
import { renderDayReport } from "./index.ts";
import { aDayInput, aDayReport } from "./testing/index.ts";

const usd = (text: string) => parseMoney(text, "USD");
const subjectOf = (report: DayReport) => renderDayReport(report).subject;
const textOf = (report: DayReport) => renderDayReport(report).text.replaceAll(/\s+/g, " ");
const jsonOf = (report: DayReport) => renderDayReport(report).json as DayReportDocument;
const pairsOf = (report: DayReport, title: string) =>
  jsonOf(report).pairs.flatMap(({ section, label, amount }) => (section === title ? [[label, amount]] : []));
const sectionOf = (report: DayReport, title: string) =>
  report.sections.find((section) => section.title === title);

/** 1,000 a day, and another amount on the day of the report. */
const onTheDay = (amount: number, before = 1000) => ({
  total: (day: string) => (day === "2026-01-14" ? amount : before),
});

describe("the subject", () => {
  it.each<[string, DailyFiguresSpec, string]>([
    ["a rise", onTheDay(1234.6), "AWS costs 14 Jan: $1,234.60 (+23.5 % to the 7-day average)"],
    ["a fall", onTheDay(900), "AWS costs 14 Jan: $900.00 (−10.0 % to the 7-day average)"],
    ["the same", onTheDay(1000), "AWS costs 14 Jan: $1,000.00 (the same as the 7-day average)"],
    [
      "a credit larger than the costs",
      onTheDay(-20.6),
      "AWS costs 14 Jan: −$20.60 (−102.1 % to the 7-day average)",
    ],
    [
      "an average of nothing: no percentage",
      onTheDay(5, 0),
      "AWS costs 14 Jan: $5.00 (+$5.00 to the 7-day average)",
    ],
    [
      "a negative average: no percentage",
      onTheDay(5, -10),
      "AWS costs 14 Jan: $5.00 (+$15.00 to the 7-day average)",
    ],
    ["fewer than seven days before", { from: "2026-01-08", ...onTheDay(5) }, "AWS costs 14 Jan: $5.00"],
    [
      "euros",
      { currency: "EUR", ...onTheDay(1234.6) },
      "AWS costs 14 Jan: EUR 1,234.60 (+23.5 % to the 7-day average)",
    ],
  ])("says %s", (_, spec, subject) => {
    expect(subjectOf(aDayReport(spec))).toBe(subject);
  });

  it("names another provider as its bill does", () => {
    const { figures, ...own } = aDayInput(onTheDay(5));
    const source = { ...(figures.source ?? never()), kind: "FOCUS" as const, provider: "Micro\r\nsoft" };
    expect(subjectOf(dayReport({ ...own, figures: { ...figures, source } }))).toMatch(
      /^Micro\\u000d\\u000asoft costs 14 Jan: /,
    );
  });

  it("names one or two cost centers, and counts more", () => {
    const of = (costCenters: readonly string[]) =>
      subjectOf(aDayReport({ from: "2026-01-12" }, { audience: { name: "team", costCenters } }));
    expect(of(["Web"])).toBe("AWS costs of Web 14 Jan: $10.00");
    expect(of(["Web", "Data"])).toBe("AWS costs of Web and Data 14 Jan: $10.00");
    expect(of(["Web", "Data", "ML"])).toBe("AWS costs of 3 cost centers 14 Jan: $10.00");
  });
});

const never = (): never => {
  throw new Error("The builder names a source.");
};

describe("the day of a report", () => {
  it("is the day asked for where it is complete", () => {
    expect(aDayReport({}, { date: "2026-01-10" })).toMatchObject({ date: "2026-01-10", period: "2026-01" });
  });

  it("is the last complete day where the day asked for is not delivered, and the report says so", () => {
    const report = aDayReport({ completeThrough: "2026-01-12" });
    expect(report.date).toBe("2026-01-12");
    expect(textOf(report)).toContain(
      "This report is of Jan 12, the last complete day: Jan 13–14 are not delivered in full yet.",
    );
    expect(jsonOf(report)).toMatchObject({ date: "2026-01-12", complete_through: "2026-01-12" });
  });

  it("is none where no day is complete: the message says so, with no figure", () => {
    const report = aDayReport({ completeThrough: null });
    expect(subjectOf(report)).toBe("AWS costs 14 Jan: no complete day yet");
    expect(textOf(report)).toContain(
      "No day is delivered in full yet, so there is nothing to report of Jan 14.",
    );
    expect(jsonOf(report)).toMatchObject({
      date: null,
      period: "2026-01",
      total: null,
      pairs: [],
      forecast: null,
    });
  });

  it("is none before the published days", () => {
    const report = aDayReport({}, { date: "2025-01-14" });
    expect(subjectOf(report)).toBe("AWS costs 14 Jan: not in the published days");
    expect(textOf(report)).toContain("The published days start on Oct 17: they do not contain Jan 14.");
  });
});

describe("what a day and its month are compared with", () => {
  it("is the average of seven days, and the same days of the month before", () => {
    const report = aDayReport({ total: (day) => (day < "2026-01-01" ? 10 : 20) });
    expect(pairsOf(report, "The day")).toEqual([
      ["Total", 20],
      ["Average of the 7 days before, Jan 7–13", 20],
      ["Expected by weekday and date", 15],
    ]);
    expect(pairsOf(report, "The month so far")).toEqual([
      ["Total", 280],
      ["The same days of December, Dec 1–14", 140],
    ]);
    expect(sectionOf(report, "The month so far")?.pairs[0]?.change?.tenthsOfPercent).toBe(1000n);
  });

  it("is unknown, never 0, where one of its days is not published", () => {
    const report = aDayReport({ from: "2026-01-08" });
    expect(pairsOf(report, "The day")).toEqual([
      ["Total", 10],
      ["Average of the 7 days before, Jan 7–13", null],
    ]);
    expect(pairsOf(report, "The month so far")[0]).toEqual(["Total", null]);
    expect(jsonOf(report).change).toEqual({
      against: "average of the 7 days before",
      amount: null,
      percent: null,
    });
    expect(textOf(report)).toContain("Unknown: the published days do not contain all of these.");
    expect(textOf(report)).toContain("Unknown: the four weeks before are not published in full.");
  });
});

describe("a list", () => {
  const named = (costs: readonly number[]) =>
    costs.map((cost, at) => ({ name: `s${String(at).padStart(2, "0")}`, costs: cost }));

  it("has the ten largest amounts and Other, which make it add up as displayed", () => {
    const report = aDayReport({ services: named([...Array.from({ length: 12 }, () => 1 / 3), -50]) });
    const pairs = pairsOf(report, "Services of the day");
    expect(pairs).toHaveLength(11);
    expect(pairs.at(-2)).toEqual(["s12", -50]);
    expect(pairs.at(-1)?.[0]).toBe("Other (3)");
    const cents = pairs.reduce((all, [, amount]) => all + Math.round(100 * Number(amount)), 0);
    expect(cents).toBe(-4600);
  });

  it("orders equal costs by name, and leaves out what costs nothing", () => {
    const services = [
      { name: "b", costs: 1 },
      { name: "a", costs: 1 },
      { name: "none", costs: 0 },
      { name: "B", costs: 1 },
    ];
    expect(pairsOf(aDayReport({ services }), "Services of the day").map(([label]) => label)).toEqual([
      "B",
      "a",
      "b",
    ]);
  });

  it("of charges has usage, fees, support, tax, refunds and credits apart", () => {
    const chargeTypes = [
      { name: "Credit", costs: -3 },
      { name: "Tax", costs: 1.5 },
      { name: "Usage", costs: 10 },
      { name: "DiscountedUsage", costs: 2 },
      { name: "Refund", costs: -1 },
    ];
    expect(pairsOf(aDayReport({ chargeTypes }), "Charges of the day")).toEqual([
      ["Usage", 12],
      ["Tax", 1.5],
      ["Refunds", -1],
      ["Credits", -3],
    ]);
  });
});

describe("a change that charges other than usage make", () => {
  const withTax = {
    services: [{ name: "EC2", costs: (day: string) => 100 + (day === "2026-01-08" ? 700 : 0) }],
    chargeTypes: [
      { name: "Usage", kind: "usage" as const, costs: 100 },
      { name: "Tax", kind: "tax" as const, costs: (day: string) => (day === "2026-01-08" ? 700 : 0) },
    ],
  };

  it("is told apart from that of usage, in the subject and below the total", () => {
    const report = aDayReport(withTax);
    expect(textOf(report)).toContain("(\u221250.0 % to the 7-day average, usage unchanged)");
    expect(report.headline?.slice(-2)).toEqual(["; usage alone: ", "unchanged"]);
    expect(renderDayReport(report).html).toContain('<span style="white-space:nowrap">\u2212$100</span> (');
  });

  it("has a line of its own, also where nothing of it is charged now", () => {
    expect(pairsOf(aDayReport(withTax), "Charges of the day")).toEqual([
      ["Usage", 100],
      ["Tax", 0],
    ]);
  });

  it("is not named where usage makes most of it", () => {
    const usage = (day: string) => (day === "2026-01-14" ? 300 : 100);
    const report = aDayReport({
      services: [{ name: "EC2", costs: usage }],
      chargeTypes: [{ name: "Usage", kind: "usage", costs: usage }],
    });
    expect(textOf(report)).not.toContain("usage");
  });
});

describe("movers", () => {
  it("are compared with the last four days of the same weekday, and give the usage types behind them", () => {
    const isWeekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay());
    const usual = (day: string) => (isWeekend(day) ? 1 : 100);
    const report = aDayReport({
      services: [
        { name: "EC2", costs: (day) => (day === "2026-01-14" ? 150 : usual(day)) },
        { name: "S3", costs: (day) => usual(day) },
      ],
      usageTypes: [
        {
          service: "EC2",
          usageType: "BoxUsage",
          unit: "Hrs",
          costs: (day) => (day === "2026-01-14" ? 150 : usual(day)),
          quantities: 10,
        },
      ],
    });
    const [mover, ...others] = sectionOf(report, "Biggest movers")?.pairs ?? [];
    expect(others).toEqual([]);
    expect(mover).toMatchObject({ cents: 15000n, change: { tenthsOfPercent: 500n } });
    expect(textOf(report)).toContain("BoxUsage +$50.00 (same quantity)");
  });

  const moversOn = (date: string, tax: (day: string) => number) =>
    pairsOf(
      aDayReport(
        {
          services: [
            { name: "EC2", costs: 100 },
            { name: "Tax", costs: tax },
          ],
          through: date,
        },
        { date },
      ),
      "Biggest movers",
    );

  it("are not what was booked on the first, four weeks later", () => {
    expect(moversOn("2026-01-29", (day) => (day.endsWith("-01") ? 900 : 0))).toEqual([]);
  });

  it("are not what is booked on the same date of every month, as long as it costs the same", () => {
    const tax = (day: string) => (day.endsWith("-01") ? 900 : 0);
    expect(moversOn("2026-03-01", tax)).toEqual([]);
    expect(moversOn("2026-03-01", (day) => (day === "2026-03-01" ? 1200 : tax(day)))).toEqual([
      ["Tax", 1200],
    ]);
    expect(moversOn("2026-03-02", (day) => (day === "2026-03-02" ? 900 : tax(day)))).toEqual([["Tax", 900]]);
  });

  it("cost the same cents as in the list of the day", () => {
    const rising = (day: string) => (day === "2026-01-14" ? 10.005 : 1);
    const report = aDayReport({ services: ["a", "b", "c"].map((name) => ({ name, costs: rising })) });
    const listed = pairsOf(report, "Services of the day");
    expect(new Set(listed.map(([, amount]) => amount))).toEqual(new Set([10.01, 10]));
    expect(pairsOf(report, "Biggest movers")).toEqual(listed);
  });
});

describe("what the last report said", () => {
  const said = (total: string): Partial<DayReportInput> => ({
    said: { date: "2026-01-13", total: usd(total), at: "2026-01-14T08:00:00Z" },
  });

  it("stands beside what AWS has revised it to since", () => {
    const report = aDayReport({}, said("9"));
    expect(pairsOf(report, "Since the last report")).toEqual([
      ["Jan 13 as reported", 9],
      ["Jan 13 now", 10],
    ]);
    expect(textOf(report)).toContain(
      "Reported Jan 14, 2026, 08:00 UTC. AWS has revised it by +$1.00 (+11.1 %) since.",
    );
    expect(textOf(aDayReport({}, said("10")))).toContain("It has not changed since.");
  });
});

describe("estimates", () => {
  it("are called so until AWS no longer revises the month", () => {
    const words = "AWS still calls these figures estimates: it may revise January.";
    expect(textOf(aDayReport())).toContain(words);
    expect(textOf(aDayReport({ through: "2026-02-05" }, { date: "2026-01-31" }))).toContain(words);
    expect(textOf(aDayReport({ through: "2026-02-20" }, { date: "2026-01-31" }))).not.toContain("estimates");
  });
});

describe("the forecast", () => {
  it.each(["FOCUS", "CUR"] as const)(
    "is not called AWS's own where it was computed from a %s file",
    (kind) => {
      const { figures, ...own } = aDayInput({}, { sourceForecast: usd("305") });
      const source = { ...(figures.source ?? never()), kind };
      const report = dayReport({ ...own, figures: { ...figures, source } });
      expect(pairsOf(report, "Forecast")).toEqual([["Forecast of the month's report", 305]]);
    },
  );

  const forecast = {
    month: "2026-01",
    through: "2026-01-14",
    total: usd("310"),
    low: usd("300"),
    high: usd("320"),
    level: 0.8,
    coverage: { inside: 11, months: 13 },
  } as const;

  it("has its range, how often the end lay inside, and AWS's own beside it", () => {
    const report = aDayReport({}, { forecast, sourceForecast: usd("305") });
    expect(pairsOf(report, "Forecast")).toEqual([
      ["Forecast", 310],
      ["Low end of the 80 % range", 300],
      ["High end of the 80 % range", 320],
      ["AWS's own forecast", 305],
    ]);
    expect(textOf(report)).toContain(
      "the end of the month lay inside the 80 % range in 11 of 13 past months.",
    );
    expect(jsonOf(report).forecast).toEqual({
      total: 310,
      low: 300,
      high: 320,
      level: 0.8,
      coverage: { inside: 11, months: 13 },
    });
  });

  it("of another month than the day's is left out", () => {
    expect(jsonOf(aDayReport({}, { forecast, date: "2025-12-31" })).forecast).toBeNull();
  });
});

const anomaly = (scope: Anomaly["scope"]): Anomaly => ({
  id: "0123456789abcdef",
  scope,
  day: "2026-01-14",
  since: "2026-01-12",
  cost: usd("400"),
  expected: usd("150"),
  excess: usd("250"),
  cause: "price",
  rows: [{ name: "BoxUsage", cost: usd("400"), expected: usd("150"), excess: usd("250") }],
});

describe("unusual costs", () => {
  it("give the amount over the expectation, since when, price or quantity, and the rows behind", () => {
    const report = aDayReport(
      {},
      { anomalies: [anomaly({ kind: "service", name: "EC2" })], answers: { confirmed: 3, false: 1 } },
    );
    expect(pairsOf(report, "Unusual costs")).toEqual([["EC2", 250]]);
    expect(textOf(report)).toContain(
      "Service: $400.00 instead of the expected $150.00, since Jan 12. The price of a unit changed, not the quantity. " +
        "Behind it: BoxUsage +$250.00. Its id is 0123456789abcdef. Was it unusual? Answer with dapanoskop report answer " +
        "ID confirmed, or false for a false alarm. Of the alarms of the last 90 days, 3 were confirmed and 1 false.",
    );
  });

  it("say that there is none, and nothing of answers where nobody answered", () => {
    const text = textOf(aDayReport({}, { answers: { confirmed: 0, false: 0 } }));
    expect(text).toContain("No cost of this day is unusual.");
    expect(text).not.toContain("alarms of the last 90 days");
  });
});

describe("an audience of some cost centers", () => {
  const spec: DailyFiguresSpec = {
    costCenters: [
      { name: "Web", costs: 7 },
      { name: "Secret", costs: 1000 },
    ],
  };
  const report = aDayReport(spec, {
    audience: { name: "web", costCenters: ["Web", "Wbe"] },
    sourceForecast: usd("31000"),
    forecast: null,
    anomalies: [
      anomaly({ kind: "cost center", name: "Web" }),
      anomaly({ kind: "cost center", name: "Secret" }),
      anomaly({ kind: "service", name: "EC2" }),
    ],
  });

  it("sees their figures alone, and nothing of others or of the whole account", () => {
    const { html, text, slack, json } = renderDayReport(report);
    for (const form of [html, text, JSON.stringify(slack), JSON.stringify(json)]) {
      expect(form).not.toMatch(/Secret|EC2|1,0\d\d|Services of|Charges of|31,000/);
    }
    expect(report.total).toEqual(usd("7"));
    expect(pairsOf(report, "Cost centers of the month so far")).toEqual([["Web", 98]]);
    expect(report.anomalies).toHaveLength(1);
  });

  it("is told what is left out, and which center has no charge", () => {
    expect(textOf(report)).toContain(
      "Only cost centers Web and Wbe. What the account costs by service and by kind of charge",
    );
    expect(textOf(report)).toContain(
      "Wbe: no charge in the published days. Check how the report spells the cost center.",
    );
  });
});

describe("the link", () => {
  it("is the dashboard's own address, pinned to the month; without a dashboard there is none", () => {
    expect(aDayReport().link?.href).toBe("https://costs.example.org/?period=2026-01");
    for (const dashboardUrl of [null, "", "javascript:alert(1)", "costs.example.org"]) {
      const report = aDayReport({}, { dashboardUrl });
      expect(report.link).toBeNull();
      expect(renderDayReport(report).html).not.toContain("<a ");
    }
  });
});

describe("a mail of five hundred services", () => {
  it("stays below what Gmail cuts off", () => {
    const services = Array.from({ length: 500 }, (_, at) => ({
      name: `Amazon ${"<&'".repeat(20)} ${at}`,
      costs: at + 0.5,
    }));
    expect(renderDayReport(aDayReport({ services })).html.length).toBeLessThan(100_000);
  });
});
