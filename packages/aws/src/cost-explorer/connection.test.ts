import { parseMoney } from "@dapanoskop/core/money";
import { testClock, testRandom } from "@dapanoskop/core/testing";
import { describe, expect, it, vi } from "vitest";
import {
  after,
  answers,
  breaksOff,
  drops,
  isSilent,
  refuses,
  type ScriptedStep,
  says,
  scriptedEndpoint,
  trickles,
} from "../testing/scripted-endpoint.ts";
import {
  aGoodPage,
  aGroup,
  aPage,
  aQuery,
  aResult,
  byApp,
  scripted,
  withoutAwsSettings,
} from "../testing/scripted-source.ts";
import { costExplorerSource } from "./cost-explorer-source.ts";

const good = answers(aGoodPage);
const throttled = refuses("ThrottlingException", "Rate exceeded");

describe("the connection to Cost Explorer", () => {
  it("uses us-east-1, wherever the collector runs", async () => {
    const { source, requests } = await scripted([good]);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    await source.query(byApp);
    expect(requests[0]?.headers.authorization).toMatch(
      /Credential=AKIAEXAMPLE\/\d{8}\/us-east-1\/ce\/aws4_request/,
    );
  });

  for (const variable of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_COST_EXPLORER"]) {
    it(`follows ${variable}, with the credentials of the environment`, async () => {
      const { url, requests, close } = await scriptedEndpoint(good);
      withoutAwsSettings();
      vi.stubEnv(variable, url);
      vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT");
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
      const { rows } = await costExplorerSource().query(byApp);
      await close();
      expect(rows).toHaveLength(1);
      expect(requests[0]?.headers.authorization).toContain("Credential=AKIAENVIRONMENT/");
      expect(requests[0]?.headers["x-amz-target"]).toBe("AWSInsightsIndexService.GetCostAndUsage");
    });
  }

  it("sends one request at a time, also for queries made at the same moment", async () => {
    const { source, mostAtOnce, requests } = await scripted([
      after(20, answers({ ...aGoodPage, CostCategoryNames: [] })),
    ]);
    await Promise.all([
      source.query(byApp),
      source.query(byApp),
      source.costCategories(byApp.window),
      source.query(byApp),
    ]);
    expect(requests).toHaveLength(4);
    expect(mostAtOnce()).toBe(1);
  });

  it("continues with the next query when one has failed", async () => {
    const { source } = await scripted([refuses("ValidationException", "no"), good]);
    const [first, second] = await Promise.allSettled([source.query(byApp), source.query(byApp)]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
  });

  it("sends at most five requests a second, retries included", async () => {
    const starts: number[] = [];
    const clock = testClock();
    const noted =
      (step: ScriptedStep): ScriptedStep =>
      (response, request) => {
        starts.push(clock.elapsed());
        step(response, request);
      };
    const options = { clock, elapsed: clock.elapsed, random: testRandom(0) };
    const { source } = await scripted([noted(good), noted(drops), noted(throttled), noted(good)], options);
    for (let count = 0; count < 5; count += 1) await source.query(byApp);
    expect(starts).toEqual([0, 200, 400, 600, 800, 1_000, 1_200]);
  });

  it("does not wait when the last request is long ago", async () => {
    let elapsed = 0;
    const { source, sleeps } = await scripted([good], { elapsed: () => elapsed });
    await source.query(byApp);
    elapsed = 60_000;
    await source.query(byApp);
    expect(sleeps).toEqual([]);
  });

  it("reports every page", async () => {
    const onPage = vi.fn();
    const { source } = await scripted([answers(aPage([], "two")), good, answers({ CostCategoryNames: [] })], {
      onPage,
    });
    await source.query(byApp);
    await source.costCategories(byApp.window);
    expect(
      onPage.mock.calls.map(([{ operation, page, requestCosts }]) => [
        operation,
        page,
        requestCosts.pages,
        requestCosts.other,
      ]),
    ).toEqual([
      ["GetCostAndUsage", 1, 1, 0],
      ["GetCostAndUsage", 2, 2, 0],
      ["GetCostCategories", 1, 2, 1],
    ]);
    expect(onPage.mock.calls[0]?.[0]).toMatchObject({
      window: byApp.window,
      subject: 'DAILY UnblendedCost by tag "App"',
    });
  });
});

describe("the retry policy of Cost Explorer", () => {
  const short = { timeouts: { connection: 300, request: 300 } };
  const transient: readonly [string, ScriptedStep][] = [
    ["a throttled request", throttled],
    ["Cost Explorer's own name for throttling", refuses("LimitExceededException", "You made too many calls")],
    ["a dropped connection", drops],
    ["an answer that was cut off", breaksOff],
    ["silence", isSilent],
    ["an answer that trickles", trickles(10)],
    ["a fault of AWS", refuses("InternalFailure", "oops", 500)],
    ["a gateway's error page", says(503, "<html>busy", "text/html")],
    ["an unusual status", says(520, "<html>?", "text/html")],
  ];
  for (const [name, step] of transient) {
    it(`retries after ${name}`, async () => {
      const { source, requests } = await scripted([step, step, good], short);
      expect((await source.query(byApp)).rows).toHaveLength(1);
      expect(requests).toHaveLength(3);
    });
  }

  it("makes eight attempts, with pauses of at most 20 s", async () => {
    const { source, requests, sleeps } = await scripted([throttled], { random: testRandom(0.999) });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/throttled \("ThrottlingException"\), 8 attempts were made/),
    });
    expect(requests).toHaveLength(8);
    expect(sleeps).toEqual([1, 2, 4, 8, 16, 20, 20].map((seconds) => seconds * 999));
  });

  it("has full jitter: with the smallest random number only the pace makes a request wait", async () => {
    const { source, sleeps } = await scripted([throttled, throttled, good], { random: testRandom(0) });
    await source.query(byApp);
    expect(sleeps).toEqual([0, 200, 0, 200]);
  });

  it("pauses less after a broken connection than after throttling", async () => {
    const { source, sleeps } = await scripted([drops], { random: testRandom(0.999) });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/cannot be reached \("ECONNRESET"/),
    });
    expect(Math.max(...sleeps)).toBeLessThan(6_400);
  });

  it("fails with an advice when the port is closed, and when no answer comes", async () => {
    const { url, close } = await scriptedEndpoint(good);
    await close();
    const { source } = await scripted([isSilent], { timeouts: { connection: 50, request: 20 } });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/ETIMEDOUT/),
    });
    vi.stubEnv("AWS_ENDPOINT_URL", url);
    const closed = costExplorerSource({
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      clock: testClock(),
    });
    await expect(closed.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/ECONNREFUSED.*AWS_ENDPOINT_URL/),
    });
  });

  it("makes one attempt where another would fail alike", async () => {
    for (const name of ["ValidationException", "AccessDeniedException", "DataUnavailableException"]) {
      const { source, requests } = await scripted([refuses(name, "no")]);
      await expect(source.query(byApp)).rejects.toThrow();
      expect(requests).toHaveLength(1);
    }
  });
});

