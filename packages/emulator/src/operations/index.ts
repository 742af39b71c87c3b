import { listCostAllocationTags } from "./cost-allocation-tags.ts";
import { describeCostCategoryDefinition, listCostCategoryDefinitions } from "./cost-category-definitions.ts";
import { getCostAndUsage } from "./get-cost-and-usage.ts";
import { getCostForecast } from "./get-cost-forecast.ts";
import { getCostCategories, getDimensionValues, getTags } from "./listings.ts";
import type { Operation } from "./operation.ts";

/** Every emulated operation, with the member that contains its page token. */
export const operations: ReadonlyMap<
  string,
  { readonly answer: Operation; readonly token: "NextPageToken" | "NextToken" | null }
> = new Map([
  ["GetCostAndUsage", { answer: getCostAndUsage, token: "NextPageToken" }],
  ["GetCostForecast", { answer: getCostForecast, token: null }],
  ["GetCostCategories", { answer: getCostCategories, token: "NextPageToken" }],
  ["GetTags", { answer: getTags, token: "NextPageToken" }],
  ["GetDimensionValues", { answer: getDimensionValues, token: "NextPageToken" }],
  ["ListCostAllocationTags", { answer: listCostAllocationTags, token: "NextToken" }],
  ["ListCostCategoryDefinitions", { answer: listCostCategoryDefinitions, token: "NextToken" }],
  ["DescribeCostCategoryDefinition", { answer: describeCostCategoryDefinition, token: null }],
]);
