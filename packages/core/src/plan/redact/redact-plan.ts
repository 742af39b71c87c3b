import type { JsonValue } from "../../pricing/index.ts";
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
  emptyObject,
  entriesOf,
  isJsonList,
  isJsonObject,
  type JsonObject,
  keysInOrder,
  listProperty,
  property,
  textProperty,
} from "../json-object.ts";
import { PlanError } from "../plan-error.ts";
import { redactValue, SENSITIVE, sensitiveChanges, textsIn } from "./redact-value.ts";
import type { RedactedChange, RedactedPlan } from "./redacted-plan.ts";
import { SecretTexts } from "./secret-texts.ts";
import { eitherMark, type SensitiveMark, sensitiveMark } from "./sensitive-mark.ts";

/**
 * What is kept of a plan's JSON, without sensitive values: leaves under a true mark of `before_sensitive` or `after_sensitive`
 * read `(sensitive)` on both sides, and so do texts that repeat one of them or a sensitive variable. A plan that is redacted
 * already stays as it is.
 * @throws PlanError when a part of the plan is not as format 1.x has it
 */
export function redactPlan(plan: JsonObject): RedactedPlan {
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

/** Sensitive variables and outputs: a provider may repeat them in attributes of any resource. */
function sharedSecrets(plan: JsonObject): SecretTexts {
  const secrets = new SecretTexts();
  const addAll = (value: JsonValue | undefined) => {
    if (value !== undefined) for (const text of textsIn(value)) secrets.add(text);
  };
  const declared = property(property(property(plan, "configuration"), "root_module"), "variables");
  for (const [name, variable] of entriesOf(declared)) {
    if (property(variable, "sensitive") !== true) continue;
    addAll(property(variable, "default"));
    addAll(property(property(property(plan, "variables"), name), "value"));
  }
  for (const [, output] of entriesOf(property(plan, "output_changes"))) {
    for (const side of ["before", "after"]) {
      const mark = sensitiveMark(property(output, `${side}_sensitive`));
      redactValue(property(output, side) ?? null, mark, (text) => secrets.add(text));
    }
  }
  return secrets;
}

function redactedEntry(entry: JsonValue, place: string, shared: SecretTexts): RedactedChange {
  const required = (name: string) => {
    const found = textProperty(entry, name);
    if (found === null) throw malformed(`${place} has no ${name}`);
    return found;
  };
  const change = property(entry, "change");
  const actions = textList(property(change, "actions"));
  if (actions.length === 0) throw malformed(`${place} has no change with actions`);
  const before = property(change, "before") ?? null;
  const after = property(change, "after") ?? null;
  const mark = eitherMark(
    sensitiveMark(property(change, "before_sensitive")),
    sensitiveMark(property(change, "after_sensitive")),
  );
  const secrets = new SecretTexts();
  const clean = (value: JsonValue) => shared.removedFrom(secrets.removedFrom(value));
  const redact = (value: JsonValue) => redactValue(value, mark, (text) => secrets.add(text));
  // Both sides are redacted before either is searched for what was taken out of the other.
  const sides = [redact(before), redact(after)] as const;
  return {
    address: required("address"),
    deposed: textProperty(entry, "deposed"),
    module_address: textProperty(entry, "module_address"),
    mode: textProperty(entry, "mode") === "data" ? "data" : "managed",
    type: required("type"),
    name: textProperty(entry, "name") ?? "",
    provider_name: textProperty(entry, "provider_name") ?? "",
    previous_address: textProperty(entry, "previous_address"),
    action_reason: textProperty(entry, "action_reason"),
    region: regionKept(entry),
    has_default_tags: defaultTagsKept(entry),
    change: {
      actions,
      before: keysInOrder(valuesOrNull(clean(sides[0]))),
      after: keysInOrder(valuesOrNull(clean(sides[1]))),
      after_unknown: keysInOrder(unknownMarks(property(change, "after_unknown"))),
      replace_paths: listProperty(change, "replace_paths").map(pathText),
      import_id: importId(change, clean),
      sensitive_changes: changedSecrets(change, before, after, mark),
      written_not_planned: writtenKept(change),
      references: referencesKept(change),
    },
  };
}

const malformed = (what: string) =>
  new PlanError("unsupported_format", `The plan cannot be read: ${what}. Plans of format 1.x have it.`);

const textList = (value: JsonValue | undefined): readonly string[] =>
  isJsonList(value) ? value.filter((one) => typeof one === "string") : [];

/** A resource of which the whole value is sensitive has no value that is read. */
const valuesOrNull = (value: JsonValue): JsonValue =>
  value === SENSITIVE || isJsonObject(value) ? value : null;

/** `after_unknown` with nothing in it but true at its leaves: whatever else stands there is left out. */
function unknownMarks(value: JsonValue | undefined): JsonValue {
  if (value !== undefined && isOfMarks(value)) return value;
  if (isJsonList(value)) return value.map(unknownMarks);
  if (!isJsonObject(value)) return value === true;
  const copy = emptyObject();
  for (const [key, child] of Object.entries(value)) copy[key] = unknownMarks(child);
  return copy;
}

function isOfMarks(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return typeof value === "boolean";
  if (isJsonList(value)) return value.every(isOfMarks);
  for (const key in value) if (!isOfMarks(value[key] ?? null)) return false;
  return true;
}

/** A path as it is written: `root_block_device.0.volume_type`. */
const pathText = (path: JsonValue): string =>
  isJsonList(path) ? path.map((step) => String(step)).join(".") : String(path);

function importId(change: JsonValue | undefined, clean: (value: JsonValue) => JsonValue): string | null {
  const importing = property(change, "importing");
  if (!isJsonObject(importing)) return textProperty(change, "import_id");
  const id = clean(textProperty(importing, "id"));
  // Its id may be known only after the apply: it is an import all the same.
  return typeof id === "string" ? id : "(unknown)";
}

function changedSecrets(
  change: JsonValue | undefined,
  before: JsonValue,
  after: JsonValue,
  mark: SensitiveMark,
): readonly string[] {
  const kept = textList(property(change, "sensitive_changes"));
  if (kept.length > 0 || before === null || after === null) return kept;
  return sensitiveChanges(before, after, mark);
}

/** Of a plan that is redacted already. */
const regionKept = (entry: JsonValue) => {
  const region = textProperty(entry, "region");
  return region !== null && isRegion(region) ? region : null;
};

const defaultTagsKept = (entry: JsonValue) => {
  const kept = property(entry, "has_default_tags");
  return typeof kept === "boolean" ? kept : null;
};

const writtenKept = (change: JsonValue | undefined): JsonObject =>
  Object.fromEntries(
    entriesOf(property(change, "written_not_planned")).filter(
      ([, value]) => typeof value === "number" || typeof value === "string",
    ),
  );

const referencesKept = (change: JsonValue | undefined) =>
  Object.fromEntries(
    entriesOf(property(change, "references")).map(([path, addresses]) => [path, textList(addresses)]),
  );

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

const versionOf = (plan: JsonObject) => {
  const version = textProperty(plan, "terraform_version");
  return version !== null && /^[\w.+-]{1,40}$/.test(version) ? version : null;
};

/** By the registry of the providers: the plan does not name the tool that made it. */
function toolOf(plan: JsonObject, all: readonly RedactedChange[]): RedactedPlan["tool"] {
  const kept = textProperty(plan, "tool");
  if (kept === "terraform" || kept === "opentofu") return kept;
  const configured = entriesOf(property(property(plan, "configuration"), "provider_config"));
  const names = [
    ...configured.map(([, provider]) => textProperty(provider, "full_name") ?? ""),
    ...all.map(({ provider_name }) => provider_name),
  ];
  if (names.some((name) => name.startsWith("registry.opentofu.org/"))) return "opentofu";
  return names.some((name) => name.startsWith("registry.terraform.io/")) ? "terraform" : null;
}

function outputActions(plan: JsonObject): RedactedPlan["output_changes"] {
  const outputs = entriesOf(property(plan, "output_changes"));
  return Object.fromEntries(
    outputs.map(([name, output]) => [name, { actions: textList(property(output, "actions")) }]),
  );
}

const deferredCount = (plan: JsonObject) => {
  const kept = property(plan, "deferred");
  return typeof kept === "number" ? kept : listProperty(plan, "deferred_changes").length;
};

const failedChecks = (plan: JsonObject) => [
  ...textList(property(plan, "failed_checks")),
  ...listProperty(plan, "checks").flatMap((check) => {
    const status = textProperty(check, "status");
    const name = textProperty(property(check, "address"), "to_display");
    return (status === "fail" || status === "error") && name !== null ? [name] : [];
  }),
];
