import type { JsonValue } from "../pricing/index.ts";

/** A plan of Terraform or OpenTofu, redacted: no value in it is marked sensitive, and it has no variables. */
export interface Plan {
  readonly formatVersion: string;
  readonly tool: "terraform" | "opentofu" | null;
  readonly toolVersion: string | null;
  readonly kind: PlanKind;
  readonly counts: PlanCounts;
  /** In the order of their addresses. */
  readonly changes: readonly ResourceChange[];
  /** What changed outside of Terraform, in the order of their addresses. */
  readonly drift: readonly ResourceChange[];
  /** Sentences about what the plan cannot say. */
  readonly warnings: readonly string[];
  /** Of the redacted content: the same plan has the same one, whatever the order of its resources. 64 hex digits. */
  readonly fingerprint: string;
}

export type PlanKind = "plan" | "refresh-only" | "errored";

export interface PlanCounts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
  readonly read: number;
  readonly import: number;
  readonly move: number;
  readonly forget: number;
  readonly noOp: number;
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
  /** `eu-central-1`; `null` where the plan does not decide it. */
  readonly region: string | null;
  readonly action: PlanAction;
  /** The plan's own word: `replace_because_cannot_update`. */
  readonly reason: string | null;
  readonly replacePaths: readonly string[];
  readonly isCreatedBeforeDestroyed: boolean;
  readonly previousAddress: string | null;
  readonly importId: string | null;
  readonly before: PlanValues | null;
  readonly after: PlanValues | null;
  /** Where the values of `after` are known only after the apply: true at a leaf. */
  readonly afterUnknown: JsonValue;
  /** Values that the configuration writes and the plan does not: by path. They are warned about. */
  readonly writtenNotPlanned: Readonly<Record<string, JsonValue>>;
}

export type PlanValues = { readonly [name: string]: JsonValue };
