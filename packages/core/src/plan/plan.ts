import type { JsonValue } from "../pricing/index.ts";

/** A plan of Terraform or OpenTofu, redacted: no value in it is marked sensitive, and it has no variables. */
export interface Plan {
  readonly formatVersion: string;
  /** By the registry of its providers; `null` where they are of another one. */
  readonly tool: "terraform" | "opentofu" | null;
  readonly toolVersion: string | null;
  readonly kind: PlanKind;
  /** False: resources are left out, as `-target` and deferred changes do. Terraform says so since 1.8; true where it does not. */
  readonly isComplete: boolean;
  readonly counts: PlanCounts;
  /** In the order of their addresses. Empty where the kind is `errored`: what Terraform writes then is not to be relied upon. */
  readonly changes: readonly ResourceChange[];
  /** What changed outside of Terraform, in the order of their addresses. Empty where the kind is `errored`. */
  readonly drift: readonly ResourceChange[];
  /** Sentences about what the plan cannot say. */
  readonly warnings: readonly string[];
  /** Of the redacted content: the same plan has the same one, whatever the order of its resources. 64 hex digits. */
  readonly fingerprint: string;
}

/**
 * `refresh-only`: the plan has no `resource_changes`, so only drift and outputs: Terraform leaves the list out of a refresh-only
 * plan, and of one of a configuration without resources, and nothing else tells these two apart. `errored` is not "no changes": the plan failed.
 */
export type PlanKind = "plan" | "refresh-only" | "errored";

/** A resource counts under its one action; imports and moves are counted besides, as an update or a no-op may be one. */
export interface PlanCounts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
  readonly read: number;
  readonly import: number;
  readonly move: number;
  readonly forget: number;
  /** Without those that are moved or imported and not changed. */
  readonly noOp: number;
  /** Outputs that change. */
  readonly outputs: number;
  /** Actions that this version does not know: each has a warning. */
  readonly other: number;
}

export type PlanAction = "create" | "update" | "delete" | "replace" | "read" | "no-op" | "forget" | "other";

/** A resource of a plan. (`address`, `deposed`) is unique. */
export interface ResourceChange {
  readonly address: string;
  readonly deposed: string | null;
  readonly type: string;
  /** The module's address; `null` in the root module. */
  readonly module: string | null;
  readonly mode: "managed" | "data";
  /** As the plan names it: `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string;
  /** Where it is after the change, and before it where it is deleted: `eu-central-1`; `null` where the plan does not decide it. */
  readonly region: string | null;
  readonly action: PlanAction;
  /** The plan's own word: `replace_because_cannot_update`. Terraform may add further ones. */
  readonly reason: string | null;
  /** Of the attributes that force a replacement: `root_block_device.0.volume_type`. */
  readonly replacePaths: readonly string[];
  readonly isCreatedBeforeDestroyed: boolean;
  readonly previousAddress: string | null;
  readonly importId: string | null;
  readonly before: PlanValues | null;
  readonly after: PlanValues | null;
  /** Where the values of `after` are known only after the apply: true at a leaf. */
  readonly afterUnknown: JsonValue;
  /** Paths of sensitive values that differ before and after: both read `(sensitive)`. */
  readonly sensitiveChanges: readonly string[];
  /** Values that the configuration writes and the plan does not: by path. They are warned about. */
  readonly writtenNotPlanned: Readonly<Record<string, JsonValue>>;
  /** Whether its provider is configured with default tags; `null` where the plan has no configuration of it. */
  readonly hasDefaultTags: boolean | null;
  /** Addresses of the resources that its configuration refers to, by path: `{ "launch_template.0.id": ["aws_launch_template.web"] }`. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

export type PlanValues = { readonly [name: string]: JsonValue };
