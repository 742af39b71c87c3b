import type { CostMetric, CostSource, SourceKind } from "./cost-source.ts";

/** What the figures of a month were computed from: where its charges come from, and what was chosen of them. */
export interface SourceDescription {
  readonly kind: SourceKind;
  /** Whose charges were read: "AWS", "Microsoft". */
  readonly provider: string;
  readonly metric: CostMetric;
  /** The tag whose values are the workloads. */
  readonly tagKey: string;
  /** The cost category whose values are the cost centers; `null` where there is none. */
  readonly costCategory: string | null;
  /** The ARN of the AWS billing view that was read; `null`: everything that the account may see. */
  readonly billingView: string | null;
  /** The AWS accounts that were read, separated by commas; `null`: all of them. */
  readonly accounts: string | null;
}

/** Describes a source with the choices of a configuration. A source that does not describe itself is Cost Explorer. */
export function describeSource(
  { kind = "Cost Explorer", provider = "AWS" }: Pick<CostSource, "kind" | "provider">,
  { metric, tagKey, costCategory, billingView, accounts }: Omit<SourceDescription, "kind" | "provider">,
): SourceDescription {
  return { kind, provider, metric, tagKey, costCategory, billingView, accounts };
}
