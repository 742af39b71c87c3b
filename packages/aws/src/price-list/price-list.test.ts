import type { PricedUsage } from "@dapanoskop/core/pricing";
import { PRICE_BOOK_SCHEMA, parsePriceBook, priceBook, priceBookText } from "@dapanoskop/core/pricing";
import { afterEach, describe, expect, it } from "vitest";
import { priceListAnswers, type StandInProduct } from "../testing/price-list-stand-in.ts";
import {
  answers,
  drops,
  refuses,
  type ScriptedEndpoint,
  type ScriptedStep,
  says,
  scriptedEndpoint,
} from "../testing/scripted-endpoint.ts";
import { PriceListError, priceList } from "./index.ts";

const nat: PricedUsage = { service: "AmazonEC2", usageFamily: "NatGateway-Hours", region: "eu-central-1" };
const frankfurt: StandInProduct = {
  service: "AmazonEC2",
  usageType: "EUC1-NatGateway-Hours",
  region: "eu-central-1",
  operation: "NatGateway",
  unit: "Hrs",
  tiers: [["0", "0.0520000000"]],
};
const DAY = "2026-12-01";

let endpoint: ScriptedEndpoint;
afterEach(() => endpoint.close());

async function aList(...steps: readonly [ScriptedStep, ...ScriptedStep[]]) {
  endpoint = await scriptedEndpoint(...steps);
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
  const runtime = { clock: { sleep: async () => {} }, random: { fraction: () => 0 } };
  return priceList({ endpoint: endpoint.url, region: "eu-central-1", credentials, runtime });
}

const read = async (products: readonly StandInProduct[], usage = nat, pageSize = 100) =>
  (await aList(priceListAnswers(products, pageSize))).read([usage], DAY);

