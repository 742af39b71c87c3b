import { parseMoney } from "@dapanoskop/core/money";
import type { CostMetric, Grouping } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { aCharge } from "./testing/charges.ts";
import { billFolder, csv, type FileRow } from "./testing/files.ts";
import { focusRow } from "./testing/spellings.ts";

const files = billFolder();
const FEBRUARY = { start: "2026-02-01", end: "2026-03-01" };

/** A row as FOCUS 1.0 has it, with nothing of AWS's own. */
function aRow(row: FileRow = {}): FileRow {
  const { x_UsageType: _, x_Operation: __, x_CostCategories: ___, ...plain } = focusRow(aCharge());
  return { ...plain, ...row };
}

const usd = (text: string) => parseMoney(text, "USD");

const open = async (rows: readonly FileRow[], options = {}) =>
  files.open(await files.write(csv(rows)), options);

async function keysOf(
  rows: readonly FileRow[],
  groupBy: readonly Grouping[],
  metric: CostMetric = "UnblendedCost",
) {
  const source = await open(rows);
  const answer = await source.query({ window: FEBRUARY, granularity: "MONTHLY", metric, groupBy });
  return answer.rows.map(({ keys, cost }) => [...keys, Number(cost.units) / 1e12]);
}

describe("FOCUS", () => {
  it.each([
    ["1.0", aRow()],
    ["1.1", aRow({ SkuMeter: "EUC1-TimedStorage-ByteHrs", ServiceSubcategory: "Object Storage" })],
    ["1.2", aRow({ SkuMeter: "EUC1-TimedStorage-ByteHrs", BillingAccountType: "Payer", InvoiceId: "1" })],
    [
      "1.3",
      aRow({
        SkuMeter: "EUC1-TimedStorage-ByteHrs",
        InvoiceId: "1",
        ServiceProviderName: "AWS",
        HostProviderName: "AWS",
      }),
    ],
    ["1.4", aRow({ ServiceProviderName: "AWS", HostProviderName: "AWS", InvoiceDetailId: "1" })],
  ])("%s is recognized by its columns", async (version, row) => {
    const source = await open([row]);
    expect(source).toMatchObject({
      format: "FOCUS",
      versions: [version],
      rows: 1,
      metrics: ["UnblendedCost", "AmortizedCost"],
    });
  });

  it.each([
    ["1.1", ["SkuMeter", "SkuPriceDetails", "ServiceSubcategory", "CommitmentDiscountQuantity"]],
    ["1.2", ["BillingAccountType", "SubAccountType", "InvoiceId", "PricingCurrency"]],
    ["1.3", ["ServiceProviderName", "HostProviderName", "AllocatedMethodId", "ContractApplied"]],
    ["1.4", ["InvoiceDetailId", "CommitmentProgramEligibilityDetails"]],
  ])("%s is recognized by each of its columns alone", async (version, columns) => {
    for (const column of columns) {
      expect((await open([aRow({ [column]: "" })])).versions, column).toEqual([version]);
    }
  });

  it("1.3 without the old provider column has the provider in the new one, and the host decides nothing", async () => {
    const { ProviderName: _, PublisherName: __, ...row } = aRow({ HostProviderName: "AWS" });
    const rows = [
      { ...row, ServiceProviderName: "AWS", BilledCost: "100" },
      { ...row, ServiceProviderName: "A Seller", BilledCost: "7" },
      { ...row, ServiceProviderName: "Microsoft", HostProviderName: "Microsoft", BilledCost: "40" },
    ];
    expect(await keysOf(rows, [])).toEqual([[100]]);
    expect((await open(rows)).leftOut).toEqual([
      { provider: "A Seller", rows: 1, billed: [usd("7")] },
      { provider: "Microsoft", rows: 1, billed: [usd("40")] },
    ]);
  });

  it.each([
    ["1.2", { ProviderName: "A Seller", PublisherName: "A Seller", InvoiceId: "1" }],
    ["1.3", { ProviderName: "", ServiceProviderName: "A Seller", HostProviderName: "" }],
    [
      "1.4",
      { ProviderName: "", ServiceProviderName: "A Seller", HostProviderName: "", InvoiceDetailId: "1" },
    ],
  ])(
    "%s: a marketplace charge that AWS invoices is AWS's, one that its seller invoices is not",
    async (version, seller) => {
      const of = (InvoiceIssuerName: string, BilledCost: string) =>
        aRow({ ...seller, InvoiceIssuerName, BilledCost });
      const rows = [
        aRow({ InvoiceIssuerName: "Amazon Web Services, Inc.", BilledCost: "100" }),
        of("Amazon Web Services EMEA SARL", "500"),
        of("A Seller Ltd.", "40.000000000001"),
        of("A Reseller GmbH", "-7"),
      ];
      const source = await open(rows);
      expect([source.versions, source.rows]).toEqual([[version], 2]);
      expect(await keysOf(rows, [])).toEqual([[600]]);
      expect(source.notes[0]).toBe(
        'Only what "AWS" provides or invoices is counted; left out: 2 charges, 33.000000000001 USD: 2 of "A Seller" (33.000000000001 USD).',
      );
      expect((await open(rows, { provider: "A Seller" })).rows).toBe(3);
    },
  );

  it("of China belongs to AWS, whose regions other companies operate there", async () => {
    const names = [
      "Ningxia Western Cloud Data Technology Co., Ltd.",
      "Beijing Sinnet Technology Co., Ltd.",
      "NWCD",
      "光环新网",
      "宁夏西云数据科技有限公司",
    ];
    const rows = names.map((name) =>
      aRow({ ProviderName: name, InvoiceIssuerName: name, BillingCurrency: "CNY" }),
    );
    expect(await open(rows)).toMatchObject({ rows: names.length, currency: "CNY", leftOut: [] });
  });

  it("takes usage types from x_UsageType, else from SkuMeter, and splits EC2 by them", async () => {
    const ec2 = { ServiceName: "Amazon Elastic Compute Cloud" };
    const rows = [
      aRow({ ...ec2, SkuMeter: "BoxUsage:t3.micro" }),
      aRow({ ...ec2, SkuMeter: "EBS:VolumeUsage.gp3" }),
      aRow({ ...ec2, SkuMeter: "ignored", x_UsageType: "EUC1-NatGateway-Hours" }),
      aRow({ SkuMeter: "" }),
    ];
    expect(await keysOf(rows, [{ by: "service" }, { by: "usageType" }])).toEqual([
      ["Amazon Elastic Compute Cloud - Compute", "BoxUsage:t3.micro", 1],
      ["Amazon Simple Storage Service", "NoUsageType", 1],
      ["EC2 - Other", "EBS:VolumeUsage.gp3", 1],
      ["EC2 - Other", "EUC1-NatGateway-Hours", 1],
    ]);
  });

  it("1.0 without usage types uses the description instead, and says so", async () => {
    const rows = [
      aRow({
        ChargeDescription: "$0.045 per NAT Gateway Hour",
        SkuId: "SKU1",
        ServiceName: "Amazon Elastic Compute Cloud",
      }),
      aRow({ SkuId: "SKU2" }),
      aRow({ ChargeDescription: "credit from account: 391835788720", ChargeCategory: "Credit" }),
    ];
    expect((await keysOf(rows, [{ by: "usageType" }])).map(([key]) => key)).toEqual([
      "$0.045 per NAT Gateway Hour",
      "NoUsageType",
      "SKU2",
    ]);
    const source = await open(rows);
    expect(source.notes).toEqual([expect.stringContaining("has no usage types")]);
    expect((await keysOf(rows, [{ by: "service" }]))[0]).toEqual(["Amazon Elastic Compute Cloud", 1]);
  });

  it("reads charge categories as Cost Explorer's charge types", async () => {
    const charge = (ChargeCategory: string, ChargeClass: string, BilledCost: string) =>
      aRow({ ChargeCategory, ChargeClass, BilledCost });
    const rows = [
      charge("Usage", "", "1"),
      charge("Usage", "NULL", "2"),
      charge("Usage", "Correction", "-4"),
      charge("Purchase", "", "8"),
      charge("Purchase", "Correction", "-256"),
      charge("Adjustment", "Correction", "-512"),
      charge("Credit", "Correction", "1024"),
      charge("Tax", "", "16"),
      charge("Tax", "Correction", "32"),
      charge("Credit", "", "-64"),
      charge("Adjustment", "", "128"),
    ];
    expect(await keysOf(rows, [{ by: "chargeType" }])).toEqual([
      ["Credit", 960],
      ["Fee", 136],
      ["Refund", -772],
      ["Tax", 48],
      ["Usage", 3],
    ]);
    expect((await keysOf(rows, [{ by: "service" }])).at(-1)).toEqual(["Tax", 48]);
  });

  it("reads NULL as absent", async () => {
    const rows = [aRow({ Tags: "NULL", RegionId: "NULL", ConsumedQuantity: "NULL", ConsumedUnit: "NULL" })];
    expect(await keysOf(rows, [{ by: "region" }, { by: "tag", key: "App" }])).toEqual([
      ["NoRegion", null, 1],
    ]);
  });

  it("reads tags of any JSON value, and null ones as none", async () => {
    const rows = [
      aRow({ Tags: '{"App": null, "user:Team": "a", "flag": true, "n": 5}' }),
      aRow({ Tags: "{}" }),
    ];
    const source = await open(rows);
    expect(await source.tagKeys(FEBRUARY)).toEqual(["Team", "flag", "n"]);
    expect(
      await keysOf(rows, [
        { by: "tag", key: "App" },
        { by: "tag", key: "flag" },
      ]),
    ).toEqual([
      [null, null, 1],
      [null, "true", 1],
    ]);
  });

  it("counts only the provider's charges, under any of its names, and reports the others", async () => {
    const of = (ProviderName: string) => aRow({ ProviderName });
    const names = [
      "AWS",
      "aws",
      "Amazon Web Services",
      "Amazon Web Services EMEA SARL",
      "",
      "Microsoft",
      "Microsoft",
      "Awsome Clouds",
    ];
    const rows = names.map(of);
    const source = await open(rows);
    expect(source.rows).toBe(5);
    expect(source.leftOut).toEqual([
      { provider: "Microsoft", rows: 2, billed: [usd("2")] },
      { provider: "Awsome Clouds", rows: 1, billed: [usd("1")] },
    ]);
    expect(source.notes[0]).toBe(
      'Only what "AWS" provides or invoices is counted; left out: 3 charges, 3 USD: 2 of "Microsoft" (2 USD) and 1 of "Awsome Clouds" (1 USD).',
    );
    expect((await open(rows, { provider: "Microsoft" })).rows).toBe(3);
    await expect(open([of("Microsoft")])).rejects.toThrow(
      /contains no charge of "AWS": its charges are of "Microsoft"\. Name one of these as the provider \(--provider\)\./,
    );
  });

  it("checks currencies of the provider's charges only", async () => {
    const source = await open([aRow(), aRow({ ProviderName: "Oracle", BillingCurrency: "EUR" })]);
    expect(source.currency).toBe("USD");
    expect(source.leftOut).toEqual([{ provider: "Oracle", rows: 1, billed: [parseMoney("1", "EUR")] }]);
    await expect(open([aRow(), aRow({ BillingCurrency: "EUR" })])).rejects.toMatchObject({
      failure: "currency",
    });
  });

  it("has none of the metrics that only AWS has", async () => {
    await expect(keysOf([aRow()], [], "BlendedCost")).rejects.toThrow(
      /does not contain BlendedCost\. It contains UnblendedCost and AmortizedCost/,
    );
  });
});
