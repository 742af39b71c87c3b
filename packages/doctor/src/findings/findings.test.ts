import { describe, expect, it } from "vitest";
import type { AccountFacts, AllocationTag, BucketFacts } from "../account-facts.ts";
import { type FindingId, type FindingLevel, findingIds } from "../finding.ts";
import { notMade, type Probe, type ProbeFailureKind } from "../probe.ts";
import { findingsOf } from "./index.ts";

// What each fact means, without AWS: every finding there is, with its level and a word of its next step.

const AT = "2026-03-08T06:00:00Z";
const value = <Value>(of: Value): Probe<Value> => ({ outcome: "answered", value: of });
const failed = (kind: ProbeFailureKind, name = "AnError", words = ""): Probe<never> => ({
  outcome: "failed",
  failure: { kind, name, words },
});
const tag = (changes: Partial<AllocationTag> = {}): AllocationTag => ({
  key: "App",
  active: true,
  updated: "2024-05-02T00:00:00Z",
  lastUsed: "2026-03-01T00:00:00Z",
  ...changes,
});
const aBucket = (changes: Partial<BucketFacts> = {}): BucketFacts => ({
  kind: "bucket",
  place: "s3://costs",
  bucket: "costs",
  region: "eu-central-1",
  list: value(null),
  owner: value(null),
  conditionalWrite: value({ condition: "If-None-Match", written: false, key: "_doctor/conditional-write" }),
  ...changes,
});

/** A management account in which nothing is wrong. */
const healthy: AccountFacts = {
  at: AT,
  hosts: {
    region: "eu-central-1",
    costExplorer: "https://ce.us-east-1.amazonaws.com",
    sts: "https://sts.eu-central-1.amazonaws.com",
  },
  proxy: { variable: null },
  identity: value({ account: "123456789012", partition: "aws", kind: "role", name: "Billing" } as const),
  organization: value({ role: "payer" } as const),
  clockSkew: 1_000,
  cost: value({ hasCost: true }),
  tags: value([tag()]),
  tagKeysWithCost: value(["App"]),
  costCategories: value(["CostCenter"]),
  definitions: value(["CostCenter"]),
  definition: value(null),
  forecast: value(null),
  store: { kind: "folder", place: "/costs", problem: null },
  wanted: {
    tagKey: "App",
    costCategory: null,
    splitCharges: true,
    backfill: 0,
    pages: 7,
    other: 2,
  },
  paidRequests: 7,
};
const nothingAsked = {
  tags: notMade,
  tagKeysWithCost: notMade,
  costCategories: notMade,
  definitions: notMade,
  definition: notMade,
  forecast: notMade,
};

const levelsOf = (facts: AccountFacts) =>
  Object.fromEntries(findingsOf(facts).map(({ id, level }) => [id, level]));

type Changes = Partial<AccountFacts>;
const inRegion = (
  region: string | null,
  costExplorer: string | null = healthy.hosts.costExplorer,
): Changes => ({
  hosts: { ...healthy.hosts, region, costExplorer },
});
const wants = (changes: Partial<AccountFacts["wanted"]>, more: Changes = {}): Changes => ({
  wanted: { ...healthy.wanted, ...changes },
  ...more,
});
const identityFails = (kind: ProbeFailureKind): Changes => ({
  identity: failed(kind),
  organization: notMade,
  cost: notMade,
  ...nothingAsked,
});
const costFails = (kind: ProbeFailureKind): Changes => ({ cost: failed(kind), ...nothingAsked });

