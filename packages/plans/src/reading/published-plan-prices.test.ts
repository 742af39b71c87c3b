import { moneyText } from "@dapanoskop/core/money";
import type { Daily, DatasetReader, IndexDocument } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { publishedPlanPrices } from "./published-plan-prices.ts";

const index = { periods: ["2026-11"] } as unknown as IndexDocument;
const gateway = {
  service: "AmazonEC2",
  usageFamily: "NatGateway-Hours",
  region: "us-east-1",
  operation: null,
};

const aReader = (daily: Daily | null) =>
  ({
    daily: async () => daily,
    serviceColumns: async () => null,
    figures: async () => null,
  }) as unknown as DatasetReader;

describe("the prices of plans", () => {
  it("are list prices in dollars where nothing is published", async () => {
    const { pricing } = await publishedPlanPrices(null, { region: "us-east-1" });
    expect(pricing).toMatchObject({ currency: "USD", region: "us-east-1", usage: null, comparable: null });
    expect(pricing.rates.observed).toBeNull();
    expect(moneyText(pricing.rates.list?.rateOf(gateway)?.tiers[0].cost ?? { units: 0n, currency: "" })).toBe(
      "0.045",
    );
  });

  it("are list prices where no day or no usage type is published", async () => {
    for (const daily of [null, { currency: "EUR", complete_through: "2026-11-03" } as Daily]) {
      const { pricing } = await publishedPlanPrices({ reader: aReader(daily), index }, { region: null });
      expect([pricing.rates.observed, pricing.currency]).toEqual([null, "USD"]);
    }
  });
});
