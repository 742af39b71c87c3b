/** What stands in the way of a first collection, or does not: one sentence, and the next step. */
export interface AccountFinding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  /** What was found, as a sentence. */
  readonly text: string;
  /** What to do next, as a sentence; `null` where there is nothing to do. */
  readonly next: string | null;
}

/**
 * `blocks`: a collection would fail, so this comes first. `warning`: it would publish less or other than expected. `unknown`:
 * it could not be found out. `ok`: it is as it should be.
 */
export type FindingLevel = (typeof findingLevels)[number];

/** In the order in which a person needs them. */
export const findingLevels = ["blocks", "warning", "unknown", "ok"] as const;

/** Every finding that there is, in the order in which they are given: what explains others comes before them. */
export const findingIds = [
  "no-credentials",
  "sign-in-expired",
  "unknown-key",
  "wrong-secret",
  "clock-refused",
  "untrusted-certificate",
  "answered-by-another",
  "unreachable",
  "proxy-not-used",
  "govcloud",
  "wrong-partition",
  "endpoint",
  "identity-unknown",
  "identity",
  "root-user",
  "clock",
  "account-inactive",
  "cost-explorer-not-enabled",
  "data-not-ready",
  "denied-by-organization",
  "billing-access-off",
  "member-without-access",
  "permissions-missing",
  "permissions-reduced",
  "permissions",
  "cost-explorer-unknown",
  "not-checked",
  "no-cost",
  "payer",
  "member-account",
  "organization-unknown",
  "tag-not-listed",
  "tag-other-case",
  "tag-inactive",
  "tag-activated-lately",
  "tag-unused",
  "tag-active",
  "tag-unknown",
  "category-missing",
  "category-none",
  "category",
  "category-unknown",
  "bucket-missing",
  "bucket-denied",
  "bucket-redirected",
  "bucket-foreign",
  "bucket-not-writable",
  "bucket-key-denied",
  "bucket-without-conditional-writes",
  "bucket-unknown",
  "bucket",
  "folder",
  "folder-not-writable",
  "first-run",
] as const;

export type FindingId = (typeof findingIds)[number];

export const blocks = (id: FindingId, text: string, next: string): AccountFinding => ({
  id,
  level: "blocks",
  text,
  next,
});

export const warns = (id: FindingId, text: string, next: string): AccountFinding => ({
  id,
  level: "warning",
  text,
  next,
});

export const isUnknown = (id: FindingId, text: string, next: string): AccountFinding => ({
  id,
  level: "unknown",
  text,
  next,
});

export const isFine = (id: FindingId, text: string, next: string | null = null): AccountFinding => ({
  id,
  level: "ok",
  text,
  next,
});
