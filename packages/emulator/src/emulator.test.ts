import {
  CostExplorerClient,
  DescribeCostCategoryDefinitionCommand,
  DescribeCostCategoryDefinitionResponse$,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostAndUsageResponse$,
  GetCostCategoriesCommand,
  GetCostCategoriesResponse$,
  GetCostForecastCommand,
  GetCostForecastResponse$,
  GetDimensionValuesCommand,
  type GetDimensionValuesCommandInput,
  GetDimensionValuesResponse$,
  GetTagsCommand,
  GetTagsResponse$,
  type Group,
  ListCostCategoryDefinitionsCommand,
  ListCostCategoryDefinitionsResponse$,
  type ResultByTime,
} from "@aws-sdk/client-cost-explorer";
import { addDays } from "@dapanoskop/core/calendar";
import { moneyText, parseMoney, sum } from "@dapanoskop/core/money";
import { billSource, type CostSource, type Grouping, matchesFilter } from "@dapanoskop/core/source";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "./emulator.ts";
import { rawCall } from "./testing/raw-call.ts";
import { schemaProblems } from "./testing/sdk-schema.ts";
import { AT, aCharge, aSource, smallCompany, usd } from "./testing/small-company.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

async function start(options: Partial<EmulatorOptions> = {}) {
  const emulator = await startEmulator({ source: smallCompany(), at: AT, exactAmounts: true, ...options });
  running.push(emulator);
  return { emulator, client: clientOf(emulator) };
}

const clientOf = ({ url }: Emulator) =>
  new CostExplorerClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "key" },
    maxAttempts: 1,
  });

const FEBRUARY = { Start: "2026-02-01", End: "2026-03-01" };
const BY_APP = { Type: "TAG", Key: "App" } as const;
const BY_CENTER = { Type: "COST_CATEGORY", Key: "CostCenter" } as const;

const query = (more: Partial<GetCostAndUsageCommandInput> = {}): GetCostAndUsageCommandInput => ({
  TimePeriod: FEBRUARY,
  Granularity: "MONTHLY",
  Metrics: ["UnblendedCost"],
  ...more,
});

async function send(client: CostExplorerClient, more: Partial<GetCostAndUsageCommandInput> = {}) {
  return client.send(new GetCostAndUsageCommand(query(more)));
}

const groupsOf = (result: ResultByTime | undefined) =>
  result?.Groups?.map(({ Keys, Metrics }) => [...(Keys ?? []), Metrics?.UnblendedCost?.Amount]);

/** Reads every page of a query and joins the groups by period. */
async function allPages(client: CostExplorerClient, more: Partial<GetCostAndUsageCommandInput>) {
  const groups: (readonly [string | undefined, Group])[] = [];
  const periods: (string | undefined)[] = [];
  let token: string | undefined;
  let pages = 0;
  do {
    const page = await send(client, { ...more, ...(token === undefined ? {} : { NextPageToken: token }) });
    for (const { TimePeriod, Groups } of page.ResultsByTime ?? []) {
      if (periods.at(-1) !== TimePeriod?.Start) periods.push(TimePeriod?.Start);
      for (const group of Groups ?? []) groups.push([TimePeriod?.Start, group]);
    }
    token = page.NextPageToken;
    pages += 1;
  } while (token !== undefined && pages < 500);
  return { groups, periods, pages };
}

