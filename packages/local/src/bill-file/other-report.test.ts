import { mkdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, parquetOf } from "./testing/files.ts";
import { focusRow, legacyRow } from "./testing/spellings.ts";

const files = billFolder();

const refusal = async (path: string) =>
  files.open(path).then(
    () => "opened",
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );

const reports: readonly (readonly [string, string, RegExp])[] = [
  [
    "Cost Explorer's download by service",
    "Service,EC2-Instances($),Total costs($)\nService total,2,2\n2026-02-01,2,2\n",
    /is a download of Cost Explorer from the AWS console: .*Use a Data Export \(CUR 2\.0 or FOCUS\), or leave out --bill/,
  ],
  [
    "Cost Explorer's download in another currency",
    '"Linked account","111122223333 (¥)","Total cost (CNY)"\n2026-02-01,2,2\n',
    /is a download of Cost Explorer/,
  ],
  [
    "Oracle's cost report",
    "lineItem/referenceNo,lineItem/tenantId,lineItem/intervalUsageStart,product/service,usage/billedQuantity,cost/myCost,cost/currencyCode\na,b,2026-02-01T00:00Z,COMPUTE,1,2,USD\n",
    /Oracle's own format\. Use the FOCUS report, .*--provider Oracle/,
  ],
  [
    "Oracle's usage report, as a database spells it",
    "line_item_reference_no,line_item_tenant_id,usage_billed_quantity\na,b,1\n",
    /Oracle's own format/,
  ],
  [
    "Google's export, saved as CSV",
    "billing_account_id,service.id,service.description,sku.id,usage_start_time,cost,currency\na,b,c,d,2026-02-01,1,USD\n",
    /Google Cloud's own format\. Use Google's FOCUS view/,
  ],
  [
    "Google's cost table",
    "Billing account name,Project ID,Service description,SKU description,Cost ($)\na,b,c,d,1\n",
    /Google Cloud's own format/,
  ],
  [
    "Azure's export for an enterprise agreement",
    "InvoiceSectionName,SubscriptionId,Date,MeterCategory,MeterId,CostInBillingCurrency,BillingCurrencyCode\na,b,02/01/2026,Storage,c,1,EUR\n",
    /Azure's own format\. Export "Cost and usage details \(FOCUS\)"/,
  ],
  [
    "Azure's export for a customer agreement",
    "invoiceId,meterCategory,meterName,costInPricingCurrency\na,b,c,1\n",
    /Azure's own format/,
  ],
  [
    "AWS's detailed billing report",
    "InvoiceID,PayerAccountId,LinkedAccountId,RecordType,RecordId,ProductName,UnBlendedCost\n1,2,3,LineItem,4,Amazon S3,1\n",
    /a billing report of AWS as it was before Cost and Usage Reports/,
  ],
  [
    "FOCUS's billing periods",
    "BillingPeriodCreated,BillingPeriodEnd,BillingPeriodLastUpdated,BillingPeriodStart,BillingPeriodStatus,InvoiceIssuerName\na,b,c,d,Open,AWS\n",
    /FOCUS's Billing Period dataset, which says which billing periods are open or closed\. Use the Cost and Usage dataset\./,
  ],
  [
    "FOCUS's contracts",
    "BillingCurrency,ContractCommitmentCategory,ContractCommitmentCost,ContractCommitmentId,ContractId\nUSD,Spend,1,2,3\n",
    /FOCUS's Contract Commitment dataset/,
  ],
  [
    "FOCUS's invoices",
    "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,InvoiceDetailId,InvoiceId,InvoiceIssuerName\n1,USD,2026-02-01,Usage,1,2,AWS\n",
    /FOCUS's Invoice Detail dataset/,
  ],
];

describe("a report that is no bill here", () => {
  it.each(reports)("is refused as what it is, with the way to a bill: %s", async (_, text, sentence) => {
    expect(await refusal(await files.write(text))).toMatch(sentence);
  });

  it("is recognized in Parquet with structs", async () => {
    const path = await parquetOf(
      "SELECT 'a' AS billing_account_id, {'id': 'b', 'description': 'c'} AS service, now() AS usage_start_time, 1.0 AS cost",
      await files.path("google.parquet"),
    );
    expect(await refusal(path)).toMatch(/Google Cloud's own format/);
  });

  it("is not suspected in a bill that has one of its columns", async () => {
    const extra = { "cost/myCost": "1", MeterCategory: "x", cost: "2", RecordType: "y", PayerAccountId: "1" };
    for (const row of [legacyRow(aCharge()), focusRow(aCharge())]) {
      expect((await files.open(await files.write(csv([{ ...row, ...extra }])))).rows).toBe(1);
    }
  });
});

describe("datasets that FOCUS delivers beside a bill", () => {
  it("are left out of a folder, by name", async () => {
    const folder = await files.path("focus-1.4");
    await mkdir(folder);
    await files.writeTo(csv([focusRow(aCharge())]), `${folder}/cost-and-usage.csv`);
    await files.writeTo(
      "ContractCommitmentId,ContractId,ContractCommitmentCost\n1,2,3\n",
      `${folder}/contracts.csv`,
    );
    const source = await files.open(folder);
    expect(source.rows).toBe(1);
    expect(source.notes).toContainEqual(
      expect.stringMatching(/contracts\.csv is FOCUS's Contract Commitment dataset, .* It was not read\.$/),
    );
  });

  it("are refused where there is nothing else", async () => {
    const folder = await files.path("focus-1.4-alone");
    await mkdir(folder);
    for (const name of ["a", "b"]) {
      await files.writeTo(
        "BillingPeriodStart,BillingPeriodStatus\n2026-02-01,Open\n",
        `${folder}/${name}.csv`,
      );
    }
    expect(await refusal(folder)).toMatch(/a\.csv is FOCUS's Billing Period dataset/);
  });
});
