import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "./emulator.ts";
import { rawCall, SIGNED } from "./testing/raw-call.ts";
import { AT, smallCompany } from "./testing/small-company.ts";

let emulator: Emulator;
let extended: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ source: smallCompany(), at: AT });
  extended = await startEmulator({ source: smallCompany(), at: AT, historyMonths: 38 });
});
afterAll(async () => {
  await Promise.all([emulator.close(), extended.close()]);
});

const QUERY = {
  TimePeriod: { Start: "2026-02-01", End: "2026-03-01" },
  Granularity: "MONTHLY",
  Metrics: ["UnblendedCost"],
};
const FORECAST = {
  TimePeriod: { Start: "2026-03-08", End: "2026-04-01" },
  Granularity: "DAILY",
  Metric: "UNBLENDED_COST",
};

/** The error of a response as `name: message`, or `answered` for a successful response. */
async function refusalOf(operation: string, body: unknown, of = emulator): Promise<string> {
  const { status, json } = await rawCall(of.url, operation, body);
  if (status === 200) return "answered";
  const { __type, message, Message } = Object(json);
  expect(status).toBe(400);
  return `${__type}: ${message ?? Message}`;
}

const usage = (more: object, of = emulator) => refusalOf("GetCostAndUsage", { ...QUERY, ...more }, of);
const window = (Start: string, End: string) => ({ TimePeriod: { Start, End } });
const tag = (value: string) => ({ Tags: { Key: "App", Values: [value] } });

