import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { aFolder } from "./testing/a-folder.ts";
import { dapanoskop } from "./testing/run-command.ts";

const MANAGED = "i-0123456789abcdef0";
const UNMANAGED = "i-0fedcba9876543210";

/** A charge by resource id, `""` for none, and amount. */
type BillLine = readonly [id: string, amount: string];

const LINES: readonly BillLine[] = [
  [MANAGED, "60.1"],
  [UNMANAGED, "30.05"],
  ["", "10"],
];

const cur = (lines: readonly BillLine[]) =>
  [
    "identity/LineItemId,lineItem/UsageStartDate,lineItem/UnblendedCost,lineItem/LineItemType,lineItem/UsageType,lineItem/CurrencyCode,lineItem/ProductCode,lineItem/ResourceId",
    ...lines.map(
      ([id, cost], at) => `l${at},2026-01-05T00:00:00Z,${cost},Usage,BoxUsage:t3.micro,USD,AmazonEC2,${id}`,
    ),
  ].join("\n");

const cur2 = (lines: readonly BillLine[]) =>
  [
    "identity_line_item_id,bill_payer_account_name,line_item_usage_start_date,line_item_unblended_cost,line_item_line_item_type,line_item_usage_type,line_item_currency_code,line_item_product_code,line_item_resource_id",
    ...lines.map(
      ([id, cost], at) =>
        `l${at},me,2026-01-05T00:00:00Z,${cost},Usage,BoxUsage:t3.micro,USD,AmazonEC2,${id}`,
    ),
  ].join("\n");

const focus = (lines: readonly BillLine[]) =>
  [
    "ChargePeriodStart,BilledCost,ChargeCategory,ServiceName,BillingCurrency,ProviderName,ResourceId",
    ...lines.map(([id, cost]) => `2026-01-05T00:00:00Z,${cost},Usage,Amazon EC2,USD,AWS,${id}`),
  ].join("\n");

const state = {
  format_version: "1.0",
  values: {
    root_module: {
      resources: [
        {
          address: "aws_instance.web",
          mode: "managed",
          type: "aws_instance",
          values: { id: MANAGED, user_data: "a secret" },
        },
      ],
    },
  },
};

async function files(bill: string) {
  const folder = await aFolder();
  await mkdir(folder, { recursive: true });
  writeFileSync(join(folder, "bill.csv"), bill);
  writeFileSync(join(folder, "state.json"), JSON.stringify(state));
  return { bill: join(folder, "bill.csv"), managed: join(folder, "state.json") };
}

describe("dapanoskop coverage", () => {
  it.each([
    ["a CUR", cur],
    ["CUR 2.0", cur2],
    ["FOCUS", focus],
  ])("joins the resources of %s with a state, exactly", async (_, write) => {
    const { bill, managed } = await files(write(LINES));
    const { code, out } = await dapanoskop([
      "coverage",
      "--bill",
      bill,
      "--managed",
      managed,
      "--format",
      "json",
    ]);
    expect(code).toBe(0);
    expect(out).not.toContain("secret");
    expect(JSON.parse(out)).toMatchObject({
      currency: "USD",
      total: "100.15",
      managed: "60.1",
      unmanaged: "30.05",
      unattributable: "10",
      percent: "66.7",
      managed_resources: 1,
      charged_managed_resources: 1,
      resources: [{ resource_id: UNMANAGED, cost: "30.05" }],
    });
  });

  it("shows parts that add up to the total", async () => {
    const { bill, managed } = await files(focus(LINES));
    const { out } = await dapanoskop(["coverage", "--bill", bill, "--managed", managed]);
    expect(out).toMatch(
      /Managed +\$60\.10\n +Unmanaged +\$30\.05\n +Names no resource +\$10\.00\n +Total +\$100\.15\n/,
    );
    expect(out).toContain("66.7 %");
    expect(out).toMatch(new RegExp(`UNMANAGED RESOURCES +cost\\n {2}${UNMANAGED} +\\$30\\.05`));
  });

  it("counts the charges of one month", async () => {
    const { bill, managed } = await files(focus(LINES));
    const month = (name: string) =>
      dapanoskop(["coverage", "--bill", bill, "--managed", managed, "--month", name]);
    expect((await month("2026-01")).out).toContain("$100.15");
    const none = await month("2026-02");
    expect([none.code, none.err]).toEqual([
      1,
      expect.stringContaining("The bill has no charge from 2026-02-01"),
    ]);
  });

  it("refuses a bill without resources, a file that is no state, and a call without a bill", async () => {
    const { bill, managed } = await files(focus([["", "1"]]));
    const without = await dapanoskop(["coverage", "--bill", bill, "--managed", managed]);
    expect([without.code, without.err]).toEqual([1, expect.stringContaining("The bill names no resources.")]);
    const wrong = await dapanoskop(["coverage", "--bill", bill, "--managed", bill]);
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("This is not valid JSON")]);
    expect((await dapanoskop(["coverage", "--managed", managed])).code).toBe(2);
  });
});
