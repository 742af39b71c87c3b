import { describe, expect, it } from "vitest";
import { type JsonValue, parseUsageFile, UsageFileError } from "./index.ts";

const ONE = 10n ** 12n;
const gateway = (address: string) => ({ type: "aws_nat_gateway", address });
const KEY = "monthly_data_processed_gb";

describe("a usage file", () => {
  const file = parseUsageFile({
    version: 0.1,
    resource_usage: {
      "aws_nat_gateway.main": { [KEY]: 100 },
      "module.web.*": { [KEY]: 20 },
      "module.web.aws_nat_gateway.big*": { [KEY]: [200, 400.5] },
      'module.a["*"].aws_nat_gateway.x': { [KEY]: 7 },
    },
    resource_type_default_usage: { aws_nat_gateway: { [KEY]: 5 } },
  });

  it.each([
    ["aws_nat_gateway.main", 100n],
    ["module.web.aws_nat_gateway.small[0]", 20n],
    ['module.a["k.v"].aws_nat_gateway.x', 7n],
    ["aws_nat_gateway.other", 5n],
    ["module.webx", 5n],
  ])("gives %s its own value, else the one of a wildcard, else of its type", (address, value) => {
    expect(file.of(gateway(address), KEY)).toEqual({ low: value * ONE, high: value * ONE });
  });

  it("prefers the longest wildcard, and reads a range", () => {
    expect(file.of(gateway("module.web.aws_nat_gateway.big[0]"), KEY)).toEqual({
      low: 200n * ONE,
      high: (801n * ONE) / 2n,
    });
  });

  it("prefers the first by text of two wildcards of one length", () => {
    const tied = (names: readonly string[]) =>
      parseUsageFile({ resource_usage: Object.fromEntries(names.map((name, at) => [name, { [KEY]: at }])) });
    for (const names of [
      ["m*x", "*ix"],
      ["*ix", "m*x"],
    ]) {
      const expected = BigInt(names.indexOf("*ix")) * ONE;
      expect(tied(names).of(gateway("mix"), KEY)).toEqual({ low: expected, high: expected });
    }
  });

  it("says nothing about other keys and types", () => {
    expect(file.of(gateway("aws_nat_gateway.main"), "monthly_requests")).toBeNull();
    expect(file.of({ type: "aws_lb", address: "aws_lb.main" }, KEY)).toBeNull();
    expect(parseUsageFile({}).of(gateway("a"), KEY)).toBeNull();
  });

  it("has keys within keys, by one level", () => {
    const bucket = { type: "aws_s3_bucket", address: "aws_s3_bucket.logs" };
    const nested = parseUsageFile({ resource_usage: { "aws_s3_bucket.*": { standard: { storage_gb: 3 } } } });
    expect(nested.of(bucket, "standard.storage_gb")).toEqual({ low: 3n * ONE, high: 3n * ONE });
    const deep = () => parseUsageFile({ resource_usage: { a: { b: { c: { d: 1 } } } } });
    expect(deep).toThrow("resource_usage: a: b: c must be a number that is not negative");
  });

  it("gives 0 where it says 0", () => {
    const zero = parseUsageFile({ resource_usage: { a: { [KEY]: 0 } } });
    expect(zero.of(gateway("a"), KEY)).toEqual({ low: 0n, high: 0n });
  });

  it.each<[JsonValue, string]>([
    [null, "The usage file must be a mapping of names to values."],
    [
      { resources: {} },
      'The usage file has no field "resources": give resource_usage, or resource_type_default_usage.',
    ],
    [{ resource_usage: [] }, "resource_usage must be a mapping of names to values."],
    [{ resource_usage: { a: 3 } }, "resource_usage: a must be a mapping of names to values."],
    [
      { resource_usage: { a: { b: true } } },
      "resource_usage: a: b must be a number that is not negative, or a range such as [10, 20].",
    ],
    [
      { resource_usage: { a: { b: ["1", "2"] } } },
      "resource_usage: a: b must be a number that is not negative, or a range such as [10, 20].",
    ],
    [
      { resource_usage: { a: { b: -3 } } },
      "resource_usage: a: b must be a number that is not negative, or a range such as [10, 20].",
    ],
    [
      { resource_usage: { a: { b: [20, 10] } } },
      "resource_usage: a: b must be a number that is not negative, or a range such as [10, 20].",
    ],
    [
      { resource_usage: { a: { b: [1, 2, 3] } } },
      "resource_usage: a: b must be a number that is not negative, or a range such as [10, 20].",
    ],
    [
      { resource_usage: { a: { b: Number.POSITIVE_INFINITY } } },
      "resource_usage: a: b must be a number that is not negative, or a range such as [10, 20].",
    ],
  ])("refuses %j with a sentence", (content, message) => {
    expect(() => parseUsageFile(content)).toThrow(new UsageFileError(message));
  });

  it("has texts for other tools, and refuses one only where a resource asks for it", () => {
    const other = parseUsageFile({
      resource_usage: {
        a: { reserved_instance_term: "1_year", operating_system: { name: "linux" }, [KEY]: "3" },
      },
    });
    expect(other.of(gateway("a"), "monthly_requests")).toBeNull();
    expect(() => other.of(gateway("a"), KEY)).toThrow(
      new UsageFileError(
        `resource_usage: a: ${KEY} must be a number that is not negative, or a range such as [10, 20].`,
      ),
    );
  });

  it("names what no resource asked for, by its place", () => {
    const misspelt = parseUsageFile({
      resource_usage: {
        "aws_nat_gateway.*": { [KEY]: 1, monthly_data_procesed_gb: 2 },
        "aws_nat_gateway.main": { [KEY]: 3 },
        "aws_s3_bucket.b": { standard: { storage_gb: 4 } },
      },
      resource_type_default_usage: { aws_nat_gateway: { [KEY]: 5 } },
    });
    misspelt.of(gateway("aws_nat_gateway.other"), KEY);
    misspelt.of({ type: "aws_lb", address: "aws_lb.a" }, "monthly_data_procesed_gb");
    expect(misspelt.unread()).toEqual([
      "resource_usage: aws_nat_gateway.*: monthly_data_procesed_gb",
      `resource_usage: aws_nat_gateway.main: ${KEY}`,
      "resource_usage: aws_s3_bucket.b: standard: storage_gb",
      `resource_type_default_usage: aws_nat_gateway: ${KEY}`,
    ]);
  });
});
