import { parseMoney } from "@dapanoskop/core/money";
import { describe, expect, it, vi } from "vitest";
import {
  after,
  answers,
  breaksOff,
  drops,
  isSilent,
  refuses,
  type Step,
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

describe("the way to Cost Explorer", () => {
  it("is us-east-1, wherever the collector runs", async () => {
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

  it("holds one request at a time, however many questions are asked at once", async () => {
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

  it("goes on with the next question when one has failed", async () => {
    const { source } = await scripted([refuses("ValidationException", "no"), good]);
    const [first, second] = await Promise.allSettled([source.query(byApp), source.query(byApp)]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
  });

  it("carries at most five requests a second, retries included", async () => {
    const starts: number[] = [];
    let clock = 0;
    const noted =
      (step: Step): Step =>
      (response, request) => {
        starts.push(clock);
        step(response, request);
      };
    const options = {
      now: () => clock,
      sleep: async (milliseconds: number) => {
        clock += milliseconds;
      },
      random: () => 0,
    };
    const { source } = await scripted([noted(good), noted(drops), noted(throttled), noted(good)], options);
    for (let question = 0; question < 5; question += 1) await source.query(byApp);
    expect(starts).toEqual([0, 200, 400, 600, 800, 1_000, 1_200]);
  });

  it("does not wait when the last request is long ago", async () => {
    let clock = 0;
    const sleep = vi.fn(async () => {});
    const { source } = await scripted([good], { now: () => clock, sleep });
    await source.query(byApp);
    clock = 60_000;
    await source.query(byApp);
    expect(sleep).not.toHaveBeenCalled();
  });

  it("tells of every page", async () => {
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

describe("patience", () => {
  const impatient = { timeouts: { connection: 300, request: 300 } };
  const passing: readonly [string, Step][] = [
    ["a throttled request", throttled],
    ["Cost Explorer's own word for throttled", refuses("LimitExceededException", "You made too many calls")],
    ["a dropped connection", drops],
    ["an answer that broke off", breaksOff],
    ["silence", isSilent],
    ["an answer that trickles", trickles(10)],
    ["a fault of AWS", refuses("InternalFailure", "oops", 500)],
    ["a gateway's error page", says(503, "<html>busy", "text/html")],
    ["an unusual status", says(520, "<html>?", "text/html")],
  ];
  for (const [name, step] of passing) {
    it(`survives ${name}`, async () => {
      const { source, requests } = await scripted([step, step, good], impatient);
      expect((await source.query(byApp)).rows).toHaveLength(1);
      expect(requests).toHaveLength(3);
    });
  }

  it("ends after eight attempts, having waited up to a cap of 20 s between them", async () => {
    const { source, requests, sleeps } = await scripted([throttled], { random: () => 0.999 });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/throttled \("ThrottlingException"\) on each of 8 attempts/),
    });
    expect(requests).toHaveLength(8);
    expect(sleeps).toEqual([1, 2, 4, 8, 16, 20, 20].map((seconds) => seconds * 999));
  });

  it("has full jitter: a lucky draw waits only for its turn", async () => {
    const { source, sleeps } = await scripted([throttled, throttled, good], { random: () => 0 });
    await source.query(byApp);
    expect(sleeps).toEqual([0, 200, 0, 200]);
  });

  it("tries a broken line again sooner than it asks a busy Cost Explorer", async () => {
    const { source, sleeps } = await scripted([drops], { random: () => 0.999 });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/cannot be reached \("ECONNRESET"/),
    });
    expect(Math.max(...sleeps)).toBeLessThan(6_400);
  });

  it("ends with a sentence when nobody listens, or nobody answers", async () => {
    const { url, close } = await scriptedEndpoint(good);
    await close();
    const { source } = await scripted([isSilent], { timeouts: { connection: 50, request: 20 } });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/ETIMEDOUT/),
    });
    vi.stubEnv("AWS_ENDPOINT_URL", url);
    const nobody = costExplorerSource({
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      sleep: async () => {},
    });
    await expect(nobody.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/ECONNREFUSED.*AWS_ENDPOINT_URL/),
    });
  });

  it("is not wasted on what will not change", async () => {
    for (const name of ["ValidationException", "AccessDeniedException", "DataUnavailableException"]) {
      const { source, requests } = await scripted([refuses(name, "no")]);
      await expect(source.query(byApp)).rejects.toThrow();
      expect(requests).toHaveLength(1);
    }
  });
});

describe("what a run spends", () => {
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

  it("counts a page that was lost on its way, and one that could not be read: AWS has charged both", async () => {
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

  it("ends at the ceiling, other requests included, and says its price", async () => {
    let page = 0;
    const endless: Step = (response, request) => {
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

  it("may be 500 pages, $5.00, when nothing else is said", async () => {
    let page = 0;
    const endless: Step = (response, request) => {
      page += 1;
      answers(aPage([aResult("2026-02-01", [aGroup([`App$${page}`])])], `token ${page}`))(response, request);
    };
    const { source, requests } = await scripted([endless]);
    await expect(source.query(byApp)).rejects.toThrow(/500 requests \(\$5\.00\)/);
    expect(requests).toHaveLength(500);
  });
});

describe("the deadline", () => {
  it("lets no request begin in the last 25 seconds, which are kept for publishing", async () => {
    let left = 55_000;
    const { source, requests } = await scripted([good], { deadline: () => left });
    await source.query(byApp);
    left = 25_000;
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "deadline",
      window: byApp.window,
      message: expect.stringMatching(/kept for publishing.*fewer months/),
    });
    expect(requests).toHaveLength(1);
  });

  it("ends the reading between two pages", async () => {
    let left = 60_000;
    const late: Step = (response, request) => {
      left = 10_000;
      answers(aPage([], "two"))(response, request);
    };
    const { source, requests } = await scripted([late, good], { deadline: () => left });
    await expect(source.query(byApp)).rejects.toMatchObject({ failure: "deadline" });
    expect(requests).toHaveLength(1);
  });

  it("cuts off a request that would reach into them", async () => {
    for (const step of [isSilent, trickles(5)]) {
      const { source } = await scripted([step], { deadline: () => 1_080, stopBefore: 1_000 });
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "deadline",
        message: expect.not.stringContaining("last attempt"),
      });
    }
  });

  it("holds for the fetching of credentials, too", async () => {
    const { source } = await scripted([good], {
      credentials: () => new Promise(() => {}),
      deadline: () => 1_050,
      stopBefore: 1_000,
    });
    await expect(source.query(byApp)).rejects.toMatchObject({ failure: "deadline" });
  });

  it("does not wait for an attempt that would come too late, and says what kept it", async () => {
    const { source, requests, sleeps } = await scripted([throttled], {
      deadline: () => 26_500,
      random: () => 0.999,
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
