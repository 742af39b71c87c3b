import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { divideHalfEven, parseMoney } from "../../money/index.ts";
import { parseQuantity } from "../../usage/index.ts";
import { observedPricing, type RateKey, type ServiceUsageRow } from "../index.ts";
import { billingRegion } from "./billing-region.ts";
import { priceListService } from "./price-list-service.ts";

const ONE = 10n ** 12n;

const aRow = (
  day: number,
  over: Partial<ServiceUsageRow> & { readonly paid?: string; readonly used?: string } = {},
) => ({
  day: `2026-11-${String(day).padStart(2, "0")}`,
  service: "EC2 - Other",
  usageType: "EUC1-NatGateway-Hours",
  cost: parseMoney(over.paid ?? "1.248", "USD"),
  quantity: parseQuantity(over.used ?? "24", "Hrs"),
  ...over,
});
const key: RateKey = {
  service: "AmazonEC2",
  usageFamily: "NatGateway-Hours",
  region: "eu-central-1",
  operation: null,
};
const days = (count: number, over: Parameters<typeof aRow>[1] = {}) =>
  Array.from({ length: count }, (_, at) => aRow(at + 1, over));

describe("an observed rate", () => {
  it("is cost ÷ quantity over the days, with their number and the last of them", () => {
    const rate = observedPricing(days(5)).rates.rateOf(key);
    expect(rate).toEqual({
      unit: "Hrs",
      tiers: [{ from: 0n, cost: parseMoney("6.24", "USD"), quantity: 120n * ONE }],
      origin: { kind: "observed", through: "2026-11-05", days: 5 },
    });
  });

  it("is not used with fewer than three days, or less than a cent", () => {
    expect(observedPricing(days(2)).rates.rateOf(key)).toBeNull();
    expect(observedPricing(days(5, { paid: "0.001" })).rates.rateOf(key)).toBeNull();
    expect(observedPricing(days(5, { paid: "0.002" })).rates.rateOf(key)).not.toBeNull();
  });

  it("ignores credits, days without a charge or a quantity, and other units", () => {
    const odd = [
      aRow(6, { paid: "-5" }),
      aRow(7, { paid: "0" }),
      aRow(8, { used: "-24" }),
      aRow(9, { quantity: null }),
    ];
    const rate = observedPricing([...odd, ...days(5)]).rates.rateOf(key);
    expect(rate?.tiers[0]).toEqual({ from: 0n, cost: parseMoney("6.24", "USD"), quantity: 120n * ONE });
    const mixed = [...days(4), aRow(5, { quantity: parseQuantity("1440", "Minutes") })];
    expect(observedPricing(mixed).rates.rateOf(key)).toBeNull();
  });

  it("is of its service and region alone", () => {
    const { rates } = observedPricing(days(5));
    expect(rates.rateOf({ ...key, region: "us-east-1" })).toBeNull();
    expect(rates.rateOf({ ...key, service: "AmazonVPC" })).toBeNull();
  });

  it("of us-east-1 has no code on the bill; neither has a service without regions", () => {
    const { rates } = observedPricing(days(5, { service: "Amazon Route 53", usageType: "HostedZone" }));
    const zone = { ...key, service: "AmazonRoute53", usageFamily: "HostedZone" };
    expect(rates.rateOf({ ...zone, region: "us-east-1" })).not.toBeNull();
    expect(rates.rateOf({ ...zone, region: "global" })).not.toBeNull();
    expect(rates.rateOf({ ...zone, region: "eu-west-1" })).toBeNull();
  });

  it("is not told apart by operation: only the plain one of an instance has it", () => {
    const service = "Amazon Elastic Compute Cloud - Compute";
    const { rates } = observedPricing(days(5, { service, usageType: "USE1-BoxUsage:m5.large" }));
    const box = { ...key, usageFamily: "BoxUsage:m5.large", region: "us-east-1" };
    expect(rates.rateOf({ ...box, operation: "RunInstances" })).not.toBeNull();
    expect(rates.rateOf({ ...box, operation: "RunInstances:0002" })).toBeNull();
  });

  it("reads RDS's short spelling of a size", () => {
    const service = "Amazon Relational Database Service";
    const { rates } = observedPricing(days(5, { service, usageType: "InstanceUsage:db.r5.2xl" }));
    const long = {
      service: "AmazonRDS",
      usageFamily: "InstanceUsage:db.r5.2xlarge",
      region: "us-east-1",
      operation: null,
    };
    expect(rates.rateOf(long)).not.toBeNull();
  });

  it("lies between the smallest and the largest price of its days", () => {
    const day = fc.record({
      cents: fc.bigInt({ min: 1n, max: 10n ** 6n }),
      hours: fc.bigInt({ min: 1n, max: 10n ** 4n }),
    });
    fc.assert(
      fc.property(fc.array(day, { minLength: 3, maxLength: 28 }), (all) => {
        const rows = all.map(({ cents, hours }, at) =>
          aRow(at + 1, {
            cost: { units: cents * 10n ** 10n, currency: "USD" },
            quantity: { units: hours * ONE, unit: "Hrs" },
          }),
        );
        const tier = observedPricing(rows).rates.rateOf(key)?.tiers[0];
        if (tier === undefined) throw new Error("There is a rate.");
        const prices = rows.map(({ cost, quantity }) =>
          divideHalfEven(cost.units * ONE, quantity?.units ?? 1n),
        );
        const rate = divideHalfEven(tier.cost.units * ONE, tier.quantity);
        expect(prices.some((price) => price <= rate + 1n)).toBe(true);
        expect(prices.some((price) => price >= rate - 1n)).toBe(true);
      }),
    );
  });
});

