import {
  dayOfInstant,
  firstDay,
  type Instant,
  lastClosedMonth,
  remainingWindow,
  type Window,
} from "@dapanoskop/core/calendar";
import type {
  AccountFacts,
  CallerIdentity,
  ProxySettings,
  StoreFacts,
  WantedCollection,
} from "./account-facts.ts";
import type { AccountProbes, CategoryDefinition } from "./account-probes.ts";
import { isAwsHost } from "./hosts.ts";
import { answered, failureOf, notMade, type Probe, type ProbeFailureKind } from "./probe.ts";

/** What the facts are about. */
export interface GatherOptions {
  readonly at: Instant;
  readonly proxy: ProxySettings;
  readonly wanted: WantedCollection;
  /** @param account the account of the identity; `null` where it is not known */
  readonly store: (account: string | null) => Promise<StoreFacts>;
}

/** Requests to Cost Explorer that the probes make at most: one each, and a second for the tags. */
export const MOST_PAID_REQUESTS = 8;

/** Failures after which every request to AWS would fail alike. */
const EVERYWHERE: ReadonlySet<ProbeFailureKind> = new Set([
  "no-credentials",
  "sign-in-expired",
  "unknown-key",
  "wrong-secret",
  "clock",
  "untrusted",
  "account-inactive",
]);

/** Failures after which every request to Cost Explorer would fail alike. */
const IN_COST_EXPLORER: ReadonlySet<ProbeFailureKind> = new Set([
  ...EVERYWHERE,
  "not-enabled",
  "not-aws",
  "unreachable",
]);

/**
 * Makes the probes one after the other, and none that an earlier one has shown to be in vain: free ones first.
 */
export async function gatherFacts(probes: AccountProbes, options: GatherOptions): Promise<AccountFacts> {
  const { at, proxy, wanted } = options;
  const hosts = await probes.hosts();
  // Credentials for a Cost Explorer elsewhere are none of AWS's.
  const isElsewhere = hosts.costExplorer !== null && !isAwsHost(hosts.costExplorer) && isAwsHost(hosts.sts);
  const identity: Probe<CallerIdentity> = isElsewhere ? notMade : await probes.identity();
  const isBlocked = EVERYWHERE.has(failureOf(identity)?.kind ?? "refused");
  const account = answered(identity)?.account ?? null;
  const organization = account === null ? notMade : await probes.organization(account);
  const isAsked = !isBlocked && hosts.costExplorer !== null;
  const costs = await askCostExplorer(isAsked ? probes : null, at, wanted);
  const store = await options.store(isBlocked ? null : account);
  return {
    at,
    hosts,
    proxy,
    identity,
    organization,
    ...costs,
    store,
    wanted,
    clockSkew: probes.clockSkew(),
    paidRequests: probes.paidRequests(),
  };
}

type CostFacts = Pick<
  AccountFacts,
  "cost" | "tags" | "tagKeysWithCost" | "costCategories" | "definitions" | "definition" | "forecast"
>;

const nothingAsked: CostFacts = {
  cost: notMade,
  tags: notMade,
  tagKeysWithCost: notMade,
  costCategories: notMade,
  definitions: notMade,
  definition: notMade,
  forecast: notMade,
};

async function askCostExplorer(
  probes: AccountProbes | null,
  at: Instant,
  wanted: WantedCollection,
): Promise<CostFacts> {
  if (probes === null) return nothingAsked;
  const { costExplorer } = probes;
  const window = recentDays(at);
  const cost = await costExplorer.cost(window);
  if (IN_COST_EXPLORER.has(failureOf(cost)?.kind ?? "refused")) return { ...nothingAsked, cost };
  const tags = await costExplorer.tags(wanted.tagKey);
  const tagKeysWithCost = await costExplorer.tagKeysWithCost(window);
  const costCategories = await costExplorer.costCategories(window);
  const definitions: Probe<readonly CategoryDefinition[]> = wanted.splitCharges
    ? await costExplorer.definitions()
    : notMade;
  const name = wanted.costCategory ?? answered(costCategories)?.[0];
  const chosen = answered(definitions)?.find((one) => one.name === name);
  const definition = chosen === undefined ? notMade : await costExplorer.definition(chosen.reference);
  const forecast = await costExplorer.forecast(remainingWindow(at));
  return {
    cost,
    tags,
    tagKeysWithCost,
    costCategories,
    definitions:
      definitions.outcome === "answered"
        ? { outcome: "answered", value: definitions.value.map((one) => one.name) }
        : definitions,
    definition,
    forecast,
  };
}

/** From the first day of the last closed month to today, which is excluded. */
const recentDays = (at: Instant): Window => ({ start: firstDay(lastClosedMonth(at)), end: dayOfInstant(at) });
