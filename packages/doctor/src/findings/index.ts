import type { AccountFacts } from "../account-facts.ts";
import { type AccountFinding, findingIds, findingLevels } from "../finding.ts";
import { categoryFindings } from "./cost-category.ts";
import { costExplorerFindings } from "./cost-explorer.ts";
import { firstRunFindings } from "./first-run.ts";
import { identityFindings } from "./identity.ts";
import { networkFindings } from "./network.ts";
import { organizationFindings } from "./organization.ts";
import { permissionFindings } from "./permissions.ts";
import { storeFindings } from "./store.ts";
import { tagFindings } from "./tag-key.ts";

/** What the facts mean for a first collection: what blocks it first, and of equal level what explains the others first. */
export function findingsOf(facts: AccountFacts): readonly AccountFinding[] {
  const found = [
    networkFindings,
    identityFindings,
    costExplorerFindings,
    permissionFindings,
    organizationFindings,
    tagFindings,
    categoryFindings,
    storeFindings,
    firstRunFindings,
  ].flatMap((findings) => findings(facts));
  const rank = ({ level, id }: AccountFinding) =>
    findingLevels.indexOf(level) * findingIds.length + findingIds.indexOf(id);
  return found.sort((one, other) => rank(one) - rank(other));
}
