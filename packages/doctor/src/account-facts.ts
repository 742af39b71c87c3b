import type { Instant } from "@dapanoskop/core/calendar";
import type { Probe } from "./probe.ts";

/** What was found out about an account before its first collection. */
export interface AccountFacts {
  readonly at: Instant;
  readonly hosts: AskedHosts;
  readonly proxy: ProxySettings;
  readonly identity: Probe<CallerIdentity>;
  readonly organization: Probe<OrganizationRole>;
  /** AWS's clock less ours, in milliseconds; `null` where no answer carried a time. */
  readonly clockSkew: number | null;
  /** The cost of the last closed month and the running one. */
  readonly cost: Probe<RecentCost>;
  readonly tags: Probe<readonly AllocationTag[]>;
  /** Keys of tags that charges of the same time carry. */
  readonly tagKeysWithCost: Probe<readonly string[]>;
  /** Cost categories with cost in the same time. */
  readonly costCategories: Probe<readonly string[]>;
  /** All cost categories that are defined. */
  readonly definitions: Probe<readonly string[]>;
  /** Whether the definition of the cost category of the collection could be read, which has the split rules. */
  readonly definition: Probe<null>;
  readonly forecast: Probe<null>;
  readonly store: StoreFacts;
  readonly wanted: WantedCollection;
  /** Requests to Cost Explorer that were answered: AWS charges for them. */
  readonly paidRequests: number;
}

/** Where requests go, before any is sent. */
export interface AskedHosts {
  /** The region of the environment or the profile; `null` where none is set. */
  readonly region: string | null;
  /** `https://ce.us-east-1.amazonaws.com`; `null` in a partition without Cost Explorer. */
  readonly costExplorer: string | null;
  /** `https://sts.eu-central-1.amazonaws.com` */
  readonly sts: string;
}

/** Settings of a proxy in the environment. Its address may contain a password and is left out. */
export interface ProxySettings {
  /** `HTTPS_PROXY`; `null` where none is set. */
  readonly variable: string | null;
}

/** Whose credentials these are. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov` */
  readonly partition: string;
  readonly kind: "root" | "user" | "role" | "other";
  /** The name of the user or the role, without the name of a session; empty for root. */
  readonly name: string;
}

/** What the account is in an organization. */
export type OrganizationRole =
  | { readonly role: "payer" | "standalone" }
  | { readonly role: "member"; readonly payer: string };

export interface RecentCost {
  /** Whether any of it has cost. */
  readonly hasCost: boolean;
}

/** A cost allocation tag, as AWS lists it. */
export interface AllocationTag {
  readonly key: string;
  readonly active: boolean;
  /** When it was last activated or deactivated. */
  readonly updated: Instant | null;
  /** The last month in which a resource had it, as AWS writes it. */
  readonly lastUsed: Instant | null;
}

/** The place that the collection publishes to. */
export type StoreFacts =
  | { readonly kind: "folder"; readonly place: string; readonly problem: string | null }
  | BucketFacts;

export interface BucketFacts {
  readonly kind: "bucket";
  readonly place: string;
  readonly bucket: string;
  /** `null` where no answer says it. */
  readonly region: string | null;
  readonly list: Probe<null>;
  /** Whether the account of the identity owns it. */
  readonly owner: Probe<null>;
  readonly conditionalWrite: Probe<ConditionalWrite>;
}

/** The last write of the check, whose condition did not hold. */
export interface ConditionalWrite {
  readonly condition: "If-Match" | "If-None-Match";
  /** Whether the condition was ignored. */
  readonly written: boolean;
  /** The key of the object that the request named. */
  readonly key: string;
}

/** What is to be collected, and with how many requests. */
export interface WantedCollection {
  readonly tagKey: string;
  readonly costCategory: string | null;
  readonly splitCharges: boolean;
  /** Closed months that are read besides the ordinary ones. */
  readonly backfill: number;
  readonly pages: number;
  readonly other: number;
}