describe("the cost of a run's requests", () => {
  const usd = (text: string) => parseMoney(text, "USD");

  it("is a cent for each answered page, forecasts among them, and for each other request", async () => {
    const { source } = await scripted([
      good,
      answers({ Total: { Amount: "1", Unit: "USD" }, ForecastResultsByTime: [] }),
      answers({ CostCategoryNames: ["CostCenter"] }),
      answers({
        CostCategoryReferences: [{ Name: "CostCenter", CostCategoryArn: "arn:aws:ce::1:costcategory/1" }],
      }),
      answers({ CostCategory: { Name: "CostCenter" } }),
    ]);
    expect(source.requestCosts).toEqual({ pages: 0, other: 0, priceUsd: usd("0") });
    await source.query(byApp);
    await source.forecast({ window: byApp.window, metric: "UnblendedCost" });
    await source.costCategories(byApp.window);
    await source.splitCharges("CostCenter");
    expect(source.requestCosts).toEqual({ pages: 2, other: 3, priceUsd: usd("0.05") });
  });

  it("counts a page whose answer was lost, and one that could not be parsed: AWS has charged both", async () => {
    const { source } = await scripted([breaksOff, good, answers({})]);
    await source.query(byApp);
    expect(source.requestCosts.pages).toBe(2);
    await expect(source.query(byApp)).rejects.toMatchObject({ failure: "protocol" });
    expect(source.requestCosts.pages).toBe(3);
  });

  it("does not count what was throttled or refused", async () => {
    const { source } = await scripted([throttled, refuses("ValidationException", "no")]);
    await expect(source.query(byApp)).rejects.toThrow();
    expect(source.requestCosts).toEqual({ pages: 0, other: 0, priceUsd: usd("0") });
  });

  it("fails at the ceiling, other requests included, and names its price", async () => {
    let page = 0;
    const endless: ScriptedStep = (response, request) => {
      page += 1;
      answers(aPage([aResult("2026-02-01", [aGroup([`App$${page}`])])], `token ${page}`))(response, request);
    };
    const { source, requests } = await scripted([answers({ CostCategoryNames: [] }), endless], {
      pageCeiling: 20,
    });
    await source.costCategories(byApp.window);
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "budget",
      window: byApp.window,
      message: expect.stringMatching(/20 requests \(\$0\.20\)/),
    });
    expect(requests).toHaveLength(20);
    await expect(source.costCategories(byApp.window)).rejects.toMatchObject({ failure: "budget" });
    expect(requests).toHaveLength(20);
  });

  it("may reach 500 pages, $5.00, by default", async () => {
    let page = 0;
    const endless: ScriptedStep = (response, request) => {
      page += 1;
      answers(aPage([aResult("2026-02-01", [aGroup([`App$${page}`])])], `token ${page}`))(response, request);
    };
    const { source, requests } = await scripted([endless]);
    await expect(source.query(byApp)).rejects.toThrow(/500 requests \(\$5\.00\)/);
    expect(requests).toHaveLength(500);
  });
});