describe("the usage of comparable resources", () => {
  const bytes = { usageType: "EUC1-NatGateway-Bytes", quantity: parseQuantity("48", "GB") };
  const asked = {
    service: "AmazonEC2",
    region: "eu-central-1",
    usageFamily: "NatGateway-Bytes",
    unit: "GB",
    hoursFamily: "NatGateway-Hours",
  };

  it("is what was used for each hour of them", () => {
    const { comparable } = observedPricing([...days(5), ...days(5, bytes)]);
    expect(comparable.perHour(asked)).toEqual({ usage: 240n * ONE, hours: 120n * ONE });
  });

  it("counts usage that was free", () => {
    const { comparable } = observedPricing([...days(5), ...days(5, { ...bytes, paid: "0" })]);
    expect(comparable.perHour(asked)).toEqual({ usage: 240n * ONE, hours: 120n * ONE });
  });

  it("is not known with few days, without hours, or in another unit", () => {
    expect(observedPricing([...days(5), ...days(2, bytes)]).comparable.perHour(asked)).toBeNull();
    expect(observedPricing(days(5, bytes)).comparable.perHour(asked)).toBeNull();
    const { comparable } = observedPricing([...days(5), ...days(5, bytes)]);
    expect(comparable.perHour({ ...asked, unit: "Requests" })).toBeNull();
    expect(comparable.perHour({ ...asked, region: "eu-west-1" })).toBeNull();
  });
});

describe("a usage type's region", () => {
  it.each([
    [[], "us-east-1"],
    [["USE1"], "us-east-1"],
    [["EUC1"], "eu-central-1"],
    [["EU"], "eu-west-1"],
    [["APS3"], "ap-south-1"],
    [["ca-central-1"], "ca-central-1"],
    [["us-gov-west-1"], "us-gov-west-1"],
    [["Global"], "global"],
    [["LAX1"], null],
    [["us-west-2-lax-1a"], null],
    [["USE1", "EUC1"], null],
  ])("of the codes %j is %s", (codes, region) => {
    expect(billingRegion(codes)).toBe(region);
  });
});

describe("a service's code in the price list", () => {
  it.each([
    ["EC2 - Other", "AmazonEC2"],
    ["Amazon Elastic Compute Cloud - Compute", "AmazonEC2"],
    ["Amazon Virtual Private Cloud", "AmazonVPC"],
    ["Amazon Elastic Load Balancing", "AWSELB"],
    ["AmazonCloudWatch", "AmazonCloudWatch"],
    ["AWS Key Management Service", "awskms"],
    ["Amazon Simple Queue Service", "AWSQueueService"],
    ["Tax", null],
    ["A Marketplace product", null],
  ])("of %s is %s", (name, code) => {
    expect(priceListService(name)).toBe(code);
  });
});