const cases: readonly (readonly [string, Changes, FindingId, FindingLevel, RegExp | null])[] = [
  ["no credentials", identityFails("no-credentials"), "no-credentials", "blocks", /aws sso login/],
  ["an expired sign-in", identityFails("sign-in-expired"), "sign-in-expired", "blocks", /Sign in again/],
  ["an unknown key", identityFails("unknown-key"), "unknown-key", "blocks", /AWS_ACCESS_KEY_ID/],
  ["a wrong secret", identityFails("wrong-secret"), "wrong-secret", "blocks", /AWS_SECRET_ACCESS_KEY/],
  [
    "a refused time",
    { ...identityFails("clock"), clockSkew: 6e5 },
    "clock-refused",
    "blocks",
    /Set the clock/,
  ],
  ["a certificate", identityFails("untrusted"), "untrusted-certificate", "blocks", /NODE_EXTRA_CA_CERTS/],
  ["another's answer", costFails("not-aws"), "answered-by-another", "blocks", /ce\.us-east-1/],
  [
    "no answer",
    costFails("unreachable"),
    "unreachable",
    "blocks",
    /Check the region, too: it is eu-central-1/,
  ],
  ["an unused proxy", { proxy: { variable: "HTTPS_PROXY" } }, "proxy-not-used", "ok", null],
  [
    "an unused proxy without which AWS is not reached",
    { proxy: { variable: "HTTPS_PROXY" }, ...costFails("unreachable") },
    "proxy-not-used",
    "blocks",
    /without the proxy/,
  ],
  [
    "GovCloud",
    { ...inRegion("us-gov-west-1", null), cost: notMade, ...nothingAsked },
    "govcloud",
    "blocks",
    /that account/,
  ],
  ["China's region", inRegion("cn-north-1"), "wrong-partition", "blocks", /us-east-1/],
  [
    "China's account",
    { identity: value({ account: "1", partition: "aws-cn", kind: "user", name: "ada" } as const) },
    "wrong-partition",
    "blocks",
    /cn-northwest-1/,
  ],
  ["a stand-in", inRegion(null, "http://127.0.0.1:1"), "endpoint", "warning", /AWS_ENDPOINT_URL/],
  ["a refusing STS", { identity: failed("denied") }, "identity-unknown", "unknown", /get-caller-identity/],
  ["a role", {}, "identity", "ok", null],
  [
    "the root user",
    { identity: value({ account: "1", partition: "aws", kind: "root", name: "" } as const) },
    "root-user",
    "warning",
    /delete the root user's access key/,
  ],
  ["a clock five minutes ahead", { clockSkew: -300_000 }, "clock", "warning", /NTP/],
  ["a suspended account", costFails("account-inactive"), "account-inactive", "blocks", /root user/],
  [
    "Cost Explorer not opened",
    costFails("not-enabled"),
    "cost-explorer-not-enabled",
    "blocks",
    /once in the console/,
  ],
  ["data that is prepared", costFails("no-data"), "data-not-ready", "blocks", /tomorrow/],
  ["a throttled query", costFails("throttled"), "cost-explorer-unknown", "unknown", /in some minutes/],
  ["a refused option", costFails("refused"), "cost-explorer-unknown", "unknown", /--billing-view/],
  ["what was not asked", costFails("not-enabled"), "not-checked", "unknown", /Settle it/],
  ["no cost", { cost: value({ hasCost: false }) }, "no-cost", "warning", /the account that you mean/],
  [
    "a policy of the organization",
    { cost: failed("denied-by-organization") },
    "denied-by-organization",
    "blocks",
    /us-east-1/,
  ],
  [
    "a policy of the organization on an addition",
    { forecast: failed("denied-by-organization") },
    "denied-by-organization",
    "warning",
    /administrators/,
  ],
  [
    "everything denied",
    {
      cost: failed("denied"),
      tags: failed("denied"),
      tagKeysWithCost: failed("denied"),
      costCategories: failed("denied"),
      definitions: failed("denied"),
      definition: notMade,
      forecast: failed("denied"),
    },
    "billing-access-off",
    "blocks",
    /IAM user and role access/,
  ],
  [
    "a member without access",
    { cost: failed("member-account") },
    "member-without-access",
    "blocks",
    /management account/,
  ],
  [
    "a needed permission",
    { cost: failed("denied-by-policy") },
    "permissions-missing",
    "blocks",
    /ce:GetCostAndUsage/,
  ],
  [
    "an explicit denial",
    { cost: failed("denied-explicitly") },
    "permissions-missing",
    "blocks",
    /Find the statement/,
  ],
  [
    "a useful permission",
    { forecast: failed("denied-by-policy") },
    "permissions-reduced",
    "warning",
    /ce:GetCostForecast/,
  ],
  [
    "categories for a collection without a name of one",
    { costCategories: failed("denied-by-policy") },
    "permissions-missing",
    "blocks",
    /ce:GetCostCategories/,
  ],
  [
    "categories for a collection that names one",
    wants({ costCategory: "CostCenter" }, { costCategories: failed("denied-by-policy") }),
    "permissions-reduced",
    "warning",
    /ce:GetCostCategories/,
  ],
  ["all permissions", {}, "permissions", "ok", null],
  ["a payer", {}, "payer", "ok", null],
  [
    "an account of no organization",
    { organization: value({ role: "standalone" } as const) },
    "payer",
    "ok",
    null,
  ],
  [
    "a member",
    { organization: value({ role: "member", payer: "210987654321" } as const) },
    "member-account",
    "warning",
    /--billing-view/,
  ],
  [
    "a member by the list of tags",
    { organization: failed("denied"), tags: failed("member-account") },
    "member-account",
    "warning",
    /management account/,
  ],
  [
    "a closed organization",
    { organization: failed("denied") },
    "organization-unknown",
    "unknown",
    /DescribeOrganization/,
  ],
  ["a tag of no resource", { tags: value([tag({ key: "Team" })]) }, "tag-not-listed", "warning", /--tag-key/],
  [
    "a tag in another case",
    { tags: value([tag({ key: "app" })]) },
    "tag-other-case",
    "warning",
    /--tag-key app/,
  ],
  [
    "an inactive tag",
    { tags: value([tag({ active: false })]) },
    "tag-inactive",
    "warning",
    /start-cost-allocation-tag-backfill --backfill-from 2025-03-01T00:00:00Z/,
  ],
  ["a tag of today", { tags: value([tag({ updated: AT })]) }, "tag-activated-lately", "warning", /SUCCEEDED/],
  [
    "a tag of the second day that is read",
    { tags: value([tag({ updated: "2026-02-02T00:00:00Z" })]) },
    "tag-activated-lately",
    "warning",
    /SUCCEEDED/,
  ],
  [
    "a tag of the first day that is read",
    { tags: value([tag({ updated: "2026-02-01T12:00:00Z" })]) },
    "tag-active",
    "ok",
    null,
  ],
  [
    "a tag younger than the backfill",
    wants({ backfill: 6 }, { tags: value([tag({ updated: "2025-09-01T00:00:00Z" })]) }),
    "tag-activated-lately",
    "warning",
    /backfill/,
  ],
  ["a tag that no charge carries", { tagKeysWithCost: value(["Team"]) }, "tag-unused", "warning", /Untagged/],
  ["an active tag", {}, "tag-active", "ok", null],
  [
    "a tag that charges carry, without the list",
    { tags: failed("member-account") },
    "tag-active",
    "ok",
    null,
  ],
  [
    "a tag without any knowledge",
    { tags: failed("denied-by-policy"), tagKeysWithCost: value([]) },
    "tag-unknown",
    "unknown",
    /ListCostAllocationTags/,
  ],
  [
    "a missing category",
    wants({ costCategory: "Team" }),
    "category-missing",
    "blocks",
    /upper and lower case/,
  ],
  [
    "no category",
    { costCategories: value([]), definitions: value([]), definition: notMade },
    "category-none",
    "warning",
    /create one/,
  ],
  ["a category", {}, "category", "ok", null],
  ["a named category", wants({ costCategory: "CostCenter" }), "category", "ok", null],
  [
    "categories that may not be listed",
    {
      costCategories: failed("denied-by-policy"),
      definitions: failed("denied-by-policy"),
      definition: notMade,
    },
    "category-unknown",
    "unknown",
    /GetCostCategories/,
  ],
  [
    "no bucket",
    { store: aBucket({ list: failed("not-found") }) },
    "bucket-missing",
    "blocks",
    /aws s3 mb s3:\/\/costs/,
  ],
  [
    "a denied bucket",
    { store: aBucket({ list: failed("denied") }) },
    "bucket-denied",
    "blocks",
    /s3:ListBucket/,
  ],
  [
    "a bucket elsewhere",
    { store: aBucket({ list: failed("redirected") }) },
    "bucket-redirected",
    "blocks",
    /get-bucket-location/,
  ],
  [
    "a bucket of others",
    { store: aBucket({ owner: failed("denied") }) },
    "bucket-foreign",
    "warning",
    /of this account/,
  ],
  [
    "a bucket to read",
    { store: aBucket({ conditionalWrite: failed("denied") }) },
    "bucket-not-writable",
    "blocks",
    /s3:PutObject/,
  ],
  [
    "a denied key",
    { store: aBucket({ conditionalWrite: failed("no-key") }) },
    "bucket-key-denied",
    "blocks",
    /kms:GenerateDataKey/,
  ],
  [
    "ignored conditions",
    {
      store: aBucket({ conditionalWrite: value({ condition: "If-Match", written: true, key: "_doctor/x" }) }),
    },
    "bucket-without-conditional-writes",
    "blocks",
    /Delete _doctor\/x/,
  ],
  [
    "one ignored condition",
    {
      store: aBucket({
        conditionalWrite: value({ condition: "If-None-Match", written: true, key: "_doctor/x" }),
      }),
    },
    "bucket-without-conditional-writes",
    "blocks",
    /Delete _doctor\/x/,
  ],
  [
    "no conditions",
    { store: aBucket({ conditionalWrite: failed("unsupported") }) },
    "bucket-without-conditional-writes",
    "blocks",
    /Amazon S3/,
  ],
  ["a bucket not looked at", { store: aBucket({ list: notMade }) }, "bucket-unknown", "unknown", /again/],
  ["a failing bucket", { store: aBucket({ list: failed("server") }) }, "bucket-unknown", "unknown", /again/],
  ["a bucket", { store: aBucket() }, "bucket", "ok", null],
  ["a folder", {}, "folder", "ok", null],
  [
    "a full folder",
    { store: { kind: "folder", place: "/costs", problem: "ENOSPC" } },
    "folder-not-writable",
    "blocks",
    /--store/,
  ],
  ["the first run", {}, "first-run", "ok", null],
];

