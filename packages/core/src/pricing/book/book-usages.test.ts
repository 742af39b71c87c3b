import { describe, expect, it } from "vitest";
import type { Rate } from "../index.ts";
import { bookUnits, bookUsages, firstRate } from "./index.ts";

const nat = { service: "AmazonEC2", usageFamily: "NatGateway-Hours" };

describe("what prices are asked for", () => {
  it("is each usage of the shipped book once for each region", () => {
    const usages = bookUsages(["eu-central-1", "eu-west-1"]);
    const ofNat = usages.filter(({ usageFamily }) => usageFamily === nat.usageFamily);
    expect(ofNat).toEqual([
      { ...nat, region: "eu-central-1" },
      { ...nat, region: "eu-west-1" },
    ]);
    expect(new Set(usages.map((usage) => JSON.stringify(usage))).size).toBe(usages.length);
  });

  it("is once what has no region, and what CloudFront bills by area", () => {
    const usages = bookUsages(["eu-central-1", "eu-west-1"]);
    const regions = (family: string) =>
      usages.filter(({ usageFamily }) => usageFamily === family).map(({ region }) => region);
    expect(regions("HostedZone")).toEqual(["global"]);
    expect(regions("Requests-Tier2-HTTPS")).toEqual(["US", "EU"]);
  });

  it("has the unit that resource types count in", () => {
    expect(bookUnits(nat)).toEqual(new Set(["hrs"]));
    expect(bookUnits({ service: "AmazonEC2", usageFamily: "Unheard" })).toEqual(new Set());
  });
});

describe("several rate sources", () => {
  it("answer in their order", () => {
    const rate = (unit: string): Rate => ({
      unit,
      tiers: [{ from: 0n, cost: { units: 1n, currency: "USD" }, quantity: 1n }],
      origin: { kind: "list", bookDate: "2026-01-01", source: "a test" },
    });
    const key = { ...nat, region: "us-east-1", operation: null };
    const none = { rateOf: () => null };
    const of = (unit: string) => ({ rateOf: () => rate(unit) });
    expect(firstRate(none, of("a"), of("b")).rateOf(key)?.unit).toBe("a");
    expect(firstRate(none, none).rateOf(key)).toBeNull();
  });
});
