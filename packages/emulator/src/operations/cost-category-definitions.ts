import { createHash } from "node:crypto";
import type { SplitCharge } from "@dapanoskop/core/source";
import { historyWindow, type VisibleBill } from "../emulated-bill.ts";
import { ACCOUNT } from "../faults/refusals.ts";
import { AwsError, missing } from "../protocol/aws-error.ts";
import type { Json } from "../protocol/json.ts";
import { parseMaxResults } from "./listings.ts";
import type { Operation } from "./operation.ts";

/** Cost Explorer's own maximum. */
const MOST_RESULTS = 100;

export const listCostCategoryDefinitions: Operation = async (request, { bill, position, tokenFor }) => {
  const names = await bill.costCategoryDefinitions();
  const most = parseMaxResults(request, MOST_RESULTS) ?? MOST_RESULTS;
  const next = position.offset + most;
  const page = names.slice(position.offset, next);
  const references: Json[] = [];
  for (const name of page) {
    const values = await valuesOf(name, bill);
    references.push({ ...head(name, bill), NumberOfRules: values.length, Values: values });
  }
  return {
    body: {
      CostCategoryReferences: references,
      ...(next < names.length
        ? { NextToken: tokenFor({ offset: next, page: position.page + 1, salt: 0 }) }
        : {}),
    },
    entries: page.length,
  };
};

export const describeCostCategoryDefinition: Operation = async (request, { bill }) => {
  const arn = request.text("CostCategoryArn");
  if (arn === null) throw missing("costCategoryArn");
  const name = (await bill.costCategoryDefinitions()).find((defined) => arnOf(defined) === arn);
  if (name === undefined) {
    const id = arn.slice(arn.lastIndexOf("/") + 1, arn.length).slice(0, 100);
    throw new AwsError("ResourceNotFoundException", `No Cost Category exists with ID '${id}'`);
  }
  const values = await valuesOf(name, bill);
  const splits = (await bill.splitCharges(name)) ?? [];
  return {
    body: {
      CostCategory: {
        ...head(name, bill),
        RuleVersion: "CostCategoryExpression.v1",
        // A bill contains the values that the rules assigned, not the rules, so the rule of each value names the value.
        Rules: values.map((value) => ({
          Value: value,
          Type: "REGULAR",
          Rule: { CostCategories: { Key: name, Values: [value], MatchOptions: ["EQUALS"] } },
        })),
        ...(splits.length === 0 ? {} : { SplitChargeRules: splits.map(ruleOf) }),
      },
    },
    entries: null,
  };
};

/** An ARN that depends on the name alone, so that a test can contain it. */
function arnOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  const id = [8, 12, 16, 20, 32].map((end, at, ends) => hex.slice(ends[at - 1] ?? 0, end)).join("-");
  return `arn:aws:ce::${ACCOUNT}:costcategory/${id}`;
}

const head = (name: string, { at }: VisibleBill) => ({
  CostCategoryArn: arnOf(name),
  Name: name,
  EffectiveStart: `${historyWindow(at).start}T00:00:00Z`,
  ProcessingStatus: [{ Component: "COST_EXPLORER", Status: "APPLIED" }],
});

async function valuesOf(name: string, bill: VisibleBill): Promise<readonly string[]> {
  const { rows } = await bill.query({
    window: historyWindow(bill.at),
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [{ by: "costCategory", name }],
  });
  return [...new Set(rows.flatMap(({ keys }) => keys[0] ?? []))].sort();
}

/** A split charge rule in AWS's format; uncategorized spend is the empty value. */
function ruleOf({ source, targets, method }: SplitCharge): Json {
  const rule = { Source: source ?? "", Targets: targets, Method: method.kind.toUpperCase() };
  return method.kind === "fixed"
    ? { ...rule, Parameters: [{ Type: "ALLOCATION_PERCENTAGES", Values: method.percentages }] }
    : rule;
}
