import type { AccountProbes } from "@dapanoskop/doctor";
import { configuredRegion, endpointOf } from "../cost-explorer/endpoint.ts";
import type { RequestScope } from "../cost-explorer/request-scope.ts";
import { askedHosts, DEFAULT_REGION } from "./asked-hosts.ts";
import { costExplorerProbes } from "./cost-explorer-probes.ts";
import { identityProbe } from "./identity-probe.ts";
import { observedAnswers } from "./observed-answers.ts";
import { organizationProbe } from "./organization-probe.ts";

/** Probes of the account that the environment's credentials belong to. @param scope the part of the bill that is collected */
export async function accountProbes(scope: RequestScope): Promise<AccountProbes> {
  const observed = observedAnswers();
  const region = (await configuredRegion()) ?? DEFAULT_REGION;
  return {
    hosts: askedHosts,
    identity: () => identityProbe(region, observed),
    organization: (account) => organizationProbe(account, region, observed),
    // GovCloud has none, and is not asked.
    costExplorer: costExplorerProbes(endpointOf(region)?.region ?? DEFAULT_REGION, scope, observed),
    clockSkew: observed.clockSkew,
    paidRequests: observed.paid,
  };
}