describe("GetCostAndUsage", () => {
  it("returns a month by tag and cost category, with keys in AWS's spelling", async () => {
    const { client } = await start();
    const answer = await send(client, { GroupBy: [BY_APP, BY_CENTER] });
    expect(answer.GroupDefinitions).toEqual([BY_APP, BY_CENTER]);
    expect(answer.ResultsByTime).toHaveLength(1);
    const [february] = answer.ResultsByTime ?? [];
    expect(february).toMatchObject({ TimePeriod: FEBRUARY, Total: {}, Estimated: false });
    expect(groupsOf(february)).toEqual([
      ["App$", "CostCenter$", "28.6"],
      ["App$batch", "CostCenter$B", "70"],
      ["App$web", "CostCenter$A", "35"],
      ["App$web", "CostCenter$B", "0.0000000028"],
    ]);
  });

  it("returns a total and no groups for an ungrouped query", async () => {
    const { client } = await start();
    const [february] =
      (await send(client, { Metrics: ["UnblendedCost", "UsageQuantity"] })).ResultsByTime ?? [];
    expect(february?.Groups).toEqual([]);
    expect(february?.Total).toEqual({
      UnblendedCost: { Amount: "133.6000000028", Unit: "USD" },
      UsageQuantity: { Amount: "2044", Unit: "N/A" },
    });
  });

  it("returns every day of a window, including days without charges, and limits months to the window", async () => {
    const { client } = await start({ source: aSource([aCharge({ day: "2026-02-03" })]) });
    const window = { TimePeriod: { Start: "2026-01-30", End: "2026-02-05" } };
    const daily = await send(client, { ...window, Granularity: "DAILY", GroupBy: [BY_APP] });
    expect(daily.ResultsByTime?.map(({ TimePeriod, Groups }) => [TimePeriod?.Start, Groups?.length])).toEqual(
      [
        ["2026-01-30", 0],
        ["2026-01-31", 0],
        ["2026-02-01", 0],
        ["2026-02-02", 0],
        ["2026-02-03", 1],
        ["2026-02-04", 0],
      ],
    );
    const monthly = await send(client, window);
    expect(monthly.ResultsByTime?.map(({ TimePeriod, Total }) => [TimePeriod, Total?.UnblendedCost])).toEqual(
      [
        [
          { Start: "2026-01-30", End: "2026-02-01" },
          { Amount: "0", Unit: "USD" },
        ],
        [
          { Start: "2026-02-01", End: "2026-02-05" },
          { Amount: "1", Unit: "USD" },
        ],
      ],
    );
  });

  it("marks the whole running month as estimated, and returns no charges of today or later", async () => {
    const days = ["2026-03-07", "2026-03-08", "2026-03-09"].map((day) => aCharge({ day }));
    // The source has charges after the emulator's clock. The response must not contain them.
    const source = aSource(days);
    const { client } = await start({ source, at: "2026-03-08T23:59:59Z" });
    const window = { TimePeriod: { Start: "2026-02-28", End: "2026-04-01" } } as const;
    const { ResultsByTime: results = [] } = await send(client, { ...window, Granularity: "DAILY" });
    expect(results).toHaveLength(32);
    expect(results.map(({ Estimated }) => Estimated)).toEqual([false, ...Array(31).fill(true)]);
    const total = results.map(({ Total }) => Total?.UnblendedCost?.Amount);
    expect(total.filter((amount) => amount !== "0")).toEqual(["1"]);
  });

  it("reads its clock at every request", async () => {
    let at = "2026-03-08T06:00:00Z";
    const charges = ["2026-03-07", "2026-03-08", "2026-03-09"].map((day) => aCharge({ day }));
    const { client } = await start({
      source: billSource({ currency: "USD", charges, costCategories: [] }, { at: "2027-01-01T00:00:00Z" }),
      at: () => at,
    });
    const march = { TimePeriod: { Start: "2026-03-01", End: "2026-04-01" } };
    const cost = async () => (await send(client, march)).ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount;
    expect(await cost()).toBe("1");
    at = "2026-03-10T06:00:00Z";
    expect(await cost()).toBe("3");
  });

  it("returns every metric with its own cost in one response, under either spelling", async () => {
    const charge = aCharge({
      costs: { AmortizedCost: usd("0.5"), NetAmortizedCost: usd("0.4") },
      quantity: { units: 5n * 10n ** 11n, unit: "GB-Mo" },
    });
    const { client } = await start({ source: aSource([charge]) });
    const metrics = [
      "AmortizedCost",
      "BlendedCost",
      "NET_AMORTIZED_COST",
      "NetUnblendedCost",
      "NormalizedUsageAmount",
      "UNBLENDED_COST",
      "UsageQuantity",
    ];
    const answer = await send(client, { Metrics: metrics, GroupBy: [BY_APP] });
    expect(answer.ResultsByTime?.[0]?.Groups?.[0]?.Metrics).toEqual({
      AmortizedCost: { Amount: "0.5", Unit: "USD" },
      BlendedCost: { Amount: "1", Unit: "USD" },
      NetAmortizedCost: { Amount: "0.4", Unit: "USD" },
      NetUnblendedCost: { Amount: "1", Unit: "USD" },
      NormalizedUsageAmount: { Amount: "0", Unit: "N/A" },
      UnblendedCost: { Amount: "1", Unit: "USD" },
      UsageQuantity: { Amount: "0.5", Unit: "GB-Mo" },
    });
  });

  it("names an absent value as AWS does, also for a dimension that no bill has", async () => {
    const { client } = await start();
    const keys = async (Key: string) =>
      (await send(client, { GroupBy: [{ Type: "DIMENSION", Key }] })).ResultsByTime?.[0]?.Groups?.map(
        (group) => group.Keys?.[0],
      );
    expect(await keys("REGION")).toEqual(["NoRegion", "us-east-1"]);
    expect(await keys("INSTANCE_TYPE")).toEqual(["NoInstanceType"]);
    expect(await keys("DATABASE_ENGINE")).toEqual(["NoDatabaseEngine"]);
    expect(await keys("AZ")).toEqual(["NoAZ"]);
    expect(await keys("RECORD_TYPE")).toEqual(["Tax", "Usage"]);
    const accounts = await send(client, { GroupBy: [{ Type: "DIMENSION", Key: "LINKED_ACCOUNT" }] });
    expect(accounts.DimensionValueAttributes).toEqual([
      { Value: "111122223333", Attributes: { description: "111122223333" } },
    ]);
    const both = await send(client, { GroupBy: [{ Type: "DIMENSION", Key: "PLATFORM" }, BY_CENTER] });
    expect(groupsOf(both.ResultsByTime?.[0])?.map(([platform, center]) => [platform, center])).toEqual([
      ["NoPlatform", "CostCenter$"],
      ["NoPlatform", "CostCenter$A"],
      ["NoPlatform", "CostCenter$B"],
    ]);
  });

  it("filters by tags, categories and dimensions, with every match option", async () => {
    const { client } = await start();
    const total = async (Filter: GetCostAndUsageCommandInput["Filter"]) =>
      (await send(client, { Filter })).ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount;
    const app = (Values: string[], ...MatchOptions: ("STARTS_WITH" | "CASE_INSENSITIVE" | "ABSENT")[]) => ({
      Tags: { Key: "App", Values, MatchOptions },
    });
    const service = (Values: string[]) => ({ Dimensions: { Key: "SERVICE" as const, Values } });
    expect(await total(app(["batch"]))).toBe("70");
    expect(await total(app(["BATCH"]))).toBe("0");
    expect(await total(app(["BAT"], "STARTS_WITH", "CASE_INSENSITIVE"))).toBe("70");
    expect(await total(app([], "ABSENT"))).toBe("28.6");
    expect(await total({ CostCategories: { Key: "CostCenter", Values: ["A"] } })).toBe("35");
    expect(await total({ Not: { Dimensions: { Key: "RECORD_TYPE", Values: ["Tax"] } } })).toBe(
      "124.6000000028",
    );
    expect(await total({ Or: [service(["Tax"]), app(["batch"])] })).toBe("79");
    expect(await total({ And: [service(["Tax"]), app(["batch"])] })).toBe("0");
    expect(await total({ Dimensions: { Key: "REGION", Values: ["NoRegion", "eu-west-1"] } })).toBe("28.6");
    expect(await total({ Dimensions: { Key: "PLATFORM", Values: ["Linux"] } })).toBe("0");
    expect(await total({ Not: { Dimensions: { Key: "PLATFORM", Values: ["Linux"] } } })).toBe(
      "133.6000000028",
    );
  });

  it("returns hostile names unchanged", async () => {
    const names = ["__proto__", "a$b", "<img onerror=x>", "\u0000\u202e", "x".repeat(10_000), "NoRegion"];
    const { client } = await start({ source: aSource(names.map((app) => aCharge({ app, center: app }))) });
    const answer = await send(client, { GroupBy: [BY_APP, BY_CENTER] });
    expect(new Set(answer.ResultsByTime?.[0]?.Groups?.map(({ Keys }) => Keys?.[0]))).toEqual(
      new Set(names.map((name) => `App$${name}`)),
    );
    const proto = await send(client, {
      Filter: { Tags: { Key: "__proto__", MatchOptions: ["ABSENT"] } },
    });
    expect(proto.ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount).toBe(String(names.length));
  });

  it("returns DataUnavailableException for a bill without charges", async () => {
    const { client } = await start({ source: aSource([]) });
    await expect(send(client)).rejects.toMatchObject({ name: "DataUnavailableException" });
  });

  it("answers from any CostSource, including one without the optional members", async () => {
    const { query: queryBill, forecast, costCategories, splitCharges } = smallCompany();
    const plain: CostSource = { query: queryBill, forecast, costCategories, splitCharges };
    const { client } = await start({ source: plain });
    expect(groupsOf((await send(client, { GroupBy: [BY_CENTER] })).ResultsByTime?.[0])).toHaveLength(3);
    const empty = await send(client, { TimePeriod: { Start: "2025-10-01", End: "2025-11-01" } });
    expect(empty.ResultsByTime?.[0]?.Total?.UnblendedCost).toEqual({ Amount: "0", Unit: "USD" });
    const { CostCategoryReferences } = await client.send(new ListCostCategoryDefinitionsCommand({}));
    expect(CostCategoryReferences?.map(({ Name }) => Name)).toEqual(["CostCenter"]);
  });
});

