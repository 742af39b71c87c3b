import type { PricedUsage } from "@dapanoskop/core/pricing";
import { describe, expect, it } from "vitest";
import { entriesOfUsage, ofUsage } from "./product-entries.ts";
import { isDecimal, type Product } from "./product-schema.ts";

const usage: PricedUsage = { service: "AmazonEC2", usageFamily: "NatGateway-Hours", region: "eu-central-1" };
const DAY = "2026-12-01";

type PricedTier = readonly [from: string, price: string | null, unit?: string];
const term = (effectiveDate: string, tiers: readonly PricedTier[], currency = "USD") => ({
  effectiveDate: `${effectiveDate}T00:00:00Z`,
  priceDimensions: Object.fromEntries(
    tiers.map(([beginRange, price, unit = "Hrs"], at) => [
      `${at}`,
      { unit, beginRange, pricePerUnit: price === null ? {} : { [currency]: price } },
    ]),
  ),
});
const product = (
  terms: readonly ReturnType<typeof term>[],
  attributes: Partial<Product["product"]["attributes"]> = {},
): Product => ({
  serviceCode: "AmazonEC2",
  version: "1",
  product: {
    attributes: {
      usagetype: "EUC1-NatGateway-Hours",
      operation: "",
      regionCode: "eu-central-1",
      ...attributes,
    },
  },
  terms: { OnDemand: Object.fromEntries(terms.map((one, at) => [`${at}`, one])) },
});
const lines = (products: readonly Product[], of = usage) =>
  entriesOfUsage(products, of, DAY).map(
    ({ operation, currency, unit, tiers, date }) =>
      `${operation} ${currency} ${unit} ${date} ${tiers.map(({ from, price }) => `${from}:${price}`).join(" ")}`,
  );
const flat = (price: string) => [term("2026-11-01", [["0", price]])];

describe("the prices of a usage", () => {
  it("have their tiers in order, without needless zeros", () => {
    const tiers: PricedTier[] = [
      ["100", "0.0400"],
      ["0", "0.0500000"],
      ["1000.50", "1.000"],
    ];
    expect(lines([product([term("2026-11-01", tiers)])])).toEqual([
      "null USD Hrs 2026-11-01 0:0.05 100:0.04 1000.5:1",
    ]);
  });

  it("are those of the newest term in effect on the day", () => {
    const at = (...dates: readonly string[]) =>
      lines([product(dates.map((date, index) => term(date, [["0", `${index + 1}`]])))]);
    expect(at("2026-10-01", "2026-12-01", "2026-11-01")).toEqual(["null USD Hrs 2026-12-01 0:2"]);
    expect(at("2026-12-02", "2026-10-01")).toEqual(["null USD Hrs 2026-10-01 0:2"]);
    expect(at("2026-12-02")).toEqual([]);
    expect(lines([product([])])).toEqual([]);
  });

  it.each<[string, readonly PricedTier[]]>([
    ["no tier", []],
    [
      "a tier without a price in the currency",
      [
        ["0", "1"],
        ["10", null],
      ],
    ],
    ["tiers that do not begin at 0", [["1", "1"]]],
    [
      "tiers of two units",
      [
        ["0", "1"],
        ["10", "2", "GB"],
      ],
    ],
    [
      "two tiers that begin alike",
      [
        ["0", "1"],
        ["10", "2"],
        ["10", "3"],
      ],
    ],
    ["a price that is no amount", [["0", "-1"]]],
    ["a beginning that is no amount", [["x", "1"]]],
  ])("are none with %s", (_name, tiers) => {
    expect(lines([product([term("2026-11-01", tiers)])])).toEqual([]);
  });

  it("are of each operation where they differ, and none where one operation has two", () => {
    const of = (operation: string, price: string) => product(flat(price), { operation });
    expect(lines([of("A", "1"), of("B", "1")])).toEqual(["null USD Hrs 2026-11-01 0:1"]);
    expect(lines([of("A", "1"), of("", "2")])).toEqual([
      "A USD Hrs 2026-11-01 0:1",
      "null USD Hrs 2026-11-01 0:2",
    ]);
    expect(lines([of("A", "1"), of("A", "2")])).toEqual([]);
    expect(lines([of("A", "1"), of("A", "1")])).toHaveLength(1);
  });

  it("are in yuan in China", () => {
    const both = product([term("2026-11-01", [["0", "7"]], "CNY")]);
    expect(lines([both], { ...usage, region: "cn-north-1" })).toEqual(["null CNY Hrs 2026-11-01 0:7"]);
    expect(lines([both])).toEqual([]);
  });
});

describe("whether a product is of a usage", () => {
  it.each([
    ["EUC1-NatGateway-Hours", "eu-central-1", "eu-central-1", true],
    ["EUC1-NatGateway-Hours", "eu-west-1", "eu-central-1", false],
    ["EUC1-Other-NatGateway-Hours", "eu-central-1", "eu-central-1", false],
    ["EUC1-USE1-NatGateway-Hours", "eu-central-1", "eu-central-1", false],
    ["NatGateway-Hours", "us-east-1", "us-east-1", true],
    ["NatGateway-Hours", "", "global", true],
    ["Global-NatGateway-Hours", "", "global", true],
    ["EU-NatGateway-Hours", "", "EU", true],
    ["US-NatGateway-Hours", "", "EU", false],
  ])("%s of %s is of %s: %s", (usagetype, regionCode, region, isOne) => {
    expect(ofUsage(product([], { usagetype, regionCode }), { ...usage, region })).toBe(isOne);
  });
});

describe("an amount of the price list", () => {
  it.each([
    ["9".repeat(20), true],
    [`0.${"1".repeat(24)}`, true],
    ["9".repeat(21), false],
    [`0.${"1".repeat(25)}`, false],
    ["", false],
    ["1e3", false],
    ["Inf", false],
  ])("%s is %s", (text, isOne) => expect(isDecimal(text)).toBe(isOne));
});
