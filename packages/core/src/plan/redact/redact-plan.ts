import type { JsonValue } from "../../pricing/index.ts";
import { type Configuration, readConfiguration } from "../configuration/configuration.ts";
import { referencesIn, referencesLength } from "../configuration/references.ts";
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
import { PlanError } from "../plan-error.ts";
import { checkShapes } from "./check-shapes.ts";
import { deferredCount, failedChecks, outputActions, toolOf, versionOf } from "./plan-facts.ts";
import { redactedEntry } from "./redacted-entry.ts";
import type { RedactedChange, RedactedPlan } from "./redacted-plan.ts";
import { marksOfResources } from "./resource-marks.ts";
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
  const writtenDrift = listProperty(plan, "resource_drift");
  const markOf = marksOfResources([...(isJsonList(written) ? written : []), ...writtenDrift]);
  const redacted = (list: string) => (one: JsonValue, at: number) =>
    redactedEntry(one, `${list}[${at}]`, markOf(one), shared);
  const changes = isJsonList(written) ? written.map(redacted("resource_changes")) : null;
  const drift = writtenDrift.map(redacted("resource_drift"));
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
  const unused = { characters: REFERENCES_LIMIT };
  const completed = (entry: RedactedChange) =>
    complete(entry, located.get(entry), regions, configuration, unused);
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

/**
 * The most characters of all references: each instance of a resource repeats those of its configuration, so a small plan could
 * have any number of them.
 */
const REFERENCES_LIMIT = 30_000_000;

const tooManyReferences = () =>
  new PlanError(
    "too_large",
    "The instances of the plan's resources refer to other resources more often than is read: with the references of each instance, the plan is larger than its limit. Split the root module.",
  );

/** With what the configuration says about it. */
function complete(
  entry: RedactedChange,
  located: LocatedResource | undefined,
  regions: RegionResolver,
  configuration: Configuration,
  unused: { characters: number },
): RedactedChange {
  if (located === undefined) return entry;
  const region = entry.region ?? regions.regionOf(located);
  const { configured } = located;
  if (configured === null) return { ...entry, region };
  const { change, type, module_address } = entry;
  const written_not_planned = writtenNotPlanned(type, change.after, configured, configuration);
  unused.characters -= referencesLength(module_address, configured.references, unused.characters);
  if (unused.characters < 0) throw tooManyReferences();
  const referred = referencesIn(module_address, configured.references);
  return {
    ...entry,
    region,
    has_default_tags: configuration.hasDefaultTags(configured.providerKey),
    change: { ...change, written_not_planned, references: referred },
  };
}