describe("pages", () => {
  it("can end inside a period; the next page continues the same period", async () => {
    const { client } = await start({ pageSize: 3 });
    const input = { GroupBy: [BY_APP, BY_CENTER], Granularity: "DAILY" as const };
    const first = await send(client, input);
    const second = await send(client, { ...input, NextPageToken: first.NextPageToken });
    expect(first.ResultsByTime?.map(({ Groups }) => Groups?.length)).toEqual([3]);
    expect(
      second.ResultsByTime?.map(({ TimePeriod, Groups }) => [TimePeriod?.Start, Groups?.length]),
    ).toEqual([
      ["2026-02-01", 1],
      ["2026-02-02", 2],
    ]);
  });

  it("of any size contain every group once and every period once", async () => {
    const { client } = await start();
    const input = { GroupBy: [BY_APP, BY_CENTER], Granularity: "DAILY" as const };
    const whole = await allPages(client, input);
    expect(whole.pages).toBe(1);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: 150 }), async (pageSize) => {
        const { client: paged } = await start({ pageSize });
        const cut = await allPages(paged, input);
        expect(cut.groups).toEqual(whole.groups);
        expect(cut.periods).toEqual(whole.periods);
        expect(cut.pages).toBe(Math.ceil(whole.groups.length / pageSize));
      }),
      { numRuns: 8 },
    );
  });

  it("have opaque tokens that are valid for one request and can be used twice", async () => {
    const { client } = await start({ pageSize: 2 });
    const input = { GroupBy: [BY_APP] };
    const { NextPageToken: token = "" } = await send(client, input);
    expect(Buffer.from(token, "base64").toString("latin1")).not.toMatch(/Metrics|UnblendedCost|offset/);
    expect(token.length).toBeLessThanOrEqual(8_192);
    const twice = [
      await send(client, { ...input, NextPageToken: token }),
      await send(client, { ...input, NextPageToken: token }),
    ];
    expect(twice[0]?.ResultsByTime).toEqual(twice[1]?.ResultsByTime);
    expect(twice[0]?.NextPageToken).toBeUndefined();
    await expect(send(client, { GroupBy: [BY_CENTER], NextPageToken: token })).rejects.toMatchObject({
      name: "RequestChangedException",
    });
    for (const wrong of ["garbage", "", `${token.slice(0, -4)}AAA=`, "A".repeat(9_000)]) {
      await expect(send(client, { ...input, NextPageToken: wrong })).rejects.toMatchObject({
        name: "InvalidNextTokenException",
      });
    }
    const { client: another } = await start({ pageSize: 2 });
    await expect(send(another, { ...input, NextPageToken: token })).rejects.toMatchObject({
      name: "InvalidNextTokenException",
    });
  });

  it("accept a token with the request's members in another order", async () => {
    const { emulator } = await start({ pageSize: 2 });
    const first = await rawCall(emulator.url, "GetCostAndUsage", query({ GroupBy: [BY_APP] }));
    const NextPageToken = Reflect.get(Object(first.json), "NextPageToken");
    const turned = Object.fromEntries(Object.entries(query({ GroupBy: [BY_APP] })).reverse());
    const second = await rawCall(emulator.url, "GetCostAndUsage", { NextPageToken, ...turned });
    expect(second.status).toBe(200);
  });

  it("are in the log, with operation and page but without a body", async () => {
    const seen: unknown[] = [];
    const { emulator, client } = await start({ pageSize: 2, onRequest: (request) => seen.push(request) });
    await allPages(client, { GroupBy: [BY_APP] });
    await send(client, { Metrics: ["Nonsense"] }).catch(() => null);
    expect(emulator.requests).toEqual([
      { number: 1, operation: "GetCostAndUsage", page: 1, status: 200, error: null, entries: 2, faults: [] },
      { number: 2, operation: "GetCostAndUsage", page: 2, status: 200, error: null, entries: 1, faults: [] },
      {
        number: 3,
        operation: "GetCostAndUsage",
        page: 1,
        status: 400,
        error: "ValidationException",
        entries: null,
        faults: [],
      },
    ]);
    expect(seen).toEqual(emulator.requests);
  });
});

