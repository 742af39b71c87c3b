import { type Configuration, readConfiguration } from "../configuration/configuration.ts";
import { referencesIn } from "../configuration/references.ts";
import {
  isRegion,
  type LocatedResource,
  type RegionResolver,
  regionResolver,
} from "../configuration/region.ts";
import { writtenNotPlanned } from "../configuration/written-not-planned.ts";
import {
  isJsonList,
  type JsonObject,
  listProperty,
  property,
  textList,
  textProperty,
} from "../json-object.ts";
import { checkShapes } from "./check-shapes.ts";
import { deferredCount, failedChecks, outputActions, toolOf, versionOf } from "./plan-facts.ts";
import { redactedEntry } from "./redacted-entry.ts";
import type { RedactedChange, RedactedPlan } from "./redacted-plan.ts";
import { sharedSecrets } from "./shared-secrets.ts";

/**
 * What is kept of a plan's JSON, without sensitive values: leaves under a true mark of `before_sensitive` or `after_sensitive`
 * read `(sensitive)` on both sides, and so do texts that repeat one of them or a sensitive variable. A plan that is redacted
 * already stays as it is.
 * @throws PlanError when a part of the plan is not as format 1.x has it
 */
export function redactPlan(plan: JsonObject): RedactedPlan {
  checkShapes(plan);
  const shared = sharedSecrets(plan);
  const written = property(plan, "resource_changes");
  const isList = isJsonList(written);
  const changes = isList
    ? written.map((one, at) => redactedEntry(one, `resource_changes[${at}]`, shared))
    : null;
  const drift = listProperty(plan, "resource_drift").map((one, at) =>
    redactedEntry(one, `resource_drift[${at}]`, shared),
  );
  const configuration = readConfiguration(plan);
  const all = [...(changes ?? []), ...drift];
  const located = new Map(all.map((entry) => [entry, locate(entry, configuration)] as const));
  const existing = all
    .filter(({ change }) => STAYS.has(change.actions.join()))
    .map((one) => located.get(one));
  const regions = regionResolver(
    plan,
    configuration,
    existing.filter((one) => one !== undefined),
  );
  const completed = (entry: RedactedChange) => complete(entry, located.get(entry), regions, configuration);
  return {
    dapanoskop_redacted: 1,
    format_version: textProperty(plan, "format_version") ?? "",
    terraform_version: versionOf(plan),
    tool: toolOf(plan, all),
    errored: property(plan, "errored") === true,
    complete: property(plan, "complete") !== false,
    resource_changes: changes?.map(completed) ?? null,
    resource_drift: drift.map(completed),
    output_changes: outputActions(plan),
    deferred: deferredCount(plan),
    failed_checks: failedChecks(plan),
    observed_regions: [
      ...regions.observed,
      ...textList(property(plan, "observed_regions")).filter(isRegion),
    ].sort(),
  };
}

/** Actions after which an existing resource is where it was. */
const STAYS: ReadonlySet<string> = new Set(["no-op", "update", "read"]);

function locate(entry: RedactedChange, configuration: Configuration): LocatedResource {
  const { module_address, mode, type, name, change } = entry;
  return {
    configured: configuration.resource(module_address, mode, type, name),
    before: change.before,
    after: change.after,
  };
}

/** With what the configuration says about it. */
function complete(
  entry: RedactedChange,
  located: LocatedResource | undefined,
  regions: RegionResolver,
  configuration: Configuration,
): RedactedChange {
  if (located === undefined) return entry;
  const region = entry.region ?? regions.regionOf(located);
  const { configured } = located;
  if (configured === null) return { ...entry, region };
  const { change, type, module_address } = entry;
  const written_not_planned = writtenNotPlanned(type, change.after, configured, configuration);
  const referred = referencesIn(module_address, configured.references);
  return {
    ...entry,
    region,
    has_default_tags: configuration.hasDefaultTags(configured.providerKey),
    change: { ...change, written_not_planned, references: referred },
  };
}
