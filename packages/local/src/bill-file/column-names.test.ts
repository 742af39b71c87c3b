import { describe, expect, it } from "vitest";
import { curName, focusName, slashName } from "./column-names.ts";
import { isNamed, pairName } from "./label-names.ts";

describe("column names", () => {
  it.each([
    ["lineItem/UnblendedCost", "line_item_unblended_cost"],
    ["line_item_unblended_cost", "line_item_unblended_cost"],
    ["savingsPlan/SavingsPlanARN", "savings_plan_savings_plan_a_r_n"],
    ["bill/PayerAccountId", "bill_payer_account_id"],
    ["product/usagetype", "product_usagetype"],
    ["resourceTags/user:Cost Center", "resource_tags_user_cost_center"],
  ])("a CUR's %s is %s to Athena", (name, athena) => {
    expect(curName(name)).toBe(athena);
  });

  it.each([
    ["line_item_unblended_cost", "lineItem/UnblendedCost"],
    ["bill_payer_account_id", "bill/PayerAccountId"],
    ["savings_plan_used_commitment", "savingsPlan/UsedCommitment"],
  ])("%s is %s in a legacy CUR", (name, legacy) => {
    expect(slashName(name)).toBe(legacy);
  });

  it("of FOCUS are the same in any case", () => {
    expect(focusName("x_UsageType")).toBe(focusName("X_USAGE_TYPE"));
  });
});

describe("names of tags", () => {
  it("are case-sensitive, except where a file has lowered them", () => {
    expect(isNamed({ name: "App", isLowered: false }, "app")).toBe(false);
    expect(isNamed({ name: "cost_center", isLowered: true }, "CostCenter")).toBe(true);
    expect(isNamed({ name: "cost_center", isLowered: false }, "CostCenter")).toBe(false);
  });

  it("of an account are found by their keys as well", () => {
    expect(isNamed(pairName("accountTag/App", true), "App")).toBe(true);
    expect(isNamed(pairName("accountTag/App", true), "app")).toBe(false);
  });

  it.each([
    ["user_cost_center", true, { name: "cost_center", isLowered: true }],
    ["user:App", false, { name: "App", isLowered: false }],
    ["resourceTags/user:App", false, { name: "App", isLowered: false }],
    ["resourceTags/user_cost_center", true, { name: "cost_center", isLowered: true }],
    ["accountTag/Team", false, { name: "accountTag/Team", isLowered: false }],
    ["aws:createdBy", false, { name: "aws:createdBy", isLowered: false }],
    ["application", false, { name: "application", isLowered: false }],
  ])("%s in a map", (key, areLowered, name) => {
    expect(pairName(key, areLowered)).toEqual(name);
  });
});
