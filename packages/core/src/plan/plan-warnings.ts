import { listed, quoted } from "../text/index.ts";
import type { ResourceChange } from "./plan.ts";
import { planAction } from "./plan-action.ts";
import type { RedactedPlan } from "./redact/redacted-plan.ts";

/** How many names a warning lists. */
const MOST_NAMES = 5;

/** What the plan cannot say, as sentences. */
export function planWarnings(plan: RedactedPlan, changes: readonly ResourceChange[]): readonly string[] {
  return [
    ...(plan.errored
      ? [
          "The plan failed, so nothing in it is counted or priced. Correct what Terraform reports, and plan again.",
        ]
      : []),
    ...(plan.complete || plan.errored
      ? []
      : ["The plan is not complete: resources that -target left out, or that are deferred, are not in it."]),
    ...(plan.deferred === 0
      ? []
      : [
          plan.deferred === 1
            ? "1 change is deferred to a later plan, and is not in this one."
            : `${plan.deferred} changes are deferred to a later plan, and are not in this one.`,
        ]),
    ...(plan.failed_checks.length === 0 ? [] : [`Checks failed: ${names(plan.failed_checks)}.`]),
    ...plan.observed_regions.map(
      (region) =>
        `The region ${region} is taken from existing resources of the same provider: its configuration does not decide one.`,
    ),
    ...unknownActions(plan),
    ...changes.flatMap(notPlanned),
  ];
}

function unknownActions({ resource_changes }: RedactedPlan): readonly string[] {
  const unknown = (resource_changes ?? []).filter(({ change }) => planAction(change.actions) === "other");
  return unknown.map(
    ({ address, change }) =>
      `The actions ${change.actions.map((action) => quoted(action, 40)).join(", ")} of ${quoted(address)} are not known to this version: they are counted as other, and their cost is unknown.`,
  );
}

function notPlanned({ address, writtenNotPlanned }: ResourceChange): readonly string[] {
  return Object.entries(writtenNotPlanned).map(
    ([path, value]) =>
      `${quoted(address)}: ${path} is written as ${String(value)}, but not planned: the provider does not plan this change, and the cost is that of the plan.`,
  );
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, MOST_NAMES).map((name) => quoted(name));
  const more = all.length - shown.length;
  return listed(more === 0 ? shown : [...shown, `${more} more`]);
}
