import { listed } from "@dapanoskop/core/text";
import type { AccountFacts, WantedCollection } from "../account-facts.ts";
import { type AccountFinding, blocks, isFine, warns } from "../finding.ts";
import { failureOf, type Probe, type ProbeFailure } from "../probe.ts";

/** A permission that a collection uses, and what was found out about it. */
interface UsedPermission {
  readonly action: string;
  readonly probe: Probe<unknown>;
  /** What a collection lacks without it; `null` where it fails without it. */
  readonly without: string | null;
}

function usedPermissions(facts: AccountFacts): readonly UsedPermission[] {
  const { wanted } = facts;
  const splits = "split charges stay where AWS booked them";
  return [
    { action: "ce:GetCostAndUsage", probe: facts.cost, without: null },
    { action: "ce:GetCostCategories", probe: facts.costCategories, without: categoriesLack(wanted) },
    { action: "ce:ListCostCategoryDefinitions", probe: facts.definitions, without: splits },
    { action: "ce:DescribeCostCategoryDefinition", probe: facts.definition, without: splits },
    { action: "ce:GetCostForecast", probe: facts.forecast, without: "months have no forecast" },
    { action: "ce:GetTags", probe: facts.tagKeysWithCost, without: "a tag without charges is not explained" },
    {
      action: "ce:ListCostAllocationTags",
      probe: facts.tags,
      without: "only this check lacks it: the state of the tag is not known",
    },
  ];
}

/** A cost category by name is found in the definitions, and only looked for among those with cost where it has none there. */
const categoriesLack = ({ costCategory, splitCharges }: WantedCollection) =>
  costCategory !== null && splitCharges ? "a wrong name of a cost category is not explained" : null;

const DENIED: ReadonlySet<ProbeFailure["kind"]> = new Set([
  "denied",
  "denied-by-policy",
  "denied-explicitly",
  "denied-by-organization",
]);

/** Which permissions are missing. Several are one finding, because they are granted together. */
export function permissionFindings(facts: AccountFacts): readonly AccountFinding[] {
  const used = usedPermissions(facts);
  const denied = used.filter(({ probe }) => DENIED.has(failureOf(probe)?.kind ?? "refused"));
  const member = failureOf(facts.cost)?.kind === "member-account" ? [memberWithoutAccess(facts)] : [];
  if (denied.length === 0) return [...member, ...(member.length === 0 ? everythingPermitted(used) : [])];
  const kinds = denied.map(({ probe }) => failureOf(probe)?.kind);
  const asked = used.filter(({ probe }) => probe.outcome !== "not-made");
  if (kinds.includes("denied-by-organization")) return [...member, byOrganization(denied)];
  if (denied.length === asked.length && kinds.every((kind) => kind === "denied"))
    return [...member, allDenied(denied)];
  return [...member, ...missingPermissions(denied, kinds.includes("denied-explicitly"))];
}

const names = (permissions: readonly UsedPermission[]) => listed(permissions.map(({ action }) => action));

function everythingPermitted(used: readonly UsedPermission[]): readonly AccountFinding[] {
  const permitted = used.filter(({ probe }) => probe.outcome === "answered");
  if (permitted.length === 0) return [];
  return [
    isFine("permissions", `The identity may use Cost Explorer as a collection does: ${names(permitted)}.`),
  ];
}

function missingPermissions(
  denied: readonly UsedPermission[],
  explicitly: boolean,
): readonly AccountFinding[] {
  const needed = denied.filter(({ without }) => without === null);
  const useful = denied.filter(({ without }) => without !== null);
  const grant = (permissions: readonly UsedPermission[]) =>
    explicitly
      ? `Find the statement that denies ${names(permissions)} (a policy with MFA, a permissions boundary, a session policy), or use another role.`
      : `Add ${names(permissions)} on the resource "*" to the policy of this identity; docs/doctor.md has the whole policy.`;
  const found: AccountFinding[] = [];
  if (needed.length > 0)
    found.push(blocks("permissions-missing", `The identity lacks ${names(needed)}.`, grant(needed)));
  if (useful.length > 0) {
    const lacks = [...new Set(useful.map(({ without }) => without ?? ""))];
    found.push(
      warns(
        "permissions-reduced",
        `The identity lacks ${names(useful)}: ${lacks.join("; ")}.`,
        grant(useful),
      ),
    );
  }
  return found;
}

function byOrganization(denied: readonly UsedPermission[]): AccountFinding {
  const isNeeded = denied.some(({ without }) => without === null);
  const make = isNeeded ? blocks : warns;
  return make(
    "denied-by-organization",
    `A policy of the organization denies ${names(denied)}; no policy of this account can permit it.`,
    "Ask the organization's administrators to exempt Cost Explorer from the service control policy. A policy that denies regions must exempt us-east-1, where Cost Explorer is.",
  );
}

function allDenied(denied: readonly UsedPermission[]): AccountFinding {
  return blocks(
    "billing-access-off",
    "Every request to Cost Explorer was denied, and AWS names no policy as the reason: IAM access to billing is probably not activated in this account, or the identity has no permission for it.",
    `Sign in as the root user, open Account → IAM user and role access to Billing information, and activate it. Then grant ${names(denied)} to this identity.`,
  );
}

function memberWithoutAccess({ organization, cost }: AccountFacts): AccountFinding {
  const payer =
    organization.outcome === "answered" && organization.value.role === "member"
      ? `account ${organization.value.payer}`
      : "the one that pays";
  return blocks(
    "member-without-access",
    `This is a member account, and its management account does not let it see costs. ${failureOf(cost)?.words ?? ""}`.trimEnd(),
    `Collect in the management account (${payer}), or ask its administrators to permit linked accounts access under Billing and Cost Management → Cost Management preferences.`,
  );
}
