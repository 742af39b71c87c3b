import {
  addDays,
  addMonths,
  dayOfInstant,
  eventMonth,
  firstDay,
  lastClosedMonth,
} from "@dapanoskop/core/calendar";
import { quoted } from "@dapanoskop/core/text";
import type { AccountFacts, AllocationTag } from "../account-facts.ts";
import { type AccountFinding, isFine, isUnknown, warns } from "../finding.ts";
import { answered, failureOf } from "../probe.ts";

/** AWS accepts a backfill from so many months before the running one. */
const BACKFILL_MONTHS = 12;

/** Whether charges carry the tag of the workloads, and since when. */
export function tagFindings(facts: AccountFacts): readonly AccountFinding[] {
  const tags = answered(facts.tags);
  if (tags === null) return facts.tags.outcome === "not-made" ? [] : [withoutList(facts)];
  const { tagKey } = facts.wanted;
  const own = tags.find(({ key }) => key === tagKey);
  const others = tags.filter(({ key }) => key !== tagKey && sameLetters(key, tagKey));
  const other = others.find(({ active }) => active) ?? others[0];
  if (own?.active === true) return [activeTag(own, facts)];
  if (other !== undefined) return [otherCase(other, facts)];
  return [own === undefined ? notListed(facts) : inactiveTag(own, facts)];
}

const sameLetters = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const tagOf = ({ wanted }: AccountFacts) => `The tag key ${quoted(wanted.tagKey)}`;

/** The earliest day that AWS fills tags in from. */
const backfillFrom = ({ at }: AccountFacts) => firstDay(addMonths(eventMonth(at), -BACKFILL_MONTHS));

const backfillCommand = (facts: AccountFacts) =>
  `aws ce start-cost-allocation-tag-backfill --backfill-from ${backfillFrom(facts)}T00:00:00Z`;

function activeTag({ key, updated, lastUsed }: AllocationTag, facts: AccountFacts): AccountFinding {
  const day = updated === null ? null : dayOfInstant(updated);
  if (day !== null && day > oldestNeeded(facts)) {
    const today = dayOfInstant(facts.at);
    const since = day >= today ? "today" : `${day}`;
    const wait =
      day >= addDays(today, -1) ? " AWS needs up to 24 hours before the first charges carry it." : "";
    return warns(
      "tag-activated-lately",
      `${tagOf(facts)} is active since ${since}: earlier charges carry it only where a backfill was requested, which is not known here.${wait}`,
      `In the management account run ${backfillCommand(facts)}, once; wait until aws ce list-cost-allocation-tag-backfill-history says SUCCEEDED, and collect then.`,
    );
  }
  const known = answered(facts.tagKeysWithCost);
  if (known !== null && !known.includes(key) && answered(facts.cost)?.hasCost === true)
    return warns(
      "tag-unused",
      `${tagOf(facts)} is active, and no charge of the last closed month and the running one carries it${lastUse(lastUsed)}.`,
      "Add the tag to the resources of your workloads: charges from then on carry it. Until then all cost is Untagged.",
    );
  return isFine(
    "tag-active",
    `${tagOf(facts)} is active${day === null ? "" : ` since ${day}`}${lastUse(lastUsed)}.`,
  );
}

const lastUse = (lastUsed: string | null) =>
  lastUsed === null ? "" : `; a resource had it last in ${lastUsed.slice(0, 7)}`;

/** The first day of what the collection reads, as far as AWS can fill tags in. */
function oldestNeeded(facts: AccountFacts): string {
  const read = firstDay(addMonths(lastClosedMonth(facts.at), -facts.wanted.backfill));
  return [read, backfillFrom(facts)].sort().at(-1) ?? read;
}

function otherCase({ key, active }: AllocationTag, facts: AccountFacts): AccountFinding {
  return warns(
    "tag-other-case",
    `${tagOf(facts)} is not active; ${quoted(key)} is ${active ? "" : "listed, but not active either"}${active ? "active" : ""}. Upper and lower case make two keys.`,
    active
      ? `Collect with --tag-key ${key}, or tag the resources with ${facts.wanted.tagKey} and activate that.`
      : `Activate ${quoted(key)} under Billing and Cost Management → Cost allocation tags, and collect with --tag-key ${key}.`,
  );
}

const activate = (facts: AccountFacts) =>
  `aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=${facts.wanted.tagKey},Status=Active`;

function inactiveTag({ lastUsed }: AllocationTag, facts: AccountFacts): AccountFinding {
  return warns(
    "tag-inactive",
    `${tagOf(facts)} is not activated for cost allocation, so no charge carries it and all cost is Untagged${lastUse(lastUsed)}.`,
    `In the management account activate it (${activate(facts)}), wait a day, then fill in the past: ${backfillCommand(facts)}.`,
  );
}

function notListed(facts: AccountFacts): AccountFinding {
  const active = (answered(facts.tags) ?? []).filter((one) => one.active).map(({ key }) => quoted(key));
  const rest =
    active.length === 0
      ? "No tag is active."
      : `Active are ${active.slice(0, 8).join(", ")}${active.length > 8 ? ` and ${active.length - 8} more` : ""}.`;
  return warns(
    "tag-not-listed",
    `${tagOf(facts)} is on no resource that AWS has billed: it is not among the cost allocation tags. ${rest}`,
    "Add the tag to resources; AWS lists a key up to 24 hours after its first use, and then it can be activated. Or name a key that there is with --tag-key.",
  );
}

/** The tags could not be listed: what charges carry says some of it. */
function withoutList(facts: AccountFacts): AccountFinding {
  const known = answered(facts.tagKeysWithCost);
  const failure = failureOf(facts.tags);
  const why =
    failure?.kind === "member-account"
      ? "the management account keeps the list of tags to itself"
      : `the list of tags was refused (${failure?.name ?? "not asked"})`;
  if (known?.includes(facts.wanted.tagKey) === true)
    return isFine(
      "tag-active",
      `Charges of the last closed month or the running one carry the tag ${quoted(facts.wanted.tagKey)}; since when is not known: ${why}.`,
    );
  const near = known?.find((key) => sameLetters(key, facts.wanted.tagKey));
  if (near !== undefined) return otherCase({ key: near, active: true, updated: null, lastUsed: null }, facts);
  const carried = known === null ? "" : " No charge of the last closed month and the running one carries it.";
  return isUnknown(
    "tag-unknown",
    `Whether the tag key ${quoted(facts.wanted.tagKey)} is active is not known: ${why}.${carried}`,
    failure?.kind === "member-account"
      ? "Ask the administrators of the management account to look under Billing and Cost Management → Cost allocation tags, to activate the key there, and to fill in the past."
      : "Grant ce:ListCostAllocationTags to this identity, or look under Billing and Cost Management → Cost allocation tags in the console.",
  );
}
