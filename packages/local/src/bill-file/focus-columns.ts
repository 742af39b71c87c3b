import type { CostMetric, Dimension } from "@dapanoskop/core/source";
import {
  type ChargeColumns,
  type ColumnReader,
  type ColumnSpelling,
  columnReader,
  type LabelColumns,
  textOf,
} from "./charge-columns.ts";
import { focusName } from "./column-names.ts";
import type { FileColumn } from "./file-column.ts";
import type { ScannableFile } from "./file-columns.ts";
import { isOtherProvider } from "./provider.ts";
import { serviceSql } from "./service-sql.ts";

/** The columns that a FOCUS bill must have. */
const REQUIRED = [
  "ChargePeriodStart",
  "BilledCost",
  "ChargeCategory",
  "ServiceName",
  "BillingCurrency",
] as const;

/** Whether these contain all columns that a FOCUS bill must have: a report of another format may have one of the same name. */
export function isWholeFocus(columns: readonly FileColumn[]): boolean {
  const names = new Set(columns.map(({ name }) => focusName(name)));
  return REQUIRED.every((name) => names.has(focusName(name)));
}

/** Whether these are the columns of FOCUS, some of which may be missing. */
export function isFocus(columns: readonly FileColumn[]): boolean {
  const names = new Set(columns.map(({ name }) => focusName(name)));
  return names.has("billedcost") || (names.has("chargeperiodstart") && names.has("chargecategory"));
}

const SPELLING: ColumnSpelling = {
  normalised: focusName,
  isUsual: (name, wanted) => name === wanted,
  spelled: (wanted) => wanted,
};

/** FOCUS 1.0 to 1.4, as AWS Data Exports and others write it. BilledCost is the unblended cost, EffectiveCost the amortized one. */
export function focusColumns(bill: ScannableFile, provider: string): ChargeColumns {
  const file = columnReader(bill, SPELLING);
  const column = file.required(...REQUIRED);
  const category = textOf(column("ChargeCategory"));
  const service = textOf(column("ServiceName"));

  const billingPeriod = file.billingPeriod("BillingPeriodStart");
  const usageType = file.text("x_UsageType", "SkuMeter");
  const isTax = `${category} = 'Tax'`;
  const costs = new Map<CostMetric, string>([["UnblendedCost", "billed"]]);
  const effective = file.extraCost("EffectiveCost");
  if (effective !== null) costs.set("AmortizedCost", effective);
  return {
    format: "FOCUS",
    version: versionOf(file),
    amounts: new Map([
      ["billed", file.cost("BilledCost")],
      ["used", file.quantity("ConsumedQuantity") ?? "NULL"],
    ]),
    lookups: new Map(),
    day: file.day(column("ChargePeriodStart"), billingPeriod),
    billingPeriod,
    payer: file.account("BillingAccountId"),
    lineItem: null,
    start: file.start(column("ChargePeriodStart")),
    details: file.details(
      "ResourceId",
      "SkuId",
      "SkuPriceId",
      "ChargeDescription",
      "ChargeFrequency",
      "InvoiceId",
    ),
    dimensions: dimensionsOf(file, {
      service:
        usageType === null
          ? `CASE WHEN ${isTax} THEN 'Tax' ELSE coalesce(${service}, 'NoService') END`
          : serviceSql({ isTax, isEc2: isEc2(file, service), usageType, product: service }),
      usageType: usageType ?? describedUsage(file, category),
      chargeType: chargeType(file, category),
    }),
    quantity: "used",
    unit: file.text("ConsumedUnit") ?? "NULL",
    currency: textOf(column("BillingCurrency")),
    otherProvider: otherProvider(file, provider),
    costs,
    tags: labelsOf(file, "Tags"),
    costCategories: labelsOf(file, "x_CostCategories"),
    notes: usageType === null ? [...file.notes, NO_USAGE_TYPE] : file.notes,
    checks: file.checks,
  };
}

