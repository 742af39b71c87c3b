import { describe, expect, it } from "vitest";
import type { SourceDescription } from "../source/index.ts";
import { plainFigures } from "./render/index.ts";
import { sentenceText } from "./sentence.ts";
import { sourceSentence } from "./source-sentence.ts";
import { aMonth, aSource as aws } from "./testing/index.ts";

const text = (source: SourceDescription | null) =>
  sentenceText(sourceSentence(aMonth({}, { source })), plainFigures, (name) => name);

describe("the sentence about what the figures were computed from", () => {
  it("names where the charges come from, the metric, the tag and the cost category", () => {
    expect(text(aws)).toBe(
      "Read from AWS Cost Explorer: UnblendedCost in USD, workloads by tag App, cost centers by cost category CostCenter.",
    );
    expect(text({ ...aws, kind: "CUR", costCategory: null })).toBe(
      "Read from an AWS Cost and Usage Report: UnblendedCost in USD, workloads by tag App, no cost category.",
    );
  });

  it("names the provider of a FOCUS bill, and AWS nowhere where it is another one", () => {
    const other = text({ ...aws, kind: "FOCUS", provider: "Microsoft", costCategory: null });
    expect(other).toBe(
      "Read from a FOCUS bill of Microsoft: UnblendedCost in USD, workloads by tag App, no cost category.",
    );
  });

  it("names the billing view and the accounts that were chosen", () => {
    expect(text({ ...aws, billingView: "arn:aws:billing::1:billingview/x", accounts: "1,2" })).toContain(
      "Read from AWS Cost Explorer, billing view arn:aws:billing::1:billingview/x, accounts 1, 2: UnblendedCost",
    );
  });

  it("names metric and currency where a month was published without its source", () => {
    expect(text(null)).toBe("Read as UnblendedCost in USD.");
  });
});
