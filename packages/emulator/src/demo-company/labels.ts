import type { Charge } from "@dapanoskop/core/source";
import type { CompanyDay } from "./company-day.ts";
import type { PricedRegion } from "./price-list.ts";
import type { CostCenter, Workload } from "./workload.ts";

export const COST_CATEGORY = "CostCenter";
const TAG_KEY = "App";
export const SHARED: CostCenter = "Shared Platform";

/** The account of each cost center; the numbers are invented. Charges without one belong to the payer's account. */
const accounts: Readonly<Record<CostCenter, string>> = {
  Storefront: "200000000011",
  "Data Platform": "200000000022",
  "Machine Learning": "200000000033",
  Logistics: "200000000044",
  "Corporate IT": "200000000055",
  "Shared Platform": "200000000066",
};
const PAYER = "200000000000";

export const costCenters = Object.keys(accounts) as readonly CostCenter[];

/** The cost center of a workload on a day. Of two, it alternates on the first of each second February. */
export function centerOn(center: Workload["center"], { cycle, cycleMonth }: CompanyDay): CostCenter | null {
  if (center === null || typeof center === "string") return center;
  const moves = cycleMonth < 1 ? cycle - 1 : cycle;
  return center[moves % 2 === 0 ? 0 : 1];
}

/** The fields that distinguish charges besides day, service and usage type. */
export type Labels = Pick<Charge, "dimensions" | "tags" | "costCategories">;

export function labels(
  app: string | null,
  center: CostCenter | null,
  region: PricedRegion,
  more: Charge["dimensions"] = {},
): Labels {
  return {
    dimensions: {
      linkedAccount: center === null ? PAYER : accounts[center],
      region,
      legalEntity: "Amazon Web Services EMEA SARL",
      billingEntity: "AWS",
      ...more,
    },
    tags: new Map(app === null ? [] : [[TAG_KEY, app]]),
    costCategories: new Map(center === null ? [] : [[COST_CATEGORY, center]]),
  };
}
