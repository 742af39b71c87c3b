import { readFileSync } from "node:fs";
import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandOutput,
  GetCostForecastCommand,
} from "@aws-sdk/client-cost-explorer";
import { afterEach, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../emulator.ts";
import { rawCall } from "../testing/raw-call.ts";
import { AT, smallCompany } from "../testing/small-company.ts";
import { faultKinds, parseFault } from "./fault.ts";

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

async function activeFaults(...faults: readonly string[]) {
  const emulator = await startEmulator({
    source: smallCompany(),
    at: AT,
    pageSize: 2,
    exactAmounts: true,
    faults,
  });
  running.push(emulator);
  return { emulator, client: clientOf(emulator, 1) };
}

const clientOf = ({ url }: Emulator, maxAttempts: number) =>
  new CostExplorerClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "key" },
    maxAttempts,
  });

const QUERY = {
  TimePeriod: { Start: "2026-02-01", End: "2026-03-01" },
  Granularity: "MONTHLY" as const,
  Metrics: ["UnblendedCost", "UsageQuantity"],
  GroupBy: [
    { Type: "TAG" as const, Key: "App" },
    { Type: "COST_CATEGORY" as const, Key: "CostCenter" },
  ],
};

const send = (client: CostExplorerClient, NextPageToken?: string) =>
  client.send(
    new GetCostAndUsageCommand({ ...QUERY, ...(NextPageToken === undefined ? {} : { NextPageToken }) }),
  );

const outcome = (response: Promise<unknown>) =>
  response.then(
    () => "answered",
    (error: Error) => error.name,
  );

const keysOf = ({ ResultsByTime }: GetCostAndUsageCommandOutput) =>
  ResultsByTime?.flatMap(({ Groups }) => Groups?.map(({ Keys }) => Keys?.join(" ")) ?? []);

const metricsOf = ({ ResultsByTime }: GetCostAndUsageCommandOutput) =>
  ResultsByTime?.flatMap(({ Groups }) => Groups?.map(({ Metrics }) => Metrics) ?? []);

describe("a fault's text", () => {
  it("contains the kind, and optionally the first request, the number of requests, a value and an operation", () => {
    expect(parseFault("throttle:3")).toEqual({
      kind: "throttle",
      from: 3,
      times: 1,
      operation: null,
      value: null,
    });
    expect(parseFault("throttling:2x4@GetCostAndUsage")).toEqual({
      kind: "throttling",
      from: 2,
      times: 4,
      operation: "GetCostAndUsage",
      value: null,
    });
    expect(parseFault("slow=20")).toMatchObject({ from: 1, times: Number.POSITIVE_INFINITY, value: "20" });
    expect(parseFault("repeat-token:2x*")).toMatchObject({ from: 2, times: Number.POSITIVE_INFINITY });
    expect(parseFault("restate:5=1.02")).toMatchObject({
      from: 5,
      times: Number.POSITIVE_INFINITY,
      value: "1.02",
    });
    expect(parseFault("error:1")).toMatchObject({ value: "500" });
  });

  it.each([
    ["meteor:1", /not a fault.*throttle/],
    ["throttle:0", /counted from 1/],
    ["throttle:1x0", /counted from 1/],
    ["throttle:1=9", /takes no value/],
    ["error:1=200", /whole number from 500 to 599/],
    ["restate=much", /decimal number/],
    ["second-currency=euro", /three capital letters/],
    ["throttle:one", /not a fault/],
    ["__proto__", /not a fault/],
    ["", /not a fault/],
  ])("is refused with an explanation: %s", (text, words) => {
    expect(() => parseFault(text)).toThrow(words);
  });

  it("has a kind that is in the README", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    for (const kind of faultKinds.keys()) expect(readme).toContain(`\`${kind}`);
  });
});

