import type { Dimension } from "@dapanoskop/core/source";

/** AWS's dimensions that a bill has. */
const known: ReadonlyMap<string, Dimension> = new Map([
  ["AZ", "availabilityZone"],
  ["BILLING_ENTITY", "billingEntity"],
  ["INSTANCE_TYPE", "instanceType"],
  ["LEGAL_ENTITY_NAME", "legalEntity"],
  ["LINKED_ACCOUNT", "linkedAccount"],
  ["OPERATION", "operation"],
  ["RECORD_TYPE", "chargeType"],
  ["REGION", "region"],
  ["SERVICE", "service"],
  ["USAGE_TYPE", "usageType"],
]);

/** Dimensions of GroupBy, in the order of AWS's error message. */
export const groupingDimensions: readonly string[] = [
  "AZ",
  "INSTANCE_TYPE",
  "LINKED_ACCOUNT",
  "OPERATION",
  "PURCHASE_TYPE",
  "SERVICE",
  "USAGE_TYPE",
  "PLATFORM",
  "TENANCY",
  "RECORD_TYPE",
  "LEGAL_ENTITY_NAME",
  "INVOICING_ENTITY",
  "DEPLOYMENT_OPTION",
  "DATABASE_ENGINE",
  "CACHE_ENGINE",
  "INSTANCE_TYPE_FAMILY",
  "REGION",
  "BILLING_ENTITY",
  "RESERVATION_ID",
  "SAVINGS_PLANS_TYPE",
  "SAVINGS_PLAN_ARN",
  "OPERATING_SYSTEM",
];

/** Further names of AWS's service model. The emulator accepts them neither in GroupBy nor in filters. */
const otherDimensions: readonly string[] = [
  "LINKED_ACCOUNT_NAME",
  "SERVICE_CODE",
  "USAGE_TYPE_GROUP",
  "SCOPE",
  "SUBSCRIPTION_ID",
  "RESOURCE_ID",
  "RIGHTSIZING_TYPE",
  "PAYMENT_OPTION",
  "RESERVATION_MODIFIED",
  "TAG_KEY",
  "COST_CATEGORY_NAME",
];

export const allDimensions: readonly string[] = [...groupingDimensions, ...otherDimensions];

/** The bill's own name of a dimension; `null` where no bill has it, so that no charge has a value for it. */
export const dimensionOf = (name: string): Dimension | null => known.get(name) ?? null;

/**
 * How Cost Explorer names a charge without a value: `NoUsageType`, `NoRegion`, `NoInstanceType`, `NoDatabaseEngine` are
 * seen in public code; the others follow the same rule. `AZ` keeps its capitals.
 */
export function wordForNone(name: string): string {
  const words = name.split("_").map((word) => `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`);
  return `No${name === "AZ" ? name : words.join("")}`;
}
