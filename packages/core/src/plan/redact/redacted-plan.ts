import type { JsonValue } from "../../pricing/index.ts";

/**
 * What is kept of a plan: the only form that is stored, compared and priced. It lists what is kept, so that whatever a later
 * version of Terraform adds is left out. `variables`, the configuration, the prior state, the planned values, values of
 * outputs and messages of checks are not in it.
 */
export interface RedactedPlan {
  /** Of this form. */
  readonly dapanoskop_redacted: 1;
  readonly format_version: string;
  readonly terraform_version: string | null;
  readonly tool: "terraform" | "opentofu" | null;
  readonly errored: boolean;
  readonly complete: boolean;
  /** `null`: the plan is refresh-only. */
  readonly resource_changes: readonly RedactedChange[] | null;
  readonly resource_drift: readonly RedactedChange[];
  readonly output_changes: { readonly [name: string]: { readonly actions: readonly string[] } };
  /** How many changes are left to a later plan. */
  readonly deferred: number;
  /** Checks that failed, as the plan names them. */
  readonly failed_checks: readonly string[];
  /** Regions that are of no provider's configuration, but of resources of the same provider. */
  readonly observed_regions: readonly string[];
}

export interface RedactedChange {
  readonly address: string;
  readonly deposed: string | null;
  readonly module_address: string | null;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly previous_address: string | null;
  readonly action_reason: string | null;
  readonly region: string | null;
  readonly has_default_tags: boolean | null;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: JsonValue;
    readonly after: JsonValue;
    readonly after_unknown: JsonValue;
    readonly replace_paths: readonly string[];
    readonly import_id: string | null;
    readonly sensitive_changes: readonly string[];
    readonly written_not_planned: { readonly [path: string]: JsonValue };
    readonly references: { readonly [path: string]: readonly string[] };
  };
}