const NO_USAGE_TYPE =
  "The bill has no usage types (FOCUS 1.0 without x_UsageType): charge descriptions are used instead, EC2 is not split into instances and other, and storage volumes are unknown.";

/** By the columns that each version added. */
function versionOf({ has }: ColumnReader): string {
  if (["InvoiceDetailId", "CommitmentProgramEligibilityDetails"].some(has)) return "1.4";
  if (["ServiceProviderName", "HostProviderName", "AllocatedMethodId", "ContractApplied"].some(has))
    return "1.3";
  if (["BillingAccountType", "SubAccountType", "InvoiceId", "PricingCurrency"].some(has)) return "1.2";
  if (["SkuMeter", "SkuPriceDetails", "ServiceSubcategory", "CommitmentDiscountQuantity"].some(has))
    return "1.1";
  return "1.0";
}

/**
 * FOCUS 1.0 without AWS's own columns has no usage type. The charge's description is used instead: it names what was used
 * (and the price: "$0.045 per NAT Gateway Hour"). The description of a credit or a tax describes the account and is not used.
 */
function describedUsage(file: ColumnReader, category: string): string {
  const described = file.text("ChargeDescription", "SkuId");
  return described === null ? "NULL" : `CASE WHEN ${category} IN ('Usage', 'Purchase') THEN ${described} END`;
}

function isEc2(file: ColumnReader, service: string): string {
  const code = file.text("x_ServiceCode");
  const byName = `${service} = 'Amazon Elastic Compute Cloud'`;
  return code === null ? byName : `(${byName} OR ${code} = 'AmazonEC2')`;
}

/**
 * Cost Explorer's RECORD_TYPE from FOCUS's charge category and class. A correction of usage or of a purchase is what AWS calls a refund;
 * a purchase, and an adjustment that belongs to no usage, is a fee; the other categories have the same names.
 */
function chargeType(file: ColumnReader, category: string): string {
  const chargeClass = file.text("ChargeClass") ?? "NULL";
  return `CASE
    WHEN ${chargeClass} = 'Correction' AND ${category} IN ('Usage', 'Purchase', 'Adjustment') THEN 'Refund'
    WHEN ${category} IN ('Purchase', 'Adjustment') THEN 'Fee'
    ELSE ${category} END`;
}

function dimensionsOf(
  file: ColumnReader,
  known: Record<"service" | "usageType" | "chargeType", string>,
): ReadonlyMap<Dimension, string> {
  const all: readonly (readonly [Dimension, string | null])[] = [
    ["service", known.service],
    ["usageType", known.usageType],
    ["chargeType", known.chargeType],
    ["linkedAccount", file.account("SubAccountId")],
    ["region", file.text("RegionId", "Region")],
    ["operation", file.text("x_Operation")],
    ["availabilityZone", file.text("AvailabilityZone")],
    ["legalEntity", file.text("InvoiceIssuerName", "InvoiceIssuer")],
    ["resourceId", file.text("ResourceId")],
  ];
  return new Map(all.flatMap(([dimension, sql]) => (sql === null ? [] : [[dimension, sql] as const])));
}

/**
 * Who provides a charge and who invoices it decide whose it is: a marketplace invoices what others provide. 1.3 has
 * ServiceProviderName in place of ProviderName; its HostProviderName is where a charge runs, and decides nothing. The
 * publisher counts only in a file without a provider: it may sell in a marketplace.
 */
function otherProvider(file: ColumnReader, provider: string): string | null {
  const textsOf = (...names: readonly string[]) =>
    names.map((name) => file.text(name)).filter((sql) => sql !== null);
  const providers = textsOf("ProviderName", "ServiceProviderName");
  const publishers = providers.length > 0 ? [] : textsOf("PublisherName", "Publisher");
  const columns = [...providers, ...publishers, ...textsOf("InvoiceIssuerName", "InvoiceIssuer")];
  return columns.length === 0 ? null : isOtherProvider(columns, provider);
}

function labelsOf(file: ColumnReader, name: string): LabelColumns {
  return { columns: [], pairs: file.labels(name) };
}
