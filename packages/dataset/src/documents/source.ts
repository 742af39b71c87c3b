import { costMetrics, type SourceDescription, sourceKinds } from "@dapanoskop/core/source";
import * as v from "valibot";

/** What figures were computed from, as `index.json` and every summary have it. */
export const source = v.object({
  kind: v.picklist(sourceKinds),
  provider: v.string(),
  metric: v.picklist(costMetrics),
  tag_key: v.string(),
  cost_category: v.nullable(v.string()),
  /** The ARN of an AWS billing view, where one was chosen. */
  billing_view: v.optional(v.string()),
  /** AWS accounts, separated by commas, where some were chosen. */
  accounts: v.optional(v.string()),
});

export type PublishedSource = v.InferOutput<typeof source>;

export const publishedSource = ({
  kind,
  provider,
  metric,
  tagKey,
  costCategory,
  billingView,
  accounts,
}: SourceDescription): PublishedSource => ({
  kind,
  provider,
  metric,
  tag_key: tagKey,
  cost_category: costCategory,
  ...(billingView !== null && { billing_view: billingView }),
  ...(accounts !== null && { accounts }),
});

/** The description behind a published source; `null` where a document was written before there was one. */
export const sourceDescription = (published: PublishedSource | undefined): SourceDescription | null =>
  published === undefined
    ? null
    : {
        kind: published.kind,
        provider: published.provider,
        metric: published.metric,
        tagKey: published.tag_key,
        costCategory: published.cost_category,
        billingView: published.billing_view ?? null,
        accounts: published.accounts ?? null,
      };
