import { parseMoney } from "@dapanoskop/core/money";
import type { ForecastQuery } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { answers, refuses } from "../testing/scripted-endpoint.ts";
import { aGoodPage, byApp, scripted } from "../testing/scripted-source.ts";

const usd = (text: string) => parseMoney(text, "USD");

const remaining: ForecastQuery = {
  window: { start: "2026-02-27", end: "2026-03-01" },
  metric: "UnblendedCost",
};

const day = (
  Start: string,
  MeanValue: unknown,
  End = Start === "2026-02-27" ? "2026-02-28" : "2026-03-01",
) => ({
  TimePeriod: { Start, End },
  MeanValue,
});
const aForecast = (days: readonly unknown[], total: unknown, unit: unknown = "USD") => ({
  Total: { Amount: total, Unit: unit },
  ForecastResultsByTime: days,
});

describe("the forecast of the days that remain", () => {
  it("queries single days and adds them exactly", async () => {
    const { source, requests } = await scripted([
      answers(aForecast([day("2026-02-27", "200.1"), day("2026-02-28", "199.9000000001")], "400.0000000001")),
    ]);
    expect(await source.forecast(remaining)).toEqual(usd("400.0000000001"));
    expect(requests.map(({ operation, body }) => [operation, body])).toEqual([
      [
        "GetCostForecast",
        {
          TimePeriod: { Start: "2026-02-27", End: "2026-03-01" },
          Metric: "UNBLENDED_COST",
          Granularity: "DAILY",
        },
      ],
    ]);
  });

  it("names each metric in capitals", async () => {
    const { source, requests } = await scripted([answers(aForecast([], "0"))]);
    const metrics = ["BlendedCost", "AmortizedCost", "NetUnblendedCost", "NetAmortizedCost"] as const;
    for (const metric of metrics) await source.forecast({ ...remaining, metric });
    expect(requests.map(({ body }) => body.Metric)).toEqual([
      "BLENDED_COST",
      "AMORTIZED_COST",
      "NET_UNBLENDED_COST",
      "NET_AMORTIZED_COST",
    ]);
  });

  it("is unknown, never 0, when an account is too young for one", async () => {
    const { source } = await scripted([
      refuses("DataUnavailableException", "Insufficient amount of historical data."),
      answers(aForecast([], "0")),
    ]);
    expect(await source.forecast(remaining)).toBeNull();
    expect(await source.forecast(remaining)).toBeNull();
  });

  it("fails like every other query without the permission", async () => {
    const { source } = await scripted([refuses("AccessDeniedException", "no")]);
    await expect(source.forecast(remaining)).rejects.toMatchObject({
      failure: "access-denied",
      window: remaining.window,
      message: expect.stringMatching(
        /^GetCostForecast \(DAILY UnblendedCost\) for 2026-02-27 to 2026-02-28: /,
      ),
    });
  });

  it("accepts a total that AWS has rounded by less than half a cent", async () => {
    const { source } = await scripted([
      answers(aForecast([day("2026-02-27", "1.004"), day("2026-02-28", "1.001")], "2.01")),
    ]);
    expect(await source.forecast(remaining)).toEqual(usd("2.005"));
  });

  const broken: readonly [string, unknown, RegExp][] = [
    [
      "days that do not add up to the total",
      aForecast([day("2026-02-27", "1")], "2"),
      /add up to 1, but its total is 2 USD/,
    ],
    [
      "a day that comes twice",
      aForecast([day("2026-02-27", "1"), day("2026-02-27", "1")], "2"),
      /comes twice/,
    ],
    [
      "a day after the window",
      aForecast([day("2026-03-01", "1", "2026-03-02")], "1"),
      /not a day of the query's window/,
    ],
    [
      "a month instead of days",
      aForecast([day("2026-02-27", "2", "2026-03-01")], "2"),
      /not a day of the query's window/,
    ],
    ["no mean", aForecast([day("2026-02-27", undefined)], "1"), /MeanValue/],
    [
      "a mean that is no number",
      aForecast([day("2026-02-27", "NaN")], "1"),
      /the day 2026-02-27 has a cost that is no number/,
    ],
    ["no total", { ForecastResultsByTime: [day("2026-02-27", "1")] }, /Total/],
    ["no days", { Total: { Amount: "1", Unit: "USD" } }, /ForecastResultsByTime/],
  ];
  for (const [name, answer, sentence] of broken) {
    it(`is an error with ${name}`, async () => {
      const { source } = await scripted([answers(answer)]);
      await expect(source.forecast(remaining)).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringMatching(sentence),
      });
    });
  }

  it("is in the currency of the bill, or an error", async () => {
    const { source } = await scripted([
      answers(aGoodPage),
      answers(aForecast([day("2026-02-27", "1")], "1", "EUR")),
      answers(aForecast([day("2026-02-27", "1")], "1", "N/A")),
    ]);
    await source.query(byApp);
    for (let count = 0; count < 2; count += 1) {
      await expect(source.forecast(remaining)).rejects.toMatchObject({ failure: "currency" });
    }
  });
});
