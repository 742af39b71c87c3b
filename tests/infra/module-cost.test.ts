import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type JsonValue,
  type PricedResource,
  parseUsageFile,
} from "../../packages/core/src/pricing/index.ts";
import { evaluate } from "../../packages/terraform/src/evaluate.ts";
import type { PriceName } from "../../packages/terraform/src/module/price-list.ts";
import { priceLines } from "../../packages/terraform/src/module/prices.ts";
import { type ModulePlans, modulePlans } from "./support/module-plans.ts";
import { moduleUsage } from "./support/module-usage.ts";
import { pricedChanges, pricedPlan, withoutPrice } from "./support/priced-plan.ts";
import { least, synthesis } from "./support/the-system.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

const inputs = {
  ...least,
  alarm_email: "finops@example.com",
  report_recipients: ["finance@example.com"],
  report_sender: "costs@example.com",
};

const { resources: evaluated } = evaluate(synthesis, { inputs });

const timeoutOf = (name: string) =>
  Number(evaluated.find((one) => one.type === "aws_lambda_function" && one.name === name)?.args.timeout);
const usage = parseUsageFile(moduleUsage({ collect: timeoutOf("collect"), report: timeoutOf("report") }));

/** In dollars: the parts with a name, of the resources of a type. */
const costOf = (resources: readonly PricedResource[], type: string, ...names: readonly string[]) =>
  resources
    .filter((one) => one.type === type)
    .flatMap(({ parts }) => parts)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .reduce((sum, { after }) => sum + Number(after?.cost?.expected.units ?? Number.NaN) / 1e12, 0);

/** The lines of the README's table that a resource type is charged for: the engine's parts, and the lines. */
const LINES: readonly (readonly [type: string, parts: readonly string[], lines: readonly PriceName[]])[] = [
  ["aws_kms_key", ["Key"], ["key"]],
  ["aws_lambda_function", ["Duration"], ["lambdaTime"]],
  ["aws_lambda_function", ["Requests"], ["lambdaRequest"]],
  ["aws_s3_bucket", ["Storage"], ["stored"]],
  ["aws_s3_bucket", ["Requests that write or list"], ["put"]],
  ["aws_s3_bucket", ["Requests that read"], ["get"]],
  ["aws_cloudfront_distribution", ["Data to viewers, Europe"], ["cdnTraffic"]],
  ["aws_cloudfront_distribution", ["HTTPS requests, Europe"], ["cdnRequest"]],
  ["aws_cloudwatch_dashboard", [], ["dashboard"]],
  ["aws_cloudwatch_metric_alarm", [], ["alarm"]],
  ["aws_sqs_queue", [], ["queue"]],
];

const expectLines = (resources: readonly PricedResource[]) => {
  const lines = priceLines(synthesis, inputs);
  for (const [type, parts, names] of LINES) {
    const expected = lines
      .filter(({ name }) => names.includes(name))
      .reduce((sum, { quantity, price }) => sum + (quantity / price.per) * price.usd, 0);
    expect(costOf(resources, type, ...parts), `${type} ${parts.join(", ")}`).toBeCloseTo(expected, 9);
  }
};

describe("the module's cost by the engine that prices plans", () => {
  it("is that of the README's table, line by line", () => {
    const resources = pricedChanges(
      evaluated
        .filter(({ mode }) => mode === "resource")
        .map(({ address, type, args }) => ({
          ...{
            address,
            type,
            deposed: null,
            mode: "managed" as const,
            region: null,
            action: "create" as const,
          },
          ...{ before: null, after: args as { readonly [name: string]: JsonValue }, afterUnknown: {} },
        })),
      usage,
    );
    expectLines(resources);
  });
});

const tools = findTools();
const missing = toolsMissing(tools);

describe.skipIf(missing !== null)(`a real plan of the module. ${missing ?? ""}`, () => {
  let plans: ModulePlans;
  beforeAll(async () => {
    plans = await modulePlans(tools);
  });
  afterAll(() => plans?.remove());

  it("has a price for every resource, and the README's table", { timeout: 240_000 }, async () => {
    const resources = await pricedPlan(await plans.plan(inputs), usage);
    expect(withoutPrice(resources)).toEqual([]);
    expectLines(resources);
  });
});
