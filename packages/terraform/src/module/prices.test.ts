import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { infra } from "../../../../infra/index.ts";
import { inputTable } from "../../../../infra/inputs.ts";
import { resultMetrics } from "../../../functions/src/collect/collect-telemetry.ts";
import { record } from "../platform.ts";
import type { Recording } from "../symbols/recorder.ts";
import { ASSUMED, FREE, PAGE_CEILING, PRICES, type PriceName } from "./price-list.ts";
import { priceSection } from "./price-section.ts";
import { priceLines, sum } from "./prices.ts";

const { recording } = record(infra);
const ALARMS = { alarm_email: "finops@example.com" };

const cents = (name: PriceName, inputs: Parameters<typeof priceLines>[1] = {}) =>
  priceLines(recording, inputs).find((line) => line.name === name)?.cents;

/** The recording and one resource more. */
const withOne = (type: string, name: string): Recording => {
  const [first] = recording.resources;
  if (first === undefined) throw new Error("Nothing is recorded.");
  return { ...recording, resources: [...recording.resources, { ...first, type, name, args: {} }] };
};

describe("a month's price of the module", () => {
  it("is known of everything that it makes", () => {
    const types = new Set(
      recording.resources.filter(({ mode }) => mode === "resource").map(({ type }) => type),
    );
    expect(Object.keys(FREE).filter((type) => !types.has(type))).toEqual([]);
    expect(priceLines(recording, ALARMS).map(({ name }) => name)).toEqual(Object.keys(PRICES));
  });

  it("would not be known of a further type, function or bucket, and says where to tell it", () => {
    expect(() => priceLines(withOne("aws_kms_alias", "more"))).toThrow(
      "Nobody has said what aws_kms_alias costs. Give it a line in packages/terraform/src/module/prices.ts",
    );
    expect(() => priceLines(withOne("aws_lambda_function", "report"))).toThrow(
      "how often the function report runs",
    );
    expect(() => priceLines(withOne("aws_s3_bucket", "archive"))).toThrow("what the bucket archive holds");
  });

  it("counts what is made: keys, alarms, topics, memory, days of logs", () => {
    expect([cents("key"), cents("key", ALARMS)]).toEqual([100, 300]);
    expect(cents("key", { signing_keys: ["b", "a"] })).toBe(200);
    expect([cents("alarm"), cents("alarm", ALARMS)]).toEqual([undefined, 100]);
    const time = (inputs: Parameters<typeof priceLines>[1]) =>
      priceLines(recording, inputs).find(({ name }) => name === "lambdaTime")?.quantity ?? 0;
    const more = time({ pipeline_memory_mb: 1280 }) - time({ pipeline_memory_mb: 256 });
    expect(more).toBeCloseTo(ASSUMED.days * 300, 6);
    expect(cents("kept", { log_retention_days: 3653 })).toBeGreaterThan(cents("kept") ?? 0);
  });

  it("is some 3 cents more for twice the memory, as the input says, were every run to take its whole time", () => {
    const usd = (pipeline_memory_mb: number) =>
      (priceLines(recording, { pipeline_memory_mb }).find(({ name }) => name === "lambdaTime")?.quantity ??
        0) * PRICES.lambdaTime.usd;
    expect((usd(512) - usd(256)).toFixed(3)).toBe("0.030");
    expect(inputTable.pipeline_memory_mb.description).toContain("some 3 cents a month more");
  });

  it("takes ten requests to Cost Explorer a day, as the decision says: ten cents", () => {
    const file = new URL("../../../../docs/decisions/0003-questions-a-run-asks.md", import.meta.url);
    const decision = readFileSync(file, "utf8").replace(/\s+/g, " ");
    expect(decision).toContain(
      "An ordinary day is seven pages ($0.07, some $2 a month, with the cost category's three requests $0.10 a day)",
    );
    expect(ASSUMED.costExplorerRequestsADay * PRICES.costExplorer.usd).toBeCloseTo(0.1, 9);
  });

  it("counts the metrics that a run writes, by the hour of the day in which it does", () => {
    const result = { months: [], requests: { pages: 0, other: 0, priceUsd: 0 } } as unknown as Parameters<
      typeof resultMetrics
    >[0];
    expect(resultMetrics(result, true, 0)).toHaveLength(ASSUMED.metrics);
  });

  it("knows where a run gives up", () => {
    const source = new URL("../../../aws/src/cost-explorer/cost-explorer-source.ts", import.meta.url);
    expect(readFileSync(source, "utf8")).toContain(`pageCeiling ?? ${PAGE_CEILING}`);
  });

  it("rounds every line up, and takes a free tier off once", () => {
    for (const { price, quantity, cents: whole, centsAlone } of priceLines(recording, ALARMS)) {
      const exact = (units: number) => (units / price.per) * price.usd * 100;
      expect(whole).toBeGreaterThanOrEqual(exact(quantity) - 1e-6);
      expect(whole).toBeLessThan(exact(quantity) + 1);
      expect(centsAlone).toBeLessThanOrEqual(whole);
      expect(price.page).toMatch(/^https:\/\/aws\.amazon\.com\/[a-z0-9-]+\/pricing\/$/);
    }
  });
});

describe("the section about it", () => {
  const section = priceSection(recording);
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
  const figures = (at: 3 | 4) =>
    rows.map((cells) => Math.round(Number((cells[at] ?? "").replace("−", "-")) * 100));

  it("adds up, line by line, in both columns", () => {
    for (const at of [3, 4] as const) {
      const [list, free, alone] = figures(at).slice(-3);
      expect(sum(figures(at).slice(0, -3))).toBe(list);
      expect((list ?? 0) + (free ?? 0)).toBe(alone);
    }
  });

  it("says what a month costs, without alarm_email and with it, at list prices and less free tiers", () => {
    expect(rows.slice(-3).map((cells) => [cells[0], cells[3], cells[4]])).toEqual([
      ["At list prices", "7.60", "10.61"],
      ["AWS's free tiers, where nothing else uses them up", "−3.44", "−4.45"],
      ["In an account with nothing else in it", "4.16", "6.16"],
    ]);
  });

  it("names AWS's pages that the prices are from", () => {
    const pages = new Set(Object.values(PRICES).map(({ page }) => page));
    const linked = [...section.matchAll(/\]\((https:[^)]+)\)/g)].map(([, page]) => page);
    expect(linked.sort()).toEqual([...pages].sort());
  });

  it("says of every limit that guards the bill what it lets through", () => {
    const limits = section.split("\n").filter((line) => line.startsWith("- "));
    expect(limits).toHaveLength(5);
    for (const limit of limits) expect(limit).toMatch(/\$\d/);
    expect(limits[2]).toContain("repeated 2 times: 3 runs a day are $15.00 at the very most");
  });
});
