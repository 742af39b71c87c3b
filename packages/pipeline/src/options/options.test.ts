import { describe, expect, it } from "vitest";
import {
  collectionOptions,
  defaultConfig,
  fullDescription,
  type OptionTable,
  optionValues,
  variableOf,
} from "./index.ts";

const rounding = {
  type: "switch",
  flag: "round",
  input: "round_cost",
  default: false,
  description: "Round every cost.",
} as const;

describe("the options of a collection", () => {
  it("have the names that deployments and command lines use", () => {
    const names = Object.values(collectionOptions).map((option) => [
      option.flag,
      option.input,
      variableOf(option),
    ]);
    expect(names).toEqual([
      ["cost-category", "cost_category_name", "COST_CATEGORY_NAME"],
      ["tag-key", "tag_key", "TAG_KEY"],
      ["metric", "cost_metric", "COST_METRIC"],
      ["billing-view", "billing_view_arn", "BILLING_VIEW_ARN"],
      ["account", "linked_accounts", "LINKED_ACCOUNTS"],
      ["include-efs", "include_efs", "INCLUDE_EFS"],
      ["include-ebs", "include_ebs", "INCLUDE_EBS"],
      ["no-split", "split_charges", "SPLIT_CHARGES"],
    ]);
  });

  it("have the defaults of a deployment that decides nothing", () => {
    expect(defaultConfig).toEqual({
      costCategory: null,
      tagKey: "App",
      metric: "UnblendedCost",
      billingView: null,
      accounts: null,
      includeEfs: false,
      includeEbs: false,
      splitCharges: true,
    });
  });

  it("describe themselves in one sentence, with their choices and what happens without a value", () => {
    for (const option of Object.values<OptionTable[string]>(collectionOptions)) {
      expect(option.description).toMatch(/^[A-Z][^.]*\.$/);
    }
    expect(fullDescription(collectionOptions.costCategory)).toMatch(
      /\. Default: the first that the account has\.$/,
    );
    expect(fullDescription(collectionOptions.metric)).toMatch(
      /\. One of UnblendedCost, .*, NetAmortizedCost\.$/,
    );
    expect(fullDescription(collectionOptions.includeEfs)).toBe(collectionOptions.includeEfs.description);
  });

  it("pass their names to a reader of values, which gives one value to each", () => {
    const read = optionValues({ rounding }, (option, name) => `${option.flag}/${name}` as never);
    expect(read).toEqual({ rounding: "round/rounding" });
  });
});
