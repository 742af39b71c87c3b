import { describe, expect, it } from "vitest";
import { csv, type FileRow } from "../packages/local/src/bill-file/testing/files.ts";
import { collectedBill } from "./support/collected-bill.ts";

// Small bills, each of a kind that is easily read wrongly: whose charges they are, which files of a folder count, how a tag
// is written. Each is collected with `collect --bill`.

const AT = "2026-03-02T06:00:00Z";

const focus = (row: FileRow = {}): FileRow => ({
  BilledCost: "10",
  EffectiveCost: "10",
  BillingCurrency: "USD",
  BillingPeriodStart: "2026-02-01T00:00:00Z",
  ChargeCategory: "Usage",
  ChargePeriodStart: "2026-02-03T00:00:00Z",
  ServiceName: "Amazon Simple Storage Service",
  SkuMeter: "Requests-Tier1",
  InvoiceIssuerName: "Amazon Web Services, Inc.",
  Tags: '{"App":"web"}',
  ...row,
});

/** FOCUS 1.2 names a provider and a publisher; 1.3 names who provides and who hosts. */
const focus12 = (row: FileRow = {}) =>
  focus({ ProviderName: "AWS", PublisherName: "AWS", InvoiceId: "", ...row });
const focus13 = (row: FileRow = {}) =>
  focus({ ServiceProviderName: "Amazon Web Services", HostProviderName: "Amazon Web Services", ...row });

const cur = (row: FileRow = {}): FileRow => ({
  "identity/LineItemId": "1",
  "bill/PayerAccountId": "111122223333",
  "bill/BillingPeriodStartDate": "2026-02-01T00:00:00Z",
  "lineItem/UsageAccountId": "111122223333",
  "lineItem/LineItemType": "Usage",
  "lineItem/UsageStartDate": "2026-02-03T00:00:00Z",
  "lineItem/ProductCode": "AmazonS3",
  "lineItem/UsageType": "Requests-Tier1",
  "lineItem/CurrencyCode": "USD",
  "lineItem/UnblendedCost": "10",
  "resourceTags/user:App": "web",
  ...row,
});

/** Collects a bill of these files, by their paths, and returns February's total and what was said. */
async function collected(files: Readonly<Record<string, string>>, ...options: readonly string[]) {
  const { code, err, summary } = await collectedBill(files, AT, options);
  if (code !== 0) return { code, err, total: null, workloads: [] };
  const { cost_centers, totals } = await summary("2026-02");
  const workloads = cost_centers.flatMap((center) => center.workloads.map(({ name }) => name));
  return { code, err, total: totals.current_cost_usd, workloads };
}

describe("whose bill", () => {
  const seller = { ServiceName: "Observability Pro", BilledCost: "500", Tags: "" };

  it("FOCUS 1.3: what AWS invoices for a marketplace seller is AWS's bill", async () => {
    const rows = [
      focus13({ BilledCost: "100" }),
      focus13({ ...seller, ServiceProviderName: "A Seller", HostProviderName: "" }),
    ];
    expect(await collected({ "bill.csv": csv(rows) })).toMatchObject({ code: 0, total: 600 });
  });

  it("FOCUS 1.2: so are AWS's marketplace and AWS's companies", async () => {
    const rows = [
      focus12({ BilledCost: "100" }),
      focus12({ ...seller, PublisherName: "A Seller", InvoiceIssuerName: "Amazon Web Services EMEA SARL" }),
      focus12({
        ...seller,
        ProviderName: "AWS Marketplace",
        InvoiceIssuerName: "A Seller",
        BilledCost: "600",
      }),
    ];
    expect(await collected({ "bill.csv": csv(rows) })).toMatchObject({ code: 0, total: 1_200 });
  });

  it.each([
    ["1.3", {}],
    ["1.4", { InvoiceDetailId: "1" }],
  ])(
    "FOCUS %s: what others provide and invoice is not AWS's because it runs there, and is said with its money",
    async (_, more) => {
      const other = (name: string, issuer: string, BilledCost: string) =>
        focus13({ ServiceProviderName: name, InvoiceIssuerName: issuer, BilledCost, ...more });
      const rows = [
        focus13({ BilledCost: "108", ...more }),
        other("Monitoring", "Monitoring Ltd.", "40"),
        other("Database", "A Reseller GmbH", "7"),
      ];
      const { total, err } = await collected({ "bill.csv": csv(rows) });
      expect(total).toBe(108);
      expect(err).toContain("left out: 2 charges, 47 USD:");
    },
  );

  it("of a provider that the bill does not have is refused with those that it has", async () => {
    const { code, err } = await collected({ "bill.csv": csv([focus12()]) }, "--provider", "Oracle");
    expect(code).toBe(1);
    expect(err).toMatch(/contains no charge of "Oracle": its charges are of "AWS"/);
  });
});

