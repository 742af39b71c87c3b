export type {
  AccountFacts,
  AllocationTag,
  AskedHosts,
  BucketFacts,
  CallerIdentity,
  ConditionalWrite,
  OrganizationRole,
  ProxySettings,
  RecentCost,
  StoreFacts,
  WantedCollection,
} from "./account-facts.ts";
export type { AccountProbes, BucketProbe, CategoryDefinition, CostExplorerProbes } from "./account-probes.ts";
export { type AccountFinding, type FindingId, type FindingLevel, findingIds } from "./finding.ts";
export { priceOf } from "./findings/first-run.ts";
export { findingsOf } from "./findings/index.ts";
export { type GatherOptions, gatherFacts, MOST_PAID_REQUESTS } from "./gather.ts";
export { isAwsHost } from "./hosts.ts";
export { notMade, type Probe, type ProbeFailure, type ProbeFailureKind } from "./probe.ts";
export { findingsDocument, renderFindings, summaryOf } from "./render.ts";
