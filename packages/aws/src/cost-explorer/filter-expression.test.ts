import { type CostMatch, type Dimension, dimensions } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { filterExpression } from "./filter-expression.ts";

const is = (by: Dimension, ...values: string[]): CostMatch => ({
  of: { by },
  match: "equals",
  caseSensitive: true,
  values,
});
const S3 = { Dimensions: { Key: "SERVICE", Values: ["Amazon Simple Storage Service"] } };
const s3 = is("service", "Amazon Simple Storage Service");

describe("a filter as an expression of Cost Explorer", () => {
  it("names every dimension as AWS does", () => {
    expect(dimensions.map((by) => filterExpression(is(by, "x")).Dimensions?.Key)).toEqual([
      "SERVICE",
      "USAGE_TYPE",
      "RECORD_TYPE",
      "LINKED_ACCOUNT",
      "REGION",
      "OPERATION",
      "AZ",
      "INSTANCE_TYPE",
      "LEGAL_ENTITY_NAME",
      "BILLING_ENTITY",
      "RESOURCE_ID",
    ]);
  });

  it("excludes charge types by Not", () => {
    expect(filterExpression({ not: is("chargeType", "Credit", "Refund") })).toEqual({
      Not: { Dimensions: { Key: "RECORD_TYPE", Values: ["Credit", "Refund"] } },
    });
  });

  it("joins two or more, and takes a list of one as that one: AWS refuses fewer than 2 operands", () => {
    const region = is("region", "eu-central-1");
    const Region = { Dimensions: { Key: "REGION", Values: ["eu-central-1"] } };
    expect(filterExpression({ and: [s3, region] })).toEqual({ And: [S3, Region] });
    expect(filterExpression({ or: [s3, region] })).toEqual({ Or: [S3, Region] });
    expect(filterExpression({ and: [{ or: [s3] }] })).toEqual(S3);
    expect(filterExpression({ not: { and: [{ not: s3 }] } })).toEqual({ Not: { Not: S3 } });
  });

  it("matches charges without a tag or category", () => {
    const absent = { match: "absent", caseSensitive: true, values: [] } as const;
    expect(filterExpression({ of: { by: "tag", key: "App" }, ...absent })).toEqual({
      Tags: { Key: "App", MatchOptions: ["ABSENT"] },
    });
    expect(filterExpression({ of: { by: "costCategory", name: "CostCenter" }, ...absent })).toEqual({
      CostCategories: { Key: "CostCenter", MatchOptions: ["ABSENT"] },
    });
  });

  it("names the match options only where they are not the default", () => {
    const tag = { of: { by: "tag", key: "App" }, values: ["web"] } as const;
    expect(filterExpression({ ...tag, match: "startsWith", caseSensitive: false })).toEqual({
      Tags: { Key: "App", Values: ["web"], MatchOptions: ["STARTS_WITH", "CASE_INSENSITIVE"] },
    });
    expect(filterExpression({ ...tag, match: "contains", caseSensitive: true })).toEqual({
      Tags: { Key: "App", Values: ["web"], MatchOptions: ["CONTAINS", "CASE_SENSITIVE"] },
    });
    expect(filterExpression({ ...tag, match: "endsWith", caseSensitive: true }).Tags?.MatchOptions).toEqual([
      "ENDS_WITH",
      "CASE_SENSITIVE",
    ]);
    expect(filterExpression({ ...tag, match: "equals", caseSensitive: false }).Tags?.MatchOptions).toEqual([
      "EQUALS",
      "CASE_INSENSITIVE",
    ]);
  });

  it("refuses an empty list of conditions or values", () => {
    expect(() => filterExpression({ and: [] })).toThrow(RangeError);
    expect(() => filterExpression({ not: { or: [] } })).toThrow(RangeError);
    expect(() => filterExpression(is("service"))).toThrow(RangeError);
  });
});