describe("what GetCostAndUsage refuses", () => {
  it("a query without its required members", async () => {
    expect(await refusalOf("GetCostAndUsage", {})).toBe(
      "ValidationException: 3 validation errors detected: Value null at 'timePeriod' failed to satisfy constraint: Member must not be null; Value null at 'granularity' failed to satisfy constraint: Member must not be null; Value null at 'metrics' failed to satisfy constraint: Member must not be null",
    );
    expect(await usage({ TimePeriod: { Start: "2026-02-01" } })).toMatch(
      /1 validation error.*timePeriod.end/,
    );
    expect(await usage({ Metrics: [] })).toMatch(/^ValidationException: Metrics is mandatory/);
  });

  it("a billing view of another form, and one that does not exist", async () => {
    const view = (name: string) => ({ BillingViewArn: `arn:aws:billing::111122223333:billingview/${name}` });
    expect(await usage(view("primary"))).toBe("answered");
    expect(await usage({ BillingViewArn: "primary" })).toMatch(
      /^ValidationException: 1 validation error detected: Value 'primary' at 'billingViewArn' failed to satisfy constraint: Member must satisfy regular expression pattern/,
    );
    const unknown = "ResourceNotFoundException: The specified billing view was not found.";
    expect(await usage(view("custom-7f1e"))).toBe(unknown);
    expect(await refusalOf("GetCostForecast", { ...FORECAST, ...view("custom-7f1e") })).toBe(unknown);
    expect(await refusalOf("GetTags", { TimePeriod: QUERY.TimePeriod, ...view("custom-7f1e") })).toBe(
      unknown,
    );
  });

  it.each([
    [
      "a window without days",
      window("2026-02-01", "2026-02-01"),
      /^ValidationException: Start date \(and hour\) should be before end date \(and hour\)$/,
    ],
    [
      "a window that ends before its start",
      window("2026-02-02", "2026-02-01"),
      /Start date \(and hour\) should be before/,
    ],
    [
      "a month for a day",
      window("2026-02", "2026-03-01"),
      /: Start time 2026-02 is invalid\. Valid format is: yyyy-MM-dd\.$/,
    ],
    ["a day that no calendar has", window("2026-02-01", "2026-02-30"), /: End time 2026-02-30 is invalid/],
    [
      "an empty start",
      window("", "2026-02-30"),
      /: Start time {2}is invalid\. Valid format is: yyyy-MM-dd\.$/,
    ],
    [
      "an end beyond the first of next month",
      window("2026-03-01", "2026-04-02"),
      /: end date past the beginning of next month$/,
    ],
    [
      "a start in the future",
      window("2026-03-09", "2026-03-10"),
      /should not be after the current date 2026-03-08$/,
    ],
    [
      "an unknown granularity",
      { Granularity: "WEEKLY" },
      /'WEEKLY' at 'granularity' .* enum value set: \[DAILY, HOURLY, MONTHLY\]$/,
    ],
    [
      "an unknown metric",
      { Metrics: ["Cost"] },
      /: Metric Cost is invalid\. Valid values are UNBLENDED_COST, /,
    ],
    [
      "a third grouping",
      { GroupBy: ["App", "Team", "Stage"].map((Key) => ({ Type: "TAG", Key })) },
      /: Only two values for GroupBy are allowed$/,
    ],
    [
      "a grouping without a key",
      { GroupBy: [{ Type: "TAG", Key: "" }] },
      /: UsageGroup Definition is invalid\. Both type an key need/,
    ],
    [
      "a grouping of an unknown type",
      { GroupBy: [{ Type: "LINKED_ACCOUNT", Key: "x" }] },
      /: UsageGroup Definition type is invalid\.$/,
    ],
    [
      "a grouping by resource",
      { GroupBy: [{ Type: "DIMENSION", Key: "RESOURCE_ID" }] },
      /: UsageGroup Definition dimension is invalid\. Valid values are AZ, INSTANCE_TYPE, LINKED_ACCOUNT/,
    ],
    [
      "a filter by resource",
      { Filter: { Dimensions: { Key: "RESOURCE_ID", Values: ["i-1"] } } },
      /: Dimension RESOURCE_ID is not allowed\.$/,
    ],
    [
      "a filter by an unknown dimension",
      { Filter: { Dimensions: { Key: "COLOUR", Values: ["red"] } } },
      /Member must satisfy enum value set: \[AZ, /,
    ],
    [
      "a filter with two roots",
      { Filter: { ...tag("a"), And: [tag("a"), tag("b")] } },
      /: Expression has more than one roots\. Only one root operator is allowed for each expression: And, Or, Not, Dimensions, Tags, CostCategories$/,
    ],
    ["a filter without a root", { Filter: {} }, /: Expression has no root/],
    ["an And of one", { Filter: { And: [tag("a")] } }, /: And expression must have at least 2 operands$/],
    ["an Or of none", { Filter: { Not: { Or: [] } } }, /: Or expression must have at least 2 operands$/],
    [
      "an unknown match option",
      { Filter: { Tags: { Key: "App", Values: ["a"], MatchOptions: ["LIKE"] } } },
      /'LIKE' at 'matchOptions'/,
    ],
    [
      "two kinds of match at once",
      { Filter: { Tags: { Key: "App", Values: ["a"], MatchOptions: ["EQUALS", "CONTAINS"] } } },
      /contradict/,
    ],
    [
      "a value with the match option ABSENT",
      { Filter: { Tags: { Key: "App", Values: ["a"], MatchOptions: ["ABSENT"] } } },
      /ABSENT must not have values/,
    ],
    ["a test without a value", { Filter: { Tags: { Key: "App" } } }, /at least one value/],
  ])("%s", async (_, more, words) => {
    expect(await usage(more)).toMatch(words);
  });

  it("hourly granularity, with an error for the format, the age, or the granularity", async () => {
    const hours = (start: string) =>
      usage({ Granularity: "HOURLY", ...window(start, "2026-03-08T00:00:00Z") });
    expect(await hours("2026-03-07")).toBe(
      "ValidationException: Time period is invalid. Valid format is yyyy-MM-ddThh:mm:ssZ.",
    );
    expect(await hours("2026-02-01T00:00:00Z")).toMatch(/more than 14 days ago for hourly granularity/);
    expect(await hours("2026-03-07T00:00:00Z")).toMatch(/either 'MONTHLY' or 'DAILY'/);
  });

  it("a filter that is nested too deep", async () => {
    let Filter: object = tag("a");
    for (let level = 0; level < 40; level += 1) Filter = { Not: Filter };
    expect(await usage({ Filter })).toMatch(/nested more than 30 levels/);
    expect(await refusalOf("GetCostAndUsage", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`)).toMatch(
      /^SerializationException/,
    );
  });
});

describe("history", () => {
  it("contains the current month and the 13 before it", async () => {
    expect(await usage(window("2025-02-01", "2025-03-01"))).toBe("answered");
    expect(await usage(window("2025-01-31", "2025-03-01"))).toBe(
      "ValidationException: You haven't enabled historical data beyond 14 months.",
    );
  });

  it("contains 37 months before it with the opt-in, by months and from the first of a month", async () => {
    const old = (start: string, more = {}) => usage({ ...window(start, "2025-03-01"), ...more }, extended);
    expect(await old("2023-02-01")).toBe("answered");
    expect(await old("2023-02-02")).toBe(
      "ValidationException: To retrieve data beyond the past 14 months, your start date needs to be the first day of the month.",
    );
    expect(await old("2025-01-01", { Granularity: "DAILY" })).toMatch(
      /: start date is too old for daily granularity, max months for data available is 14 months$/,
    );
    expect(await old("2025-02-01", { Granularity: "DAILY" })).toBe("answered");
    expect(await old("2023-01-01")).toMatch(/beyond 38 months/);
  });

  it("limits the listings as well", async () => {
    const old = window("2024-12-01", "2025-03-01");
    for (const operation of ["GetTags", "GetCostCategories"]) {
      expect(await refusalOf(operation, old)).toMatch(/beyond 14 months/);
    }
    expect(await refusalOf("GetDimensionValues", { ...old, Dimension: "SERVICE" })).toMatch(
      /beyond 14 months/,
    );
  });
});

describe("what GetCostForecast refuses", () => {
  const forecast = (more: object) => refusalOf("GetCostForecast", { ...FORECAST, ...more });
  it.each([
    [
      "an end that is not later than the start",
      window("2026-03-08", "2026-03-08"),
      /^ValidationException: Requested Start: 2026-03-08 must be before requested End: 2026-03-08$/,
    ],
    [
      "a start before yesterday",
      window("2026-03-06", "2026-04-01"),
      /: Earliest supported Start is 2026-03-07$/,
    ],
    ["a start after today", window("2026-03-09", "2026-04-01"), /no later than the current date 2026-03-08$/],
    [
      "more than three months with daily granularity",
      window("2026-03-08", "2026-08-01"),
      /: Latest supported End is 2026-07-01$/,
    ],
    [
      "the metric's other spelling",
      { Metric: "UnblendedCost" },
      /'UnblendedCost' at 'metric' .* enum value set/,
    ],
    ["usage", { Metric: "USAGE_QUANTITY" }, /GetUsageForecast/],
    ["hourly granularity", { Granularity: "HOURLY" }, /either 'MONTHLY' or 'DAILY'/],
    ["a level below 51", { PredictionIntervalLevel: 50 }, /greater than or equal to 51/],
    ["a level above 99", { PredictionIntervalLevel: 100 }, /less than or equal to 99/],
  ])("%s", async (_, more, words) => {
    expect(await forecast(more)).toMatch(words);
  });

  it("neither a start yesterday nor 18 months with monthly granularity", async () => {
    expect(await forecast(window("2026-03-07", "2026-04-01"))).toBe("answered");
    expect(await forecast({ ...window("2026-03-08", "2027-09-01"), Granularity: "MONTHLY" })).toBe(
      "answered",
    );
    expect(await refusalOf("GetCostForecast", {})).toMatch(/^ValidationException: 3 validation errors/);
  });
});

describe("what the listings refuse", () => {
  const period = { TimePeriod: QUERY.TimePeriod };
  it.each([
    ["GetDimensionValues", period, /Value null at 'dimension'/],
    ["GetDimensionValues", { ...period, Dimension: "COLOUR" }, /'COLOUR' at 'dimension'/],
    ["GetDimensionValues", { ...period, Dimension: "RESOURCE_ID" }, /not allowed/],
    ["GetDimensionValues", { ...period, Dimension: "SERVICE", Context: "RESERVATIONS" }, /not supported/],
    ["GetTags", { ...period, MaxResults: 0 }, /'maxResults' .* greater than or equal to 1$/],
    ["GetCostCategories", { ...period, MaxResults: 1_001 }, /less than or equal to 1000$/],
    ["GetTags", { ...period, SortBy: [{ Key: "Name" }] }, /Sort key Name is invalid/],
    ["GetTags", { ...period, NextPageToken: "garbage" }, /^InvalidNextTokenException/],
    ["ListCostCategoryDefinitions", { MaxResults: 101 }, /less than or equal to 100$/],
    ["DescribeCostCategoryDefinition", {}, /Value null at 'costCategoryArn'/],
  ])("%s, given %j", async (operation, body, words) => {
    expect(await refusalOf(operation, body)).toMatch(words);
  });
});

describe("what the protocol refuses", () => {
  it("an operation that is not emulated", async () => {
    for (const operation of ["GetRightsizingRecommendation", "__proto__", "constructor", ""]) {
      expect(await refusalOf(operation, {})).toMatch(/^UnknownOperationException/);
    }
  });

  it("a body that is not a JSON object, or has members of the wrong type", async () => {
    for (const body of [
      "{",
      "[]",
      "null",
      '"text"',
      '{"TimePeriod": 1}',
      '{"TimePeriod": {"Start": 20260201}}',
    ]) {
      expect(await refusalOf("GetCostAndUsage", body)).toMatch(/^(Serialization|Validation)Exception/);
    }
    expect(await usage({ Metrics: "UnblendedCost" })).toMatch(/^SerializationException/);
    expect(await usage({ GroupBy: [null] })).toMatch(/^SerializationException/);
    expect(await refusalOf("GetTags", { TimePeriod: QUERY.TimePeriod, MaxResults: "2" })).toMatch(
      /^SerializationException/,
    );
  });

  it("a body beyond a megabyte", async () => {
    const answer = await rawCall(emulator.url, "GetCostAndUsage", {
      ...QUERY,
      Padding: "x".repeat(1_100_000),
    }).catch(() => null);
    // The connection may close before the client reads the response, because the server does not read the whole body.
    expect(answer?.status ?? 413).toBe(413);
    expect(await usage({})).toBe("answered");
  });

  it("anything but POST to /", async () => {
    expect((await fetch(emulator.url)).status).toBe(404);
    expect((await fetch(`${emulator.url}/other`, { method: "POST" })).status).toBe(404);
  });

  it.each([
    ["no signature", "", "MissingAuthenticationTokenException"],
    ["half a signature", "Bearer token", "IncompleteSignatureException"],
    ["another region's", SIGNED.replace("us-east-1", "eu-west-1"), "InvalidSignatureException"],
    ["another service's", SIGNED.replace("/ce/", "/s3/"), "InvalidSignatureException"],
  ])("a request with %s", async (_, authorization, name) => {
    const { status, json } = await rawCall(emulator.url, "GetCostAndUsage", QUERY, { authorization });
    expect([status, Object(json).__type]).toEqual([400, name]);
  });
});

describe("a request that is not of this machine", () => {
  const send = (headers: Readonly<Record<string, string>>, method = "POST") =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const signed = {
        "x-amz-target": "AWSInsightsIndexService.GetCostAndUsage",
        authorization: SIGNED,
        ...headers,
      };
      const sent = httpRequest(emulator.url, { method, headers: signed }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      sent.once("error", reject);
      sent.end(method === "POST" ? JSON.stringify(QUERY) : undefined);
    });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["the name of a page that resolves to loopback", { host: "evil.example" }],
    ["such a name with the port", { host: `evil.example:${9_999}` }],
    ["a name that begins like this machine's", { host: "localhost.evil.example" }],
    ["an address of the network", { host: "192.168.1.7" }],
    ["a page's origin", { origin: "https://evil.example" }],
    ["an opaque origin", { origin: "null" }],
    ["a page of this machine", { origin: "http://localhost:3000" }],
    ["another site, by the browser's word", { "sec-fetch-site": "cross-site" }],
    ["a page of the same site", { "sec-fetch-site": "same-site" }],
  ])("is refused: %s", async (_, headers) => {
    for (const method of ["POST", "GET", "OPTIONS"]) {
      const { status, text } = await send(headers, method);
      expect([status, JSON.parse(text).__type]).toEqual([403, "AccessDeniedException"]);
      expect(text).not.toContain("ResultsByTime");
    }
  });

  it.each(["localhost:4566", "127.0.0.1", "[::1]:80", "LOCALHOST"])(
    "is not one under the name %s",
    async (host) => {
      expect((await send({ host })).status).toBe(200);
    },
  );
});