describe("GetCostForecast", () => {
  const forecast = {
    TimePeriod: { Start: "2026-03-08", End: "2026-04-01" },
    Metric: "UNBLENDED_COST",
    Granularity: "DAILY",
  } as const;

  it("returns days or months whose sum is the bill's own forecast", async () => {
    const source = smallCompany();
    const { client } = await start({ source });
    const daily = await client.send(new GetCostForecastCommand(forecast));
    expect(daily.ForecastResultsByTime).toHaveLength(24);
    const own = await source.forecast({
      window: { start: "2026-03-08", end: "2026-04-01" },
      metric: "UnblendedCost",
    });
    expect(daily.Total).toEqual({ Amount: own === null ? "" : moneyText(own), Unit: "USD" });
    const days = daily.ForecastResultsByTime?.map(({ MeanValue }) => usd(MeanValue ?? "")) ?? [];
    expect(moneyText(sum(days, "USD"))).toBe(daily.Total?.Amount);
    const monthly = await client.send(
      new GetCostForecastCommand({
        ...forecast,
        Granularity: "MONTHLY",
        TimePeriod: { Start: "2026-03-08", End: "2026-05-01" },
      }),
    );
    expect(monthly.ForecastResultsByTime?.map(({ TimePeriod }) => TimePeriod)).toEqual([
      { Start: "2026-03-08", End: "2026-04-01" },
      { Start: "2026-04-01", End: "2026-05-01" },
    ]);
    expect(monthly.ForecastResultsByTime?.[0]?.MeanValue).toBe(daily.Total?.Amount);
  });

  it("applies a filter, and returns bounds when the request contains a level", async () => {
    const { client } = await start();
    const answer = await client.send(
      new GetCostForecastCommand({
        ...forecast,
        Filter: { Tags: { Key: "App", Values: ["batch"] } },
        PredictionIntervalLevel: 80,
      }),
    );
    expect(answer.Total).toEqual({ Amount: "60", Unit: "USD" });
    expect(answer.ForecastResultsByTime?.[0]).toEqual({
      TimePeriod: { Start: "2026-03-08", End: "2026-03-09" },
      MeanValue: "2.5",
      PredictionIntervalLowerBound: "2.5",
      PredictionIntervalUpperBound: "2.5",
    });
  });

  it("is unavailable with less than a billing cycle of data", async () => {
    const young = Array.from({ length: 20 }, (_, after) => aCharge({ day: addDays("2026-02-16", after) }));
    const { client } = await start({ source: aSource(young) });
    await expect(client.send(new GetCostForecastCommand(forecast))).rejects.toMatchObject({
      name: "DataUnavailableException",
      message: "Insufficient amount of historical data.",
    });
  });
});

