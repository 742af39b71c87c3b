import { costExplorerSource } from "@dapanoskop/aws";
import { billSource, type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { type Emulator, startEmulator } from "@dapanoskop/emulator";
import { afterEach, describe, expect, it, vi } from "vitest";
import { CollectorFixture, shortOfTime } from "../testing/collector-fixture.ts";
import { aBill } from "../testing/test-bill.ts";
import { CollectError } from "./index.ts";

const at = "2026-03-08T06:00:00Z";
const schedule = {
  version: "0",
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: "123456789012",
  time: at,
  detail: {},
};
const bill = aBill("2024-12-01", "2026-03-20");
const source = (time = at): CostSource => billSource(bill, { at: time });

const outcomes = (result: { months: readonly { period: string; outcome: string }[] }) =>
  result.months.map(({ period, outcome }) => `${period} ${outcome}`);

describe("the collector", () => {
  let emulator: Emulator | null = null;
  afterEach(async () => {
    vi.unstubAllEnvs();
    await emulator?.close();
    emulator = null;
  });

  it("publishes what Cost Explorer answers, and counts the price of the requests", async () => {
    emulator = await startEmulator({ source: source(), at });
    vi.stubEnv("AWS_ENDPOINT_URL_COST_EXPLORER", emulator.url);
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    const runtime = new CollectorFixture();
    const result = await runtime.invoke(
      costExplorerSource({ credentials, requestsPerSecond: 1_000 }),
      schedule,
    );
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published"]);
    expect(result.generation).toBe(1);
    const { pages, other, priceUsd } = result.requests;
    expect(pages + other).toBe(emulator.requests.length);
    expect(runtime.metrics()).toMatchObject({
      FunctionName: "collector",
      CollectSuccess: 1,
      MonthsPublished: 2,
      MonthsQuarantined: 0,
      MonthsSkipped: 0,
      MonthsLeft: 0,
      RequestPages: pages,
      RequestPriceUSD: priceUsd,
    });
    expect(runtime.lines.at(-2)).toMatchObject({ level: "info", pages, price_usd: priceUsd, generation: 1 });
  });

  it("succeeds when an optional answer fails, and logs a warning for each", async () => {
    emulator = await startEmulator({
      source: source(),
      at,
      faults: ["deny@GetCostForecast", "deny@ListCostCategoryDefinitions"],
    });
    vi.stubEnv("AWS_ENDPOINT_URL_COST_EXPLORER", emulator.url);
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    const runtime = new CollectorFixture();
    const result = await runtime.invoke(
      costExplorerSource({ credentials, requestsPerSecond: 1_000 }),
      schedule,
    );
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 published"]);
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 1, MonthsPublished: 2 });
    const logged = runtime.lines.filter(({ level }) => level === "warn").map(({ message }) => message);
    expect(logged).toEqual(result.warnings);
    expect(logged).toEqual([
      expect.stringMatching(
        /^Costs are collected without split charges, .* Grant ce:ListCostCategoryDefinitions /,
      ),
      expect.stringMatching(/^2026-03 is collected without a forecast\. .* Grant ce:GetCostForecast /),
    ]);
    expect(logged.join(" ")).not.toMatch(/arn:aws|\d{12}/);
  });

  it("logs one JSON object a line, each with its run id", async () => {
    const runtime = new CollectorFixture();
    const { runId } = await runtime.invoke(source(), schedule);
    const lines = runtime.lines.filter((line) => !("_aws" in line));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      expect(line).toMatchObject({
        level: expect.stringMatching(/^(info|warn|error)$/),
        message: expect.any(String),
        request_id: "request-1",
        run_id: runId,
        at,
      });
    }
    expect(lines).toContainEqual(expect.objectContaining({ period: "2026-03", outcome: "published" }));
    expect(lines.at(-1)?.message).toMatch(/^Collected with \d+ requests to Cost Explorer for \$0\.\d\d\.$/);
  });

  it("logs the kind of error of an event that it does not accept", async () => {
    const runtime = new CollectorFixture();
    await expect(runtime.invoke(source(), { when: "now" })).rejects.toThrow(/a field "when"/);
    expect(runtime.lines).toContainEqual(expect.objectContaining({ level: "error", error: "EventError" }));
  });

  it("makes no request and changes nothing for a duplicate of an event, without a failure", async () => {
    const runtime = new CollectorFixture();
    await runtime.invoke(source(), schedule);
    const before = await runtime.store.get("index.json");
    const nothingLeft = shortOfTime(source(), 0);
    const again = await runtime.invoke(nothingLeft, schedule);
    expect(outcomes(again)).toEqual(["2026-03 unchanged", "2026-02 unchanged"]);
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 1, MonthsPublished: 0 });
    expect((await runtime.store.get("index.json"))?.etag).toBe(before?.etag);
  });

  it("collects the day of the event's time when it is delivered after midnight, and never replaces a later one", async () => {
    const runtime = new CollectorFixture();
    const late = { ...schedule, time: "2026-02-28T23:50:00Z" };
    const result = await runtime.invoke(source("2026-03-01T00:20:00Z"), late, {
      now: "2026-03-01T00:20:00Z",
    });
    expect(outcomes(result)).toEqual(["2026-02 published", "2026-01 published"]);
    await runtime.invoke(source(), schedule);
    const later = await runtime.invoke(source(), late, { now: at });
    expect(outcomes(later)).toEqual(["2026-02 unchanged"]);
  });

  it("publishes the month that the event names", async () => {
    const result = await new CollectorFixture().invoke(source(), { period: "2026-01" });
    expect(outcomes(result)).toEqual(["2026-01 published"]);
  });

  it("quarantines a month without failing: an error in the log, and a metric for the alarm", async () => {
    const runtime = new CollectorFixture();
    await runtime.invoke(source(), schedule);
    const fallen = billSource(aBill("2026-02-27", "2026-03-09"), { at: "2026-03-09T06:00:00Z" });
    const result = await runtime.invoke(
      fallen,
      { ...schedule, time: "2026-03-09T06:00:00Z" },
      { now: "2026-03-09T06:00:10Z" },
    );
    expect(outcomes(result)).toEqual(["2026-03 published", "2026-02 quarantined"]);
    expect(runtime.lines).toContainEqual(
      expect.objectContaining({ level: "error", period: "2026-02", outcome: "quarantined" }),
    );
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 1, MonthsQuarantined: 1, MonthsPublished: 1 });
  });
});

