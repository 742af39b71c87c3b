import { describe, expect, it } from "vitest";
import { answers, refuses } from "../testing/scripted-endpoint.ts";
import { scripted } from "../testing/scripted-source.ts";
import { everything, requestScope, scopeMembers } from "./request-scope.ts";

const february = { start: "2026-02-01", end: "2026-03-01" };
const VIEW = "arn:aws:billing::111122223333:billingview/custom-7f1e";
const scope = requestScope(VIEW, "444455556666,111122223333");
const accounts = { Dimensions: { Key: "LINKED_ACCOUNT", Values: ["111122223333", "444455556666"] } };

describe("the part of the bill that is read", () => {
  it("stands in every request that takes it", async () => {
    const cost = { Total: { UnblendedCost: { Amount: "0", Unit: "USD" }, UsageQuantity: { Amount: "0" } } };
    const { source, requests } = await scripted(
      [
        answers({
          ResultsByTime: [
            { TimePeriod: { Start: "2026-02-01", End: "2026-03-01" }, Estimated: false, Groups: [], ...cost },
          ],
        }),
        answers({ Total: { Amount: "0", Unit: "USD" }, ForecastResultsByTime: [] }),
        answers({ CostCategoryNames: ["A"] }),
        answers({ Tags: ["App"] }),
      ],
      { scope },
    );
    await source.query({ window: february, granularity: "MONTHLY", metric: "UnblendedCost", groupBy: [] });
    await source.forecast({ window: february, metric: "UnblendedCost" });
    await source.costCategories(february);
    await source.tagKeys?.(february);
    expect(requests.map(({ operation }) => operation)).toEqual([
      "GetCostAndUsage",
      "GetCostForecast",
      "GetCostCategories",
      "GetTags",
    ]);
    for (const { body } of requests) expect(body).toMatchObject({ BillingViewArn: VIEW, Filter: accounts });
  });

  it("is joined to the filter of a query", () => {
    const own = { Dimensions: { Key: "SERVICE", Values: ["Amazon S3"] } } as const;
    const filter = { Dimensions: { ...own.Dimensions, Values: ["Amazon S3"] } };
    expect(scopeMembers(scope, filter)).toEqual({
      BillingViewArn: VIEW,
      Filter: { And: [accounts, filter] },
    });
    expect(scopeMembers(everything, filter)).toEqual({ Filter: filter });
    expect(scopeMembers(everything)).toEqual({});
  });

  it("is refused in a sentence before it costs a request", () => {
    expect(() => requestScope("primary", null)).toThrow(
      'The billing view "primary" must read like arn:aws:billing::111122223333:billingview/primary.',
    );
    expect(() => requestScope(null, "111122223333, 1")).toThrow(
      'The account " 1" must have twelve digits. Separate several accounts by commas.',
    );
    expect(requestScope("arn:aws-cn:billing::111122223333:billingview/primary", null).accounts).toEqual([]);
  });

  it("is named where the view does not exist, or is not healthy", async () => {
    const { source } = await scripted(
      [
        refuses("ResourceNotFoundException", "The specified billing view was not found."),
        refuses("BillingViewHealthStatusException", "UPDATING"),
      ],
      { scope },
    );
    await expect(source.costCategories(february)).rejects.toMatchObject({
      failure: "validation",
      message: expect.stringContaining(
        "there is no such billing view, or it is not shared with this account.",
      ),
    });
    await expect(source.costCategories(february)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringContaining("the billing view is not healthy at the moment. Run again later."),
    });
  });
});
