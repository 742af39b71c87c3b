/** What charges are grouped by. `usageType`, `chargeType` (Cost Explorer: RECORD_TYPE) and so on are AWS's dimensions. */
export type Grouping =
  | { readonly by: "tag"; readonly key: string }
  | { readonly by: "costCategory"; readonly name: string }
  | { readonly by: Dimension };

export const dimensions = [
  "service",
  "usageType",
  "chargeType",
  "linkedAccount",
  "region",
  "operation",
  "availabilityZone",
  "instanceType",
  "legalEntity",
  "billingEntity",
  "resourceId",
] as const;
export type Dimension = (typeof dimensions)[number];