describe("an error response by a fault", () => {
  it.each([
    ["throttle", "LimitExceededException"],
    ["throttling", "ThrottlingException"],
    ["deny", "AccessDeniedException"],
    ["not-activated", "AccessDeniedException"],
    ["credentials", "UnrecognizedClientException"],
    ["expired-credentials", "ExpiredTokenException"],
    ["data-unavailable", "DataUnavailableException"],
    ["bill-expired", "BillExpirationException"],
    ["error=503", "ServiceUnavailableException"],
  ])("%s fails the second request only", async (fault, name) => {
    const [kind, value] = fault.split("=");
    const { client, emulator } = await activeFaults(`${kind}:2${value === undefined ? "" : `=${value}`}`);
    const outcomes = [await outcome(send(client)), await outcome(send(client)), await outcome(send(client))];
    expect(outcomes).toEqual(["answered", name, "answered"]);
    expect(emulator.requests.map(({ faults }) => faults)).toEqual([[], [kind], []]);
  });

  it("is retried by the SDK: a query that is throttled twice on page 2 returns every group", async () => {
    const { emulator } = await activeFaults("throttle:2x2");
    const client = clientOf(emulator, 4);
    const first = await send(client);
    const second = await send(client, first.NextPageToken);
    expect([...(keysOf(first) ?? []), ...(keysOf(second) ?? [])]).toHaveLength(4);
    expect(emulator.requests.map(({ page, error }) => [page, error])).toEqual([
      [1, null],
      [1, "LimitExceededException"],
      [1, "LimitExceededException"],
      [2, null],
    ]);
  });

  it("applies only to its operation, and contains the missing permission", async () => {
    const { client } = await activeFaults("deny@GetCostForecast");
    const forecast = new GetCostForecastCommand({
      TimePeriod: { Start: "2026-03-08", End: "2026-04-01" },
      Metric: "UNBLENDED_COST",
      Granularity: "DAILY",
    });
    await expect(client.send(forecast)).rejects.toThrow(/not authorized to perform: ce:GetCostForecast/);
    expect(await outcome(send(client))).toBe("answered");
  });

  it("for a page token counts only the requests with a token", async () => {
    for (const [fault, name] of [
      ["expired-token:1", "InvalidNextTokenException"],
      ["request-changed:1", "RequestChangedException"],
    ] as const) {
      const { client } = await activeFaults(fault);
      const { NextPageToken } = await send(client);
      expect(await outcome(send(client, NextPageToken))).toBe(name);
      expect(await outcome(send(client, NextPageToken))).toBe("answered");
    }
  });
});

describe("a broken connection", () => {
  it.each(["drop-before", "drop-after", "drop-mid"])(
    "%s loses one answer; a retry receives it",
    async (fault) => {
      const { client, emulator } = await activeFaults(`${fault}:1`, `${fault}:3`);
      expect(await outcome(send(client))).not.toBe("answered");
      expect(await outcome(send(client))).toBe("answered");
      expect(await outcome(send(clientOf(emulator, 3)))).toBe("answered");
      expect(emulator.requests.map(({ status }) => status)).toEqual([null, 200, null, 200]);
    },
  );

  it("broken-json returns half of the JSON", async () => {
    const { client } = await activeFaults("broken-json:1");
    expect(await outcome(send(client))).toBe("SyntaxError");
  });

  it("slow delays the answer; close does not wait for it", async () => {
    const { client, emulator } = await activeFaults("slow:1=30", "slow:2=600000");
    const before = performance.now();
    expect(await outcome(send(client))).toBe("answered");
    expect(performance.now() - before).toBeGreaterThan(25);
    const late = outcome(send(client));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await emulator.close();
    expect(await late).not.toBe("answered");
  });
});