describe("the deadline", () => {
  it("allows no request in the last 25 seconds, which are kept for publishing", async () => {
    let left = 55_000;
    const { source, requests } = await scripted([good], { deadline: { timeLeft: () => left } });
    await source.query(byApp);
    left = 25_000;
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "deadline",
      window: byApp.window,
      message: expect.stringMatching(/kept for publishing.*fewer months/),
    });
    expect(requests).toHaveLength(1);
  });

  it("applies between two pages", async () => {
    let left = 60_000;
    const late: ScriptedStep = (response, request) => {
      left = 10_000;
      answers(aPage([], "two"))(response, request);
    };
    const { source, requests } = await scripted([late, good], { deadline: { timeLeft: () => left } });
    await expect(source.query(byApp)).rejects.toMatchObject({ failure: "deadline" });
    expect(requests).toHaveLength(1);
  });

  it("cuts off a request that would reach into these seconds", async () => {
    for (const step of [isSilent, trickles(5)]) {
      const { source } = await scripted([step], { deadline: { timeLeft: () => 1_080 }, stopBefore: 1_000 });
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "deadline",
        message: expect.not.stringContaining("last attempt"),
      });
    }
  });

  it("applies to fetching credentials, too", async () => {
    const { source } = await scripted([good], {
      credentials: () => new Promise(() => {}),
      deadline: { timeLeft: () => 1_050 },
      stopBefore: 1_000,
    });
    await expect(source.query(byApp)).rejects.toMatchObject({ failure: "deadline" });
  });

  it("makes no attempt that would come too late, and names the failure of the last one", async () => {
    const { source, requests, sleeps } = await scripted([throttled], {
      deadline: { timeLeft: () => 26_500 },
      random: testRandom(0.999),
    });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "deadline",
      message: expect.stringMatching(/last attempt ended with "ThrottlingException"/),
    });
    expect(requests).toHaveLength(2);
    expect(sleeps).toEqual([999]);
  });

  it("is none by default", async () => {
    const { source } = await scripted([good]);
    expect((await source.query(aQuery({ groupBy: byApp.groupBy }))).rows).toHaveLength(1);
  });
});