describe("the price list", () => {
  it("is asked for one usage type of a service in a region, and answers with price, source and day", async () => {
    const { entries, absent, requests } = await read([frankfurt]);
    expect(entries).toEqual([
      {
        ...nat,
        operation: null,
        currency: "USD",
        unit: "Hrs",
        tiers: [{ from: "0", price: "0.052" }],
        source: "AWS Price List API, AmazonEC2 version 20261128000000",
        date: "2026-11-01",
      },
    ]);
    expect({ absent, requests }).toEqual({ absent: [], requests: 1 });
    expect(endpoint.requests.map(({ operation, body }) => [operation, body])).toEqual([
      [
        "AWSPriceListService.GetProducts",
        {
          ServiceCode: "AmazonEC2",
          FormatVersion: "aws_v1",
          MaxResults: 100,
          Filters: [
            { Type: "CONTAINS", Field: "usagetype", Value: "NatGateway-Hours" },
            { Type: "TERM_MATCH", Field: "regionCode", Value: "eu-central-1" },
          ],
        },
      ],
    ]);
  });

  it("has at most 50 pages for one price", async () => {
    const other = { ...frankfurt, usageType: "EUC1-NatGateway-Hours-Other" };
    const pages = (count: number) => [...Array.from({ length: count - 1 }, () => other), frankfurt];
    const { entries, requests } = await read(pages(50), nat, 1);
    expect([entries.length, requests]).toEqual([1, 50]);
    await endpoint.close();
    await expect(read(pages(51), nat, 1)).rejects.toThrow(/more than 50 pages/);
  });

  it("becomes a book whose file plans read", async () => {
    const { entries } = await read([frankfurt]);
    const text = priceBookText({ schema: PRICE_BOOK_SCHEMA, date: DAY, entries });
    const rate = priceBook(parsePriceBook(text)).rateOf({ ...nat, operation: null });
    expect(rate?.tiers[0].cost).toEqual({ units: 52_000_000_000n, currency: "USD" });
  });

  it("is read to its last page", async () => {
    const others = Array.from({ length: 5 }, (_, at) => ({ ...frankfurt, operation: `Other${at}` }));
    const { entries, requests } = await read([...others, { ...frankfurt, tiers: [["0", "9"]] }], nat, 2);
    expect(requests).toBe(3);
    expect(entries.map(({ operation }) => operation)).toEqual([
      "Other0",
      "Other1",
      "Other2",
      "Other3",
      "Other4",
      "NatGateway",
    ]);
  });

  it("has tiers, free ones included, whatever their order", async () => {
    const { entries } = await read([
      {
        ...frankfurt,
        tiers: [
          ["10240", "0.03"],
          ["0", "0.0000000000"],
          ["1024.5", "0.05"],
        ],
      },
    ]);
    expect(entries[0]?.tiers).toEqual([
      { from: "0", price: "0" },
      { from: "1024.5", price: "0.05" },
      { from: "10240", price: "0.03" },
    ]);
  });

  it("has another price for each operation", async () => {
    const { entries } = await read([
      frankfurt,
      { ...frankfurt, operation: "Windows", tiers: [["0", "0.1"]] },
    ]);
    expect(entries.map(({ operation, tiers }) => [operation, tiers[0].price])).toEqual([
      ["NatGateway", "0.052"],
      ["Windows", "0.1"],
    ]);
  });

  it("gives no price where two products of one operation have different ones", async () => {
    const { entries, absent } = await read([frankfurt, { ...frankfurt, tiers: [["0", "0.1"]] }]);
    expect({ entries, absent }).toEqual({ entries: [], absent: [nat] });
  });

  it("names a usage that it does not have", async () => {
    const similar = { ...frankfurt, usageType: "EUC1-Regional-NatGateway-Hours" };
    const elsewhere = { ...frankfurt, region: "eu-west-1", usageType: "EU-NatGateway-Hours" };
    const { entries, absent } = await read([similar, elsewhere]);
    expect({ entries, absent }).toEqual({ entries: [], absent: [nat] });
  });

  it.each([
    ["2026-01-01", "0.04", "0.052"], // an older term
    ["2027-01-01", "0.06", "0.052"], // announced
    ["2026-11-20", "0.06", "0.06"], // in effect since
    ["2026-12-01", "0.06", "0.06"], // in effect since this day
    ["2026-12-02", "0.06", "0.052"], // tomorrow
  ])("takes the term that is in effect beside one of %s", async (effective, price, expected) => {
    const { entries } = await read([{ ...frankfurt, other: { effective, price } }]);
    expect(entries[0]?.tiers).toEqual([{ from: "0", price: expected }]);
  });

  it("has yuan in China", async () => {
    const usage = { ...nat, region: "cn-north-1" };
    const product = {
      ...frankfurt,
      usageType: "CNN1-NatGateway-Hours",
      region: "cn-north-1",
      currency: "CNY",
    };
    expect((await read([product], usage)).entries[0]?.currency).toBe("CNY");
    await endpoint.close();
    expect((await read([{ ...product, currency: "USD" }], usage)).absent).toEqual([usage]);
  });

  it("has what AWS bills without a region, and CloudFront's areas", async () => {
    const product = (usageType: string, price: string): StandInProduct => ({
      ...{ service: "AmazonCloudFront", usageType, region: "", unit: "GB", tiers: [["0", price]] },
    });
    const products = [
      product("US-DataTransfer-Out-Bytes", "0.085"),
      product("EU-DataTransfer-Out-Bytes", "0.09"),
      product("Invalidations", "0.005"),
    ];
    const list = await aList(priceListAnswers(products));
    const usage = (usageFamily: string, region: string) => ({
      service: "AmazonCloudFront",
      usageFamily,
      region,
    });
    const { entries } = await list.read(
      [usage("DataTransfer-Out-Bytes", "EU"), usage("Invalidations", "global")],
      DAY,
    );
    expect(entries.map(({ region, tiers }) => [region, tiers[0].price])).toEqual([
      ["EU", "0.09"],
      ["global", "0.005"],
    ]);
  });

  it("is requested again after it throttled, and where the connection broke", async () => {
    const throttles = refuses("ThrottlingException", "Rate exceeded");
    const { entries, requests } = await (
      await aList(throttles, throttles, says(503, "busy"), drops, priceListAnswers([frankfurt]))
    ).read([nat], DAY);
    expect(entries).toHaveLength(1);
    expect(requests).toBe(1);
    expect(endpoint.requests).toHaveLength(5);
  });

  it("is asked for at most four usages at once, and says how many are done", async () => {
    const usages = Array.from({ length: 12 }, (_, at) => ({ ...nat, usageFamily: `Usage${at}` }));
    const done: number[] = [];
    const { requests } = await (await aList(priceListAnswers([]))).read(usages, DAY, (count) =>
      done.push(count),
    );
    expect(requests).toBe(12);
    expect(endpoint.mostAtOnce()).toBeLessThanOrEqual(4);
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it.each([
    [
      "is not permitted",
      refuses("AccessDeniedException", "User: arn:aws:iam::111122223333:user/x may not"),
      /access denied\. Grant pricing:GetProducts to this identity\.$/,
    ],
    [
      "throttles for long",
      refuses("ThrottlingException", "Rate exceeded"),
      /throttled 6 attempts .*Run again in a minute\.$/,
    ],
    ["has expired credentials", refuses("ExpiredTokenException", "t0ken"), /no AWS credentials that work/],
    [
      "refuses the request",
      refuses("InvalidParameterException", "bad"),
      /refused the request .*Look for a proxy/,
    ],
    ["does not answer", drops, /did not answer 6 times .*Check the network's way to api\.pricing/],
    [
      "answers with something else",
      answers({ PriceList: ["<html>"] }),
      /is not one of AWS's price list\. Look for a proxy/,
    ],
    [
      "answers with a product without terms",
      answers({ PriceList: ["{}"] }),
      /is not one of AWS's price list/,
    ],
    ["has pages without an end", answers({ PriceList: [], NextToken: "x" }), /more than 50 pages/],
  ])("that %s is an error with what to do", async (_, step, sentence) => {
    const failure = await (await aList(step)).read([nat], DAY).catch((error: unknown) => error);
    if (!(failure instanceof PriceListError)) throw failure;
    expect(failure.message).toMatch(
      /^The price of "NatGateway-Hours" of "AmazonEC2" in "eu-central-1" was not read: /,
    );
    expect(failure.message).toMatch(sentence);
    expect(failure.message).not.toMatch(/111122223333|t0ken/);
  });
});
