import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { xorshift } from "@dapanoskop/core/bench";

/** Charges lie in [02-01, 03-08): a whole month and a running one that it is compared with. */
export const AT = "2026-03-08T06:00:00Z";
const FIRST_HOUR = Date.UTC(2026, 1, 1);
const HOURS = 35 * 24;

const WORKLOADS = 400;
const CENTERS = 20;

/**
 * Writes a legacy Cost and Usage Report as AWS does: a charge an hour and resource, 93 columns of which most are empty, some 850 bytes.
 * 400 workloads in 20 cost centers, 20 services of 10 usage types, one charge in twelve without a tag. Amounts reach
 * over eight powers of ten, so that half of them are spelled with an exponent, as in a real bill. The same every time.
 */
export async function writeLargeCur(path: string, rows: number): Promise<void> {
  const random = xorshift(88_172_645);
  const file = createWriteStream(path);
  let text = `${COLUMNS.join(",")}\n`;
  for (let row = 0; row < rows; row += 1) {
    text += charge(row, random);
    if (text.length < 1 << 20) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await finished(file);
}

function charge(row: number, random: () => number): string {
  const hour = Math.floor(random() * HOURS);
  const start = INSTANTS[hour] ?? "";
  const end = INSTANTS[hour + 1] ?? "";
  const isFebruary = start < "2026-03";
  const workload = Math.floor(random() * WORKLOADS);
  const usage = Math.floor(random() * SERVICES.length * FAMILIES.length);
  const cost = 10 ** (random() * 8 - 7);
  const values: readonly string[] = [
    `${row.toString(36).padStart(8, "0")}abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd`,
    `${start}/${end}`,
    `2026-0${isFebruary ? 2 : 3}-01T00:00:00.000Z`,
    `2026-0${isFebruary ? 3 : 4}-01T00:00:00.000Z`,
    start,
    end,
    javaDouble(cost * 7),
    javaDouble(cost),
    row % 12 === 0 ? "" : `workload-${workload}`,
    `Center ${workload % CENTERS}`,
  ];
  return `${(TEMPLATES[usage] ?? []).map((part) => (typeof part === "number" ? values[part] : part)).join("")}\n`;
}

const INSTANTS = Array.from({ length: HOURS + 1 }, (_, hour) =>
  new Date(FIRST_HOUR + hour * 3_600_000).toISOString(),
);

/** Ten decimals, spelled as Java does: that is how AWS writes a legacy report. */
function javaDouble(value: number): string {
  const rounded = Number(value.toFixed(10));
  if (rounded >= 1e-3) return Number.isInteger(rounded) ? `${rounded}.0` : String(rounded);
  if (rounded === 0) return "0.0";
  const [digits = "", exponent = ""] = rounded.toExponential().split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent}`;
}

/** The columns of a charge's own values; every other column is the same for all charges of a usage type. */
const OWN: readonly string[] = [
  "identity/LineItemId",
  "identity/TimeInterval",
  "bill/BillingPeriodStartDate",
  "bill/BillingPeriodEndDate",
  "lineItem/UsageStartDate",
  "lineItem/UsageEndDate",
  "lineItem/UsageAmount",
  "lineItem/UnblendedCost",
  "resourceTags/user:App",
  "costCategory/CostCenter",
];

const names = (prefix: string, words: string) => words.split(" ").map((word) => `${prefix}/${word}`);

const COLUMNS: readonly string[] = [
  ...names("identity", "LineItemId TimeInterval"),
  ...names(
    "bill",
    "InvoiceId InvoicingEntity BillingEntity BillType PayerAccountId BillingPeriodStartDate BillingPeriodEndDate",
  ),
  ...names(
    "lineItem",
    "UsageAccountId LineItemType UsageStartDate UsageEndDate ProductCode UsageType Operation",
  ),
  ...names("lineItem", "AvailabilityZone ResourceId UsageAmount NormalizationFactor NormalizedUsageAmount"),
  ...names(
    "lineItem",
    "CurrencyCode UnblendedRate UnblendedCost BlendedRate BlendedCost LineItemDescription",
  ),
  ...names("lineItem", "TaxType LegalEntity"),
  ...names("product", "ProductName availability durability eventType feeCode feeDescription fromLocation"),
  ...names(
    "product",
    "fromLocationType fromRegionCode group groupDescription instanceType location locationType",
  ),
  ...names("product", "operation productFamily region regionCode servicecode servicename sku storageClass"),
  ...names(
    "product",
    "storageMedia toLocation toLocationType toRegionCode transferType usagetype volumeType",
  ),
  ...names("pricing", "RateCode RateId currency publicOnDemandCost publicOnDemandRate term unit"),
  ...names(
    "reservation",
    "AmortizedUpfrontCostForUsage AmortizedUpfrontFeeForBillingPeriod EffectiveCost EndTime",
  ),
  ...names("reservation", "ModificationStatus NormalizedUnitsPerReservation NumberOfReservations"),
  ...names("reservation", "RecurringFeeForUsage ReservationARN StartTime SubscriptionId"),
  ...names("reservation", "TotalReservedNormalizedUnits TotalReservedUnits UnitsPerReservation"),
  ...names(
    "reservation",
    "UnusedAmortizedUpfrontFeeForBillingPeriod UnusedNormalizedUnitQuantity UnusedQuantity",
  ),
  ...names("reservation", "UnusedRecurringFee UpfrontValue"),
  ...names("savingsPlan", "TotalCommitmentToDate SavingsPlanARN SavingsPlanRate UsedCommitment"),
  ...names("savingsPlan", "SavingsPlanEffectiveCost AmortizedUpfrontCommitmentForBillingPeriod"),
  ...names("savingsPlan", "RecurringCommitmentForBillingPeriod"),
  "resourceTags/user:App",
  "costCategory/CostCenter",
];

const SERVICES: readonly (readonly [code: string, name: string])[] = [
  ["AmazonEC2", "Amazon Elastic Compute Cloud"],
  ["AmazonS3", "Amazon Simple Storage Service"],
  ["AmazonRDS", "Amazon Relational Database Service"],
  ["AmazonEFS", "Amazon Elastic File System"],
  ["AmazonDynamoDB", "Amazon DynamoDB"],
  ["AmazonECS", "Amazon Elastic Container Service"],
  ["AmazonEKS", "Amazon Elastic Container Service for Kubernetes"],
  ["AmazonECR", "Amazon EC2 Container Registry (ECR)"],
  ["AmazonCloudWatch", "AmazonCloudWatch"],
  ["AmazonSNS", "Amazon Simple Notification Service"],
  ["AWSQueueService", "Amazon Simple Queue Service"],
  ["AWSLambda", "AWS Lambda"],
  ["AWSELB", "Elastic Load Balancing"],
  ["AmazonElastiCache", "Amazon ElastiCache"],
  ["AmazonES", "Amazon OpenSearch Service"],
  ["AmazonRedshift", "Amazon Redshift"],
  ["AmazonAthena", "Amazon Athena"],
  ["AWSGlue", "AWS Glue"],
  ["AmazonKinesis", "Amazon Kinesis"],
  ["awskms", "AWS Key Management Service"],
];

const FAMILIES: readonly (readonly [family: string, unit: string])[] = [
  ["BoxUsage:m5.large", "Hrs"],
  ["TimedStorage-ByteHrs", "GB-Mo"],
  ["Requests-Tier1", "Requests"],
  ["Requests-Tier2", "Requests"],
  ["DataTransfer-Out-Bytes", "GB"],
  ["EBS:VolumeUsage.gp3", "GB-Mo"],
  ["InstanceUsage:db.r6g.large", "Hrs"],
  ["LCUUsage", "LCU-Hrs"],
  ["Lambda-GB-Second", "Second"],
  ["NatGateway-Hours", "Hrs"],
];

/** A row of each usage type: texts, and between them the index in `OWN` of a charge's own value. */
const TEMPLATES: readonly (readonly (string | number)[])[] = SERVICES.flatMap(([code, name], service) =>
  FAMILIES.map(([family, unit], at) => {
    // Each service has its own usage types, except for the few that several services of a real bill share.
    const usageType = at < 2 && service % 2 === 0 ? `EUC1-${family}` : `EUC1-${family}-${code}`;
    const shared = new Map([
      ["bill/InvoicingEntity", '"Amazon Web Services, Inc."'],
      ["bill/BillingEntity", "AWS"],
      ["bill/BillType", "Anniversary"],
      ["bill/PayerAccountId", "111122223333"],
      ["lineItem/UsageAccountId", `4444555566${10 + (service % 8)}`],
      ["lineItem/LineItemType", "Usage"],
      ["lineItem/ProductCode", code],
      ["lineItem/UsageType", usageType],
      ["lineItem/Operation", `Run${family.split(":")[0]}`],
      ["lineItem/ResourceId", `arn:aws:service:eu-central-1:444455556666:resource/${code}-${at}`],
      ["lineItem/CurrencyCode", "USD"],
      ["lineItem/UnblendedRate", "0.023"],
      ["lineItem/BlendedRate", "0.023"],
      ["lineItem/BlendedCost", "0.0"],
      ["lineItem/LineItemDescription", `"$0.023 per ${unit} of ${family}, first 50 TB"`],
      ["lineItem/LegalEntity", '"Amazon Web Services, Inc."'],
      ["product/ProductName", name],
      ["product/location", "EU (Frankfurt)"],
      ["product/locationType", "AWS Region"],
      ["product/productFamily", "Storage"],
      ["product/region", "eu-central-1"],
      ["product/regionCode", "eu-central-1"],
      ["product/servicecode", code],
      ["product/servicename", name],
      ["product/sku", "56GRDABCDEFUF5SE"],
      ["product/usagetype", usageType],
      ["pricing/RateCode", "56GRD53C8EEUFABC.JRTCKXETXF.PGHJ3S3EYE"],
      ["pricing/RateId", `1234567${service}${at}`],
      ["pricing/currency", "USD"],
      ["pricing/publicOnDemandCost", "0.0"],
      ["pricing/publicOnDemandRate", "0.0230000000"],
      ["pricing/term", "OnDemand"],
      ["pricing/unit", unit],
    ]);
    const parts: (string | number)[] = [];
    let text = "";
    for (const column of COLUMNS) {
      const own = OWN.indexOf(column);
      if (own >= 0) parts.push(text, own);
      text = `${own >= 0 ? "" : text + (shared.get(column) ?? "")},`;
    }
    return [...parts, text.slice(0, -1)];
  }),
);