describe("a collector short of time", () => {
  it("publishes complete months of a backfill, lists the rest, and continues with them when it is invoked again", async () => {
    const runtime = new CollectorFixture();
    const published: string[] = [];
    let invocations = 0;
    for (const minute of ["00", "10", "20", "30", "40"]) {
      const now = `2026-03-08T07:${minute}:00Z`;
      const result = await runtime.invoke(
        shortOfTime(source(now), 24),
        { backfill: true, months: 12 },
        { now },
      );
      invocations += 1;
      expect(result.months).toHaveLength(13);
      published.push(
        ...result.months.filter(({ outcome }) => outcome === "published").map(({ period }) => period),
      );
      const left = result.months.filter(({ outOfTime }) => outOfTime);
      expect(runtime.metrics()).toMatchObject({ CollectSuccess: 1, MonthsLeft: left.length });
      for (const { period } of left) {
        expect(runtime.lines).toContainEqual(
          expect.objectContaining({ level: "warn", period, outcome: "skipped" }),
        );
      }
      if (left.length === 0) break;
    }
    expect(invocations).toBeGreaterThan(1);
    expect(published.slice(0, 2)).toEqual(["2026-03", "2026-02"]);
    expect(published).toHaveLength(13);
    expect(new Set(published).size).toBe(13);
  });

  it("fails when a backfill publishes no month, so that it is not invoked for ever", async () => {
    const runtime = new CollectorFixture();
    await expect(runtime.invoke(shortOfTime(source(), 1), { backfill: true })).rejects.toThrow(
      /^Time was too short for 2026-03, 2026-02, .* Nothing was published\. .* raise the function's timeout\.$/,
    );
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 0, MonthsPublished: 0, MonthsLeft: 14 });
    expect(runtime.lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        message: expect.stringMatching(/^Time was too short for 2026-03/),
      }),
    );
  });

  it("fails a schedule that left a month, and the retry reads that month only", async () => {
    const runtime = new CollectorFixture();
    const slept = { ...schedule, time: "2025-12-20T06:00:00Z" };
    await runtime.invoke(source("2025-12-20T06:00:00Z"), slept);
    await expect(runtime.invoke(shortOfTime(source(), 12), schedule)).rejects.toThrow(
      /^Time was too short for .*2025-12/,
    );
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 0 });
    const retried = await runtime.invoke(source(), schedule);
    expect(retried.months.map(({ outcome }) => outcome)).toContain("unchanged");
    expect(retried.months.find(({ period }) => period === "2025-12")?.outcome).toBe("published");
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 1, MonthsLeft: 0 });
  });

  it("fails when its time ended before the first request", async () => {
    const runtime = new CollectorFixture();
    const credentials = { accessKeyId: "any", secretAccessKey: "any" };
    const remaining = 10_000;
    const late = costExplorerSource({
      credentials,
      deadline: { timeLeft: () => remaining },
      stopBefore: 25_000,
    });
    await expect(runtime.invoke(late, schedule, { remaining })).rejects.toThrow(/no time is left/);
    expect(await runtime.store.list("")).toEqual([]);
  });
});