describe("which files", () => {
  const MONTH = "20260201-20260301";
  const day = (number: number) =>
    cur({ "identity/LineItemId": String(number), "lineItem/UsageStartDate": `2026-02-0${number}T00:00:00Z` });

  it("of a manifest: all of them", async () => {
    const reportKeys = [1, 2].map((number) => `p/example/${MONTH}/example-${number}.csv`);
    const manifest = JSON.stringify({ reportKeys });
    const partial = {
      [`${MONTH}/example-1.csv`]: csv([day(1)]),
      [`${MONTH}/example-Manifest.json`]: manifest,
    };
    const { code, err } = await collected(partial);
    expect([code, err]).toEqual([1, expect.stringContaining("names 2 files, and 1 is missing")]);
    const whole = { ...partial, [`${MONTH}/example-2.csv`]: csv([day(2)]) };
    expect(await collected(whole)).toMatchObject({ total: 20 });
  });

  it("of a Data Export that keeps versions: those of the newest", async () => {
    const of = (execution: number) => `e/data/BILLING_PERIOD=2026-02/execution-${execution}/e-00001.csv`;
    const amounts = new Map([
      [1, "1"],
      [2, "3"],
      [3, "7"],
    ]);
    const snapshots = Object.fromEntries(
      [...amounts].map(([execution, BilledCost]) => [of(execution), csv([focus12({ BilledCost })])]),
    );
    const manifest = JSON.stringify({ executionId: "execution-3", dataFiles: [`s3://bucket/${of(3)}`] });
    const versions = { ...snapshots, "e/metadata/BILLING_PERIOD=2026-02/e-Manifest.json": manifest };
    const { total, err } = await collected(versions);
    expect(total).toBe(7);
    expect(err).toContain("2 files of older deliveries are not read");
    expect((await collected(snapshots)).err).toContain("look like two deliveries of one report");
  });

  it("of a download, chunks of one delivery and two payers: each once", async () => {
    const file = csv([day(1)]);
    expect((await collected({ "feb.csv": file, "feb (1).csv": file })).code).toBe(1);
    const assembly = `${MONTH}/0f0e0d0c-0000-4000-8000-000000000001`;
    const chunks = { [`${assembly}/r-1.csv`]: csv([day(1)]), [`${assembly}/r-2.csv`]: csv([day(2)]) };
    expect(await collected(chunks)).toMatchObject({ total: 20 });
    const other = { ...day(1), "bill/PayerAccountId": "444455556666", "identity/LineItemId": "9" };
    expect(await collected({ "a/feb.csv": file, "b/feb.csv": csv([other]) })).toMatchObject({ total: 20 });
  });
});

describe("how it is written", () => {
  it.each([
    '[{"key":"App","value":"web"}]',
    '[{"Key":"App","Value":"web"}]',
    "{App=web}",
    "App=web;Env=prod",
  ])("tags as %s", async (Tags) => {
    expect(await collected({ "bill.csv": csv([focus12({ Tags })]) })).toMatchObject({
      total: 10,
      workloads: ["web"],
    });
  });

  it("an odd cell without tags", async () => {
    const rows = [focus12({ Tags: "[]" }), focus12({ BilledCost: "1" })];
    expect(await collected({ "bill.csv": csv(rows) })).toMatchObject({
      total: 11,
      workloads: ["Untagged", "web"],
    });
  });

  it("a key that only the second tag map has, and the tag of an account", async () => {
    const athena = {
      line_item_usage_start_date: "2026-02-03T00:00:00Z",
      line_item_line_item_type: "Usage",
      line_item_product_code: "AmazonS3",
      line_item_usage_type: "Requests-Tier1",
      line_item_currency_code: "USD",
      line_item_unblended_cost: "10",
    };
    const both = {
      ...athena,
      resource_tags: '{"user_other":"x"}',
      tags: '{"resourceTags/user:App":"web","accountTag/App":"acct"}',
    };
    expect(await collected({ "bill.csv": csv([both]) })).toMatchObject({ workloads: ["web"] });
    const account = { ...athena, tags: '{"accountTag/App":"acct"}' };
    expect(await collected({ "bill.csv": csv([account]) })).toMatchObject({ workloads: ["acct"] });
  });

  it("an empty currency cell, which is said; two currencies are refused", async () => {
    const tax = cur({
      "identity/LineItemId": "2",
      "lineItem/LineItemType": "Tax",
      "lineItem/UnblendedCost": "1.9",
      "lineItem/CurrencyCode": "",
    });
    const { total, err } = await collected({ "bill.csv": csv([cur(), tax]) });
    expect(total).toBe(11.9);
    expect(err).toContain("1 charge names no currency, and counts in the bill's: 1.9 USD.");
    const rupees = { ...tax, "lineItem/CurrencyCode": "INR" };
    expect((await collected({ "bill.csv": csv([cur(), rupees]) })).code).toBe(1);
  });

  it("semicolons", async () => {
    expect(await collected({ "bill.csv": csv([cur()], ";") })).toMatchObject({
      total: 10,
      workloads: ["web"],
    });
  });

  it("a tag key in other letters: the keys that there are stand in a warning", async () => {
    const row = {
      ...cur({ "resourceTags/user:App": "" }),
      "resourceTags/user:app": "web",
      "resourceTags/user:application": "api",
    };
    const { err, workloads } = await collected({ "bill.csv": csv([row]) });
    expect(workloads).toEqual(["Untagged"]);
    expect(err).toMatch(/"app" and "application"/);
  });

  it("a download of Cost Explorer, which is refused with the way to an export", async () => {
    const text = "Service,S3($),Total costs($)\nService total,1,1\n2026-02-01,1,1\n";
    const { code, err } = await collected({ "costs.csv": text });
    expect(code).toBe(1);
    expect(err).toMatch(/is a download of Cost Explorer .* Use a Data Export/);
  });
});
