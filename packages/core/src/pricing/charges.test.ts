import { describe, expect, it } from "vitest";
import type { ResourceCharge, UsageQuantity } from "./resource-type.ts";
import { isSameCharge } from "./same-charge.ts";
import { rdsOperation } from "./types/rds-engine.ts";

const key = { service: "AmazonEC2", usageFamily: "BoxUsage", operation: null, region: "us-east-1" };
const fixed = { kind: "fixed", expected: 2n, low: 1n, high: 3n } as const;
const used: UsageQuantity = {
  kind: "usage",
  usageKeys: ["requests", "seconds"],
  times: { numerator: 2n, denominator: 3n },
  hoursFamily: null,
  range: { low: 1n, high: 3n },
  isIncluded: false,
};
const charge = (own: Partial<ResourceCharge> = {}): ResourceCharge => ({
  name: "Instance",
  key,
  unit: "Hrs",
  quantity: fixed,
  isOneTime: false,
  ...own,
});

describe("two charges", () => {
  it("are the same whatever their names are", () => {
    expect(isSameCharge(charge(), charge({ name: "Other" }))).toBe(true);
    expect(
      isSameCharge(
        charge({ quantity: used }),
        charge({ quantity: { ...used, range: { low: 1n, high: 3n } } }),
      ),
    ).toBe(true);
    const open = { ...used, range: null };
    expect(isSameCharge(charge({ quantity: open }), charge({ quantity: { ...open } }))).toBe(true);
  });

  it.each<[string, Partial<ResourceCharge>, Partial<ResourceCharge>?]>([
    ["service", { key: { ...key, service: "AmazonS3" } }],
    ["family", { key: { ...key, usageFamily: "SpotUsage" } }],
    ["operation", { key: { ...key, operation: "RunInstances" } }],
    ["region", { key: { ...key, region: "eu-central-1" } }],
    ["unit", { unit: "GB" }],
    ["time", { isOneTime: true }],
    ["expected quantity", { quantity: { ...fixed, expected: 3n } }],
    ["lowest quantity", { quantity: { ...fixed, low: 0n } }],
    ["highest quantity", { quantity: { ...fixed, high: 4n } }],
    ["kind of quantity", { quantity: used }],
    ["number of usage keys", { quantity: { ...used, usageKeys: ["requests"] } }, { quantity: used }],
    ["usage keys", { quantity: { ...used, usageKeys: ["requests", "hours"] } }, { quantity: used }],
    ["factor", { quantity: { ...used, times: { numerator: 1n, denominator: 3n } } }, { quantity: used }],
    ["divisor", { quantity: { ...used, times: { numerator: 2n, denominator: 1n } } }, { quantity: used }],
    ["range", { quantity: { ...used, range: null } }, { quantity: used }],
    ["least of the range", { quantity: { ...used, range: { low: 0n, high: 3n } } }, { quantity: used }],
    ["most of the range", { quantity: { ...used, range: { low: 1n, high: 9n } } }, { quantity: used }],
  ])("of another %s are not the same", (_name, own, of = {}) => {
    expect(isSameCharge(charge(of), charge(own))).toBe(false);
    expect(isSameCharge(charge(own), charge(of))).toBe(false);
  });
});

describe("the operation of a database engine", () => {
  it.each([
    ["mysql", null, "0002"],
    ["postgres", null, "0014"],
    ["mariadb", "general-public-license", "0018"],
    ["aurora", null, "0016"],
    ["aurora-mysql", null, "0016"],
    ["aurora-postgresql", null, "0021"],
    ["oracle-se1", "bring-your-own-license", "0003"],
    ["oracle-se", "bring-your-own-license", "0004"],
    ["oracle-ee", null, "0005"],
    ["oracle-ee-cdb", null, "0005"],
    ["oracle-se1", null, "0006"],
    ["oracle-se2", "bring-your-own-license", "0019"],
    ["oracle-se2-cdb", "bring-your-own-license", "0019"],
    ["oracle-se2", null, "0020"],
    ["oracle-se2-cdb", "license-included", "0020"],
    ["sqlserver-ex", null, "0010"],
    ["sqlserver-web", null, "0011"],
    ["sqlserver-se", null, "0012"],
    ["sqlserver-ee", "license-included", "0015"],
  ])("%s with the license %s is CreateDBInstance:%s", (engine, license, operation) => {
    expect(rdsOperation(engine, license)).toBe(`CreateDBInstance:${operation}`);
  });

  it.each(["toString", "sqlserver", "x".repeat(61)])("is not known of another engine: %s", (engine) => {
    expect(() => rdsOperation(engine, null)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`is ${engine.slice(0, 60)}, which has no price model`),
      }),
    );
  });
});
