import type { CostMetric, Dimension } from "@dapanoskop/core/source";

/** Our dimensions by the keys that Cost Explorer gives them, for grouping and filtering alike. */
export const AWS_DIMENSIONS = {
  service: "SERVICE",
  usageType: "USAGE_TYPE",
  chargeType: "RECORD_TYPE",
  linkedAccount: "LINKED_ACCOUNT",
  region: "REGION",
  operation: "OPERATION",
  availabilityZone: "AZ",
  instanceType: "INSTANCE_TYPE",
  legalEntity: "LEGAL_ENTITY_NAME",
  billingEntity: "BILLING_ENTITY",
  resourceId: "RESOURCE_ID",
} as const satisfies Readonly<Record<Dimension, string>>;

/** GetCostForecast spells the metrics of GetCostAndUsage in capitals. */
export const FORECAST_METRICS = {
  UnblendedCost: "UNBLENDED_COST",
  BlendedCost: "BLENDED_COST",
  AmortizedCost: "AMORTIZED_COST",
  NetUnblendedCost: "NET_UNBLENDED_COST",
  NetAmortizedCost: "NET_AMORTIZED_COST",
} as const satisfies Readonly<Record<CostMetric, string>>;

/** Asked with every cost: volumes and rates come from it. */
export const QUANTITY_METRIC = "UsageQuantity";