describe("listings", () => {
  it("list the cost categories that have cost, and a category's values", async () => {
    const { client } = await start();
    expect(await client.send(new GetCostCategoriesCommand({ TimePeriod: FEBRUARY }))).toMatchObject({
      CostCategoryNames: ["CostCenter"],
      ReturnSize: 1,
      TotalSize: 1,
    });
    const values = new GetCostCategoriesCommand({ TimePeriod: FEBRUARY, CostCategoryName: "CostCenter" });
    expect((await client.send(values)).CostCategoryValues).toEqual(["", "A", "B"]);
  });

  it("list tag keys, and a tag's values", async () => {
    const { client } = await start();
    expect((await client.send(new GetTagsCommand({ TimePeriod: FEBRUARY }))).Tags).toEqual(["App"]);
    const values = await client.send(new GetTagsCommand({ TimePeriod: FEBRUARY, TagKey: "App" }));
    expect(values.Tags).toEqual(["", "batch", "web"]);
    const untagged = { Dimensions: { Key: "SERVICE" as const, Values: ["Tax"] } };
    expect((await client.send(new GetTagsCommand({ TimePeriod: FEBRUARY, Filter: untagged }))).Tags).toEqual(
      [],
    );
  });

  it("list a dimension's values, searched, sorted by cost, and by pages", async () => {
    const { client } = await start();
    const services = { TimePeriod: FEBRUARY, Dimension: "SERVICE" } as const;
    const values = async (more: Omit<GetDimensionValuesCommandInput, "TimePeriod" | "Dimension"> = {}) =>
      (await client.send(new GetDimensionValuesCommand({ ...services, ...more }))).DimensionValues?.map(
        ({ Value }) => Value,
      );
    const [compute, storage] = ["Amazon Elastic Compute Cloud - Compute", "Amazon Simple Storage Service"];
    expect(await values()).toEqual([compute, storage, "Tax"]);
    expect(await values({ SearchString: "tax" })).toEqual(["Tax"]);
    const rising = { SortBy: [{ Key: "UnblendedCost", SortOrder: "ASCENDING" as const }] };
    expect(await values(rising)).toEqual(["Tax", storage, compute]);
    const first = await client.send(new GetDimensionValuesCommand({ ...services, MaxResults: 2 }));
    expect(first).toMatchObject({ ReturnSize: 2, TotalSize: 3 });
    expect(await values({ MaxResults: 2, NextPageToken: first.NextPageToken })).toEqual(["Tax"]);
  });

  it("list cost category definitions and describe one, split charge rules included", async () => {
    const { client } = await start();
    const { CostCategoryReferences = [] } = await client.send(new ListCostCategoryDefinitionsCommand({}));
    expect(CostCategoryReferences.map(({ Name, Values }) => [Name, Values])).toEqual([
      ["CostCenter", ["A", "B"]],
      ["Team", []],
    ]);
    const CostCategoryArn = CostCategoryReferences[0]?.CostCategoryArn ?? "";
    expect(CostCategoryArn).toMatch(/^arn:aws:ce::123456789012:costcategory\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-/);
    const { CostCategory } = await client.send(
      new DescribeCostCategoryDefinitionCommand({ CostCategoryArn }),
    );
    expect(CostCategory).toMatchObject({ Name: "CostCenter", RuleVersion: "CostCategoryExpression.v1" });
    expect(CostCategory?.SplitChargeRules).toEqual([
      {
        Source: "",
        Targets: ["A", "B"],
        Method: "FIXED",
        Parameters: [{ Type: "ALLOCATION_PERCENTAGES", Values: ["15", "85"] }],
      },
      { Source: "A", Targets: ["B"], Method: "PROPORTIONAL" },
    ]);
    await expect(
      client.send(
        new DescribeCostCategoryDefinitionCommand({ CostCategoryArn: "arn:aws:ce::1:costcategory/no" }),
      ),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const one = await client.send(new ListCostCategoryDefinitionsCommand({ MaxResults: 1 }));
    const rest = await client.send(
      new ListCostCategoryDefinitionsCommand({ MaxResults: 1, NextToken: one.NextToken }),
    );
    expect(rest.CostCategoryReferences?.map(({ Name }) => Name)).toEqual(["Team"]);
  });
});

describe("the service's own schema", () => {
  const windowed = { TimePeriod: FEBRUARY };
  it.each([
    ["GetCostAndUsage", GetCostAndUsageResponse$, query({ GroupBy: [BY_APP, BY_CENTER] })],
    ["GetCostAndUsage", GetCostAndUsageResponse$, query({ Granularity: "DAILY" })],
    [
      "GetCostAndUsage",
      GetCostAndUsageResponse$,
      query({ GroupBy: [{ Type: "DIMENSION", Key: "LINKED_ACCOUNT" }] }),
    ],
    [
      "GetCostForecast",
      GetCostForecastResponse$,
      {
        TimePeriod: { Start: "2026-03-08", End: "2026-04-01" },
        Metric: "UNBLENDED_COST",
        Granularity: "DAILY",
        PredictionIntervalLevel: 80,
      },
    ],
    ["GetCostCategories", GetCostCategoriesResponse$, windowed],
    ["GetCostCategories", GetCostCategoriesResponse$, { ...windowed, CostCategoryName: "CostCenter" }],
    ["GetTags", GetTagsResponse$, { ...windowed, TagKey: "App", MaxResults: 1 }],
    ["GetDimensionValues", GetDimensionValuesResponse$, { ...windowed, Dimension: "LINKED_ACCOUNT" }],
    ["ListCostCategoryDefinitions", ListCostCategoryDefinitionsResponse$, { MaxResults: 1 }],
  ])("matches a response of %s", async (operation, schema, body) => {
    const { emulator } = await start({ pageSize: 2 });
    const { status, type, json } = await rawCall(emulator.url, operation, body);
    expect({ status, type }).toEqual({ status: 200, type: "application/x-amz-json-1.1" });
    expect(schemaProblems(schema, json)).toEqual([]);
  });

  it("matches the description of a cost category", async () => {
    const { emulator, client } = await start();
    const { CostCategoryReferences } = await client.send(new ListCostCategoryDefinitionsCommand({}));
    const CostCategoryArn = CostCategoryReferences?.[0]?.CostCategoryArn;
    const { json } = await rawCall(emulator.url, "DescribeCostCategoryDefinition", { CostCategoryArn });
    expect(schemaProblems(DescribeCostCategoryDefinitionResponse$, json)).toEqual([]);
  });

  it("does not match a wrong type, a missing member or an additional member", () => {
    const wrong = {
      ResultsByTime: [{ TimePeriod: { Start: "2026-02-01" }, Estimated: "no" }],
      Pages: 1,
    };
    expect(schemaProblems(GetCostAndUsageResponse$, wrong)).toEqual([
      "answer.ResultsByTime[0].TimePeriod.End is required and absent",
      "answer.ResultsByTime[0].Estimated is a string, not a boolean",
      "answer.Pages is not in the service's schema",
    ]);
  });
});

describe("exactness", () => {
  let shared: { emulator: Emulator; client: CostExplorerClient } | null = null;
  afterAll(async () => shared?.emulator.close());

  it("has groups of a query that add up to the ungrouped query and to the charges", async () => {
    const aDay = fc.integer({ min: 0, max: 60 }).map((after) => addDays("2026-01-06", after));
    const aName = fc.constantFrom("a", "b$", "__proto__");
    const charges = fc.sample(
      fc.record({ day: aDay, app: aName, center: aName, units: fc.bigInt(-(10n ** 13n), 10n ** 13n) }),
      { numRuns: 200, seed: 7 },
    );
    const bill = charges.map(({ units, ...charge }, at) => {
      const { app, center, day } = charge;
      return aCharge({
        day,
        ...(at % 3 === 0 ? {} : { app }),
        ...(at % 5 === 0 ? {} : { center }),
        cost: { units, currency: "USD" },
      });
    });
    const emulator = await startEmulator({ source: aSource(bill), at: AT, pageSize: 7, exactAmounts: true });
    shared = { emulator, client: clientOf(emulator) };
    const { client } = shared;
    await fc.assert(
      fc.asyncProperty(
        fc.record({ start: aDay, days: fc.integer({ min: 1, max: 25 }), app: aName, not: fc.boolean() }),
        async ({ start: from, days, app, not }) => {
          const match = { Tags: { Key: "App", Values: [app] } };
          const end = addDays(from, days);
          const Filter: GetCostAndUsageCommandInput["Filter"] = not ? { Not: match } : match;
          const input = { TimePeriod: { Start: from, End: end }, Filter };
          const { groups } = await allPages(client, { ...input, GroupBy: [BY_CENTER], Granularity: "DAILY" });
          const parts = groups.map(([, { Metrics }]) =>
            parseMoney(Metrics?.UnblendedCost?.Amount ?? "", "USD"),
          );
          const whole = (await send(client, input)).ResultsByTime?.map(({ Total }) =>
            parseMoney(Total?.UnblendedCost?.Amount ?? "", "USD"),
          );
          const tag: Grouping = { by: "tag", key: "App" };
          const equals = { of: tag, match: "equals", caseSensitive: true, values: [app] } as const;
          const expected = bill
            .filter(({ day }) => day >= from && day < end && day < "2026-03-08")
            .filter(({ tags }) =>
              matchesFilter(not ? { not: equals } : equals, () => tags.get("App") ?? null),
            )
            .map(({ cost }) => cost);
          expect(sum<string>(parts, "USD")).toEqual(sum(expected, "USD"));
          expect(sum<string>(whole ?? [], "USD")).toEqual(sum(expected, "USD"));
        },
      ),
      { numRuns: 25 },
    );
  });
});