describe("findings of an account", () => {
  it.each(cases)("of %s", (_, changes, id, level, next) => {
    const found = findingsOf({ ...healthy, ...changes }).filter((one) => one.id === id);
    expect(found.map((one) => one.level)).toEqual([level]);
    if (next === null) expect(found[0]?.next).toBeNull();
    else expect(found[0]?.next).toMatch(next);
  });

  it("have each finding that there is in this table", () => {
    expect(findingIds.filter((id) => !cases.some(([, , known]) => known === id))).toEqual([]);
  });

  it("of a healthy account are all fine, and name the price of the first run", () => {
    expect(new Set(Object.values(levelsOf(healthy)))).toEqual(new Set(["ok"]));
    expect(findingsOf(healthy).at(-1)?.text).toMatch(/9 requests .*\$0\.09/);
  });

  it.each([
    [299_999 - 30_000, false],
    [270_000, true],
    [-299_000 + 30_000, false],
    [-270_001, true],
  ])("of a clock that differs by %i ms: a warning is %s", (clockSkew, isWarned) => {
    expect("clock" in levelsOf({ ...healthy, clockSkew })).toBe(isWarned);
  });

  it("say which way the clock is wrong", () => {
    const text = (clockSkew: number) =>
      findingsOf({ ...healthy, clockSkew }).find(({ id }) => id === "clock")?.text;
    expect(text(600_000)).toContain("10 minutes behind AWS's");
    expect(text(-600_000)).toContain("10 minutes ahead of AWS's");
  });

  it("come by level, and of equal level what explains the others first", () => {
    const facts = { ...healthy, ...costFails("not-enabled"), store: aBucket({ list: failed("not-found") }) };
    const ids = findingsOf(facts).map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(["cost-explorer-not-enabled", "bucket-missing", "not-checked"]);
    const levels = findingsOf({ ...facts, clockSkew: 6e5 }).map(({ level }) => level);
    expect(levels).toEqual([...levels].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
  });
});

const ORDER = ["blocks", "warning", "unknown", "ok"];
