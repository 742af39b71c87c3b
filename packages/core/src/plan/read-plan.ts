import { fingerprintOf, type RedactedText, redactedBytes, redactedText } from "./fingerprint.ts";
import { isJsonObject } from "./json-object.ts";
import { parsePlanBytes } from "./parse-plan-bytes.ts";
import type { Plan, PlanKind, PlanValues, ResourceChange } from "./plan.ts";
import { planAction } from "./plan-action.ts";
import { planCounts } from "./plan-counts.ts";
import { planWarnings } from "./plan-warnings.ts";
import { redactPlan } from "./redact/redact-plan.ts";
import type { RedactedChange, RedactedPlan } from "./redact/redacted-plan.ts";

/** A plan, and the only form of it that may be stored or given to others. */
export interface ReadPlan {
  readonly plan: Plan;
  /**
   * The JSON of the plan without variables, configuration, prior state and sensitive values. The same plan is read from it, with
   * the same fingerprint.
   */
  readonly redacted: Uint8Array;
}

/**
 * Reads the JSON of a plan, as `terraform show -json tfplan` or `tofu show -json tfplan` writes it, or its redacted copy. It is
 * redacted before anything else is done with it, and nothing in it is executed.
 * @throws PlanError where it is no such plan, or beyond the limits of size and depth
 */
export async function readPlan(bytes: Uint8Array): Promise<Plan> {
  const redacted = redactPlan(parsePlanBytes(bytes));
  return planOf(redacted, redactedText(redacted));
}

/**
 * The redacted copy of a plan, alone. See `ReadPlan`.
 * @throws PlanError as `readPlan`
 */
export const redactedPlan = (bytes: Uint8Array): Uint8Array =>
  redactedBytes(redactedText(redactPlan(parsePlanBytes(bytes))));

/**
 * Both at once: the JSON is parsed and redacted only once.
 * @throws PlanError as `readPlan`
 */
export async function readAndRedact(bytes: Uint8Array): Promise<ReadPlan> {
  const redacted = redactPlan(parsePlanBytes(bytes));
  const text = redactedText(redacted);
  return { plan: await planOf(redacted, text), redacted: redactedBytes(text) };
}

async function planOf(redacted: RedactedPlan, text: RedactedText): Promise<Plan> {
  const kind = kindOf(redacted);
  // A plan that failed lists what it came to, which may read like no change: it is not classified.
  const changes =
    kind === "errored" ? [] : (redacted.resource_changes ?? []).map(resourceChange).sort(byAddress);
  const drift = kind === "errored" ? [] : redacted.resource_drift.map(resourceChange).sort(byAddress);
  return {
    formatVersion: redacted.format_version,
    tool: redacted.tool,
    toolVersion: redacted.terraform_version,
    kind,
    isComplete: redacted.complete,
    counts: planCounts(changes, kind === "errored" ? 0 : changedOutputs(redacted)),
    changes,
    drift,
    warnings: planWarnings(redacted, changes),
    fingerprint: await fingerprintOf(text),
  };
}

function kindOf({ errored, resource_changes }: RedactedPlan): PlanKind {
  if (errored) return "errored";
  return resource_changes === null ? "refresh-only" : "plan";
}

const changedOutputs = ({ output_changes }: RedactedPlan) =>
  Object.values(output_changes).filter(({ actions }) => actions.some((action) => action !== "no-op")).length;

function byAddress(a: ResourceChange, b: ResourceChange): number {
  if (a.address !== b.address) return a.address < b.address ? -1 : 1;
  const [left, right] = [a.deposed ?? "", b.deposed ?? ""];
  return left === right ? 0 : left < right ? -1 : 1;
}

function resourceChange(entry: RedactedChange): ResourceChange {
  const { change } = entry;
  return {
    address: entry.address,
    deposed: entry.deposed,
    type: entry.type,
    module: entry.module_address,
    mode: entry.mode,
    provider: entry.provider_name,
    region: entry.region,
    action: planAction(change.actions),
    reason: entry.action_reason,
    replacePaths: change.replace_paths,
    isCreatedBeforeDestroyed: change.actions.join() === "create,delete",
    previousAddress: entry.previous_address,
    importId: change.import_id,
    before: values(change.before),
    after: values(change.after),
    afterUnknown: change.after_unknown,
    sensitiveChanges: change.sensitive_changes,
    writtenNotPlanned: change.written_not_planned,
    references: change.references,
    hasDefaultTags: entry.has_default_tags,
  };
}

const values = (value: RedactedChange["change"]["before"]): PlanValues | null =>
  isJsonObject(value) ? value : null;