describe("faults of pages", () => {
  const pages = async (client: CostExplorerClient, most = 5) => {
    const read: GetCostAndUsageCommandOutput[] = [];
    let token: string | undefined;
    do {
      const page = await send(client, token);
      read.push(page);
      token = page.NextPageToken;
    } while (token !== undefined && read.length < most);
    return read;
  };

  it("repeat-token returns the token of the request on every page", async () => {
    const { client } = await activeFaults("repeat-token");
    const read = await pages(client);
    expect(read).toHaveLength(5);
    expect(new Set(read.map(({ NextPageToken }) => NextPageToken)).size).toBe(1);
  });

  it("drop-page skips a page", async () => {
    const { client } = await activeFaults("drop-page:1");
    expect((await pages(client)).flatMap(keysOf)).toHaveLength(2);
  });

  it("double-page returns a page twice, with different tokens", async () => {
    const { client } = await activeFaults("double-page:2");
    const read = await pages(client);
    expect(read.map(keysOf).map((keys) => keys?.length)).toEqual([2, 2, 2]);
    expect(keysOf(read[1] ?? read[0] ?? { $metadata: {} })).toEqual(keysOf(read[2] ?? { $metadata: {} }));
    expect(read[0]?.NextPageToken).not.toBe(read[1]?.NextPageToken);
  });

  it("empty returns a month without groups", async () => {
    const { client } = await activeFaults("empty:1");
    const { ResultsByTime, NextPageToken } = await send(client);
    expect(ResultsByTime?.map(({ Groups, Total }) => [Groups, Total])).toEqual([[[], {}]]);
    expect(NextPageToken).toBeUndefined();
  });
});

describe("faults of figures", () => {
  const costs = async (client: CostExplorerClient) =>
    metricsOf(await send(client))?.map((metrics) => metrics?.UnblendedCost);

  it("restate changes costs from a request on, but not quantities", async () => {
    const { client } = await activeFaults("restate:2=1.5");
    const before = metricsOf(await send(client));
    const after = metricsOf(await send(client));
    expect(before?.[1]?.UnblendedCost?.Amount).toBe("70");
    expect(after?.[1]?.UnblendedCost?.Amount).toBe("105");
    expect(after?.[1]?.UsageQuantity).toEqual(before?.[1]?.UsageQuantity);
  });

  it("restate between two pages changes the second page", async () => {
    const { client } = await activeFaults("restate:2=2");
    const { NextPageToken } = await send(client);
    const [web] = metricsOf(await send(client, NextPageToken)) ?? [];
    expect(web?.UnblendedCost?.Amount).toBe("70");
  });

  it("missing-metric, second-currency and non-finite change one group each", async () => {
    expect(metricsOf(await send((await activeFaults("missing-metric:1")).client))?.[0]).toEqual({});
    expect(await costs((await activeFaults("second-currency:1=CHF")).client)).toEqual([
      { Amount: "28.6", Unit: "USD" },
      { Amount: "70", Unit: "CHF" },
    ]);
    expect(await costs((await activeFaults("non-finite:1=Infinity")).client)).toEqual([
      { Amount: "Infinity", Unit: "USD" },
      { Amount: "70", Unit: "USD" },
    ]);
  });

  it("exponents writes the same figures with exponents", async () => {
    const { client } = await activeFaults("exponents");
    expect((await costs(client))?.map((cost) => cost?.Amount)).toEqual(["2.86E1", "7E1"]);
    const { NextPageToken } = await send(client);
    const rest = metricsOf(await send(client, NextPageToken))?.map(
      (metrics) => metrics?.UnblendedCost?.Amount,
    );
    expect(rest).toEqual(["3.5E1", "2.8E-9"]);
  });

  it("no-category-text gives the uncategorized group its long name", async () => {
    const { client } = await activeFaults("no-category-text");
    expect(keysOf(await send(client))?.[0]).toBe("App$ No cost category: CostCenter");
  });
});

describe("faults of a running emulator", () => {
  it("are added by inject and removed by heal", async () => {
    const { client, emulator } = await activeFaults();
    emulator.inject("deny", { kind: "slow", from: 1, times: 1, operation: null, value: "1" });
    expect(await outcome(send(client))).toBe("AccessDeniedException");
    emulator.heal();
    expect(await outcome(send(client))).toBe("answered");
  });

  it("do not count a request that was refused before, such as an unsigned one", async () => {
    const { client, emulator } = await activeFaults("throttle:1");
    await rawCall(emulator.url, "GetCostAndUsage", QUERY, { authorization: "" });
    expect(await outcome(send(client))).toBe("LimitExceededException");
  });
});