describe("a failed run", () => {
  const failing = (error: unknown): CostSource => ({
    ...billSource(bill, { at }),
    costCategories: () => Promise.reject(error),
    requestCosts: { pages: 3, other: 1, priceUsd: { units: 40_000_000_000n, currency: "USD" } },
  });
  const secrets = "ASIAVERYSECRET12345 FwoGZXIvYXdzEBYaDKsessiontokenthatislongenoughtobeone 111122223333";

  it("throws its sentence without its cause, and logs neither keys nor tokens nor accounts", async () => {
    const runtime = new CollectorFixture();
    const cause = new Error(secrets);
    const refused = new CostSourceError("access-denied", null, "Account 111122223333: grant it.", { cause });
    const error: unknown = await runtime
      .invoke(failing(refused), schedule)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CollectError);
    expect(error).toMatchObject({ message: "Account (account): grant it." });
    expect((error as Error).cause).toBeUndefined();
    expect(runtime.lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        message: "Account (account): grant it.",
        error: "CostSourceError",
        failure: "access-denied",
      }),
    );
    const everything = JSON.stringify([runtime.lines, error, String((error as Error).stack)]);
    expect(everything).not.toMatch(/VERYSECRET|sessiontoken|111122223333|123456789012/);
  });

  it("counts the price of its requests, and no months, because a zero would end an alarm", async () => {
    const runtime = new CollectorFixture();
    const refused = new CostSourceError("access-denied", null, "No.");
    await expect(runtime.invoke(failing(refused), schedule)).rejects.toThrow("No.");
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 0, RequestPages: 3, RequestPriceUSD: 0.04 });
    expect(runtime.metrics()).not.toHaveProperty("MonthsQuarantined");
  });

  it("logs where an unexpected error happened, without words that may be secret", async () => {
    const runtime = new CollectorFixture();
    await expect(runtime.invoke(failing(new TypeError(secrets)), schedule)).rejects.toThrow(
      "An unexpected error: TypeError: (access key) (a long word) (account)",
    );
    const line = runtime.lines.find(({ level }) => level === "error");
    expect(line).toMatchObject({
      error: "TypeError",
      place: expect.stringContaining("collect-handler.test.ts"),
    });
  });

  it.each([
    [{}, schedule, "DATA_BUCKET is not set"],
    [{ DATA_BUCKET: "bill", INCLUDE_EFS: "1" }, schedule, 'INCLUDE_EFS is "1"'],
    [{ DATA_BUCKET: "bill" }, { period: "2026-04" }, "2026-04 cannot be collected"],
    [{ DATA_BUCKET: "bill" }, { backfil: true }, 'a field "backfil"'],
  ])("of a wrong setting or event asks nothing and says so: %#", async (environment, event, sentence) => {
    const runtime = new CollectorFixture();
    runtime.environment = environment;
    await expect(runtime.invoke(failing(new Error("asked")), event)).rejects.toThrow(sentence);
    expect(runtime.lines).toContainEqual(expect.objectContaining({ level: "error" }));
    expect(runtime.metrics()).toMatchObject({ CollectSuccess: 0, RequestPages: 0 });
  });
});
