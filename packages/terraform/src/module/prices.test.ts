import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { infra } from "../../../../infra/index.ts";
import { inputTable } from "../../../../infra/inputs.ts";
import { resultMetrics } from "../../../functions/src/collect/collect-telemetry.ts";
import { budgetMetrics } from "../../../functions/src/report/budget-telemetry.ts";
import { deliveryMetrics } from "../../../functions/src/report/report-telemetry.ts";
import { synthesize } from "../platform.ts";
import type { Synthesis } from "../synthesis/synthesizer.ts";
import { ASSUMED, FREE, PAGE_CEILING, PRICES, type PriceName } from "./price-list.ts";
import { priceSection } from "./price-section.ts";
import { priceLines, sum } from "./prices.ts";

const synthesis = synthesize(infra);
const ALARMS = { alarm_email: "finops@example.com" };
const REPORT = { report_recipients: ["finance@example.com"], report_sender: "costs@example.com" };
const API = { api_enabled: true };
const ALL = { ...ALARMS, ...REPORT, ...API };

const line = (name: PriceName, inputs: Parameters<typeof priceLines>[1] = {}) =>
  priceLines(synthesis, inputs).find((one) => one.name === name);
const cents = (...of: Parameters<typeof line>) => line(...of)?.cents;

/** The synthesis with one more resource. */
const withOne = (type: string, name: string): Synthesis => {
  const [first] = synthesis.resources;
  if (first === undefined) throw new Error("The synthesis has no resources.");
  return { ...synthesis, resources: [...synthesis.resources, { ...first, type, name, args: {} }] };
};

describe("a month's cost of the module", () => {
  it("includes every type of resource", () => {
    const types = new Set(
      synthesis.resources.filter(({ mode }) => mode === "resource").map(({ type }) => type),
    );
    expect(Object.keys(FREE).filter((type) => !types.has(type))).toEqual([]);
    expect(priceLines(synthesis, ALL).map(({ name }) => name)).toEqual(Object.keys(PRICES));
  });

  it("is an error for a new type, function or bucket, which names the file to change", () => {
    expect(() => priceLines(withOne("aws_kms_alias", "more"))).toThrow(
      "aws_kms_alias has no price. Add its quantities to packages/terraform/src/module/prices.ts",
    );
    expect(() => priceLines(withOne("aws_lambda_function", "more"))).toThrow(
      "The number of runs of the function more is unknown",
    );
    expect(() => priceLines(withOne("aws_s3_bucket", "archive"))).toThrow(
      "The size of the bucket archive is unknown",
    );
  });

  it("counts keys, alarms, topics, memory and the days of logs", () => {
    expect([cents("key"), cents("key", ALARMS)]).toEqual([100, 300]);
    expect(cents("key", { signing_keys: ["b", "a"] })).toBe(200);
    expect([cents("alarm"), cents("alarm", ALARMS)]).toEqual([undefined, 100]);
    expect(cents("kept", { log_retention_days: 3653 })).toBeGreaterThan(cents("kept") ?? 0);
  });

  const total = (inputs: Parameters<typeof priceLines>[1]) =>
    sum(priceLines(synthesis, inputs).map(({ cents: one }) => one));

  it("counts nothing of the API without it, and less than a dollar with it, most of it for Cost Explorer", () => {
    expect(total({ api_ci_client_ids: ["1example23456789"], api_rate_limit: 1000 })).toBe(total({}));
    expect(total(API) - total({})).toBeLessThan(100);
    expect((cents("costExplorer", API) ?? 0) - (cents("costExplorer") ?? 0)).toBeGreaterThan(50);
  });

  it("counts nothing of the report without one, and a few cents with one by mail", () => {
    expect(total({ report_sender: "costs@example.com" })).toBe(total({}));
    expect(total(REPORT) - total({})).toBeLessThan(60);
  });

  it("counts memory as if every run takes its whole timeout: some 3 cents more for twice as much, as its input says", () => {
    const seconds = (pipeline_memory_mb: number) => line("lambdaTime", { pipeline_memory_mb })?.quantity ?? 0;
    expect(seconds(1280) - seconds(256)).toBeCloseTo(ASSUMED.days * 300, 6);
    expect(((seconds(512) - seconds(256)) * PRICES.lambdaTime.usd).toFixed(3)).toBe("0.030");
    expect(inputTable.pipeline_memory_mb.description).toContain("some 3 cents a month more");
  });

  it("includes ten requests to Cost Explorer a day, as the decision says: ten cents", () => {
    const file = new URL("../../../../docs/decisions/0003-queries-of-a-collection.md", import.meta.url);
    const decision = readFileSync(file, "utf8").replace(/\s+/g, " ");
    expect(decision).toContain(
      "An ordinary day takes seven pages ($0.07, some $2 a month; $0.10 a day with the three requests about the cost category)",
    );
    expect(ASSUMED.costExplorerRequestsADay * PRICES.costExplorer.usd).toBeCloseTo(0.1, 9);
  });

  it("counts the metrics that a run writes, for one hour a day", () => {
    const result = { months: [], requests: { pages: 0, other: 0, priceUsd: 0 } } as unknown as Parameters<
      typeof resultMetrics
    >[0];
    expect(resultMetrics(result, true, 0)).toHaveLength(ASSUMED.metrics);
    const delivery = { reports: [], missing: [], failures: [], unknown: 0, failed: 0 };
    const evaluation = { unknown: 0, alerts: [], failures: [] };
    const metrics = [
      ...deliveryMetrics(delivery as unknown as Parameters<typeof deliveryMetrics>[0]),
      ...budgetMetrics(evaluation as unknown as Parameters<typeof budgetMetrics>[0]),
    ];
    // The handler adds the duration.
    expect(metrics).toHaveLength(ASSUMED.reportMetrics - 1);
  });

  it("uses the page limit of the Cost Explorer source", () => {
    const source = new URL("../../../aws/src/cost-explorer/connection.ts", import.meta.url);
    expect(readFileSync(source, "utf8")).toContain(`pageCeiling: ceiling = ${PAGE_CEILING}`);
  });

  it("rounds every line up, and subtracts a free tier once", () => {
    for (const { price, quantity, cents: whole, centsAlone } of priceLines(synthesis, ALL)) {
      const exact = (units: number) => (units / price.per) * price.usd * 100;
      expect(whole).toBeGreaterThanOrEqual(exact(quantity) - 1e-6);
      expect(whole).toBeLessThan(exact(quantity) + 1);
      expect(centsAlone).toBeLessThanOrEqual(whole);
      expect(price.page).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\/$/);
    }
  });
});

describe("the section about the cost", () => {
  const section = priceSection(synthesis);
  const rows = section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("**", "")),
    );
  const figures = (at: 3 | 4 | 5 | 6) =>
    rows.map((cells) => Math.round(Number((cells[at] ?? "").replace("−", "-")) * 100));

  it("has totals that are the sums of their lines, in every column", () => {
    for (const at of [3, 4, 5, 6] as const) {
      const [list, free, alone] = figures(at).slice(-3);
      expect(sum(figures(at).slice(0, -3))).toBe(list);
      expect((list ?? 0) + (free ?? 0)).toBe(alone);
    }
  });

  it("has the total without and with alarm_email, a report and the API, at list prices and without the free tiers", () => {
    expect(rows.slice(-3).map((cells) => [cells[0], ...cells.slice(3)])).toEqual([
      ["At list prices", "7.71", "10.72", "12.68", "13.72"],
      ["AWS's free tiers, if nothing else uses them", "−3.45", "−4.46", "−4.76", "−4.87"],
      ["In an account without other use", "4.26", "6.26", "7.92", "8.85"],
    ]);
  });

  it("links to AWS's pages with the prices", () => {
    const pages = new Set(Object.values(PRICES).map(({ page }) => page));
    const linked = [...section.matchAll(/\]\((https:[^)]+)\)/g)].map(([, page]) => page);
    expect(linked.sort()).toEqual([...pages].sort());
  });

  it("has the price of every limit", () => {
    const limits = section.split("\n").filter((line) => line.startsWith("- "));
    expect(limits).toHaveLength(5);
    for (const limit of limits) expect(limit).toMatch(/\$\d/);
    expect(limits[2]).toContain("retried 2 times: 3 runs a day cost at most $15.00");
  });
});
