import { type JsonValue, SENSITIVE } from "../../pricing/index.ts";
import { isRegion } from "../configuration/region.ts";
import { isRepeatable } from "../configuration/written-not-planned.ts";
import {
  emptyObject,
  entriesOf,
  isJsonList,
  isJsonObject,
  type JsonObject,
  keysInOrder,
  listProperty,
  property,
  scalarText,
  textList,
  textProperty,
} from "../json-object.ts";
import { malformed } from "./malformed.ts";
import { redactValue, sensitiveChanges } from "./redact-value.ts";
import type { RedactedChange } from "./redacted-plan.ts";
import { SecretTexts } from "./secret-texts.ts";
import { childMark, type SensitiveMark } from "./sensitive-mark.ts";

/**
 * An entry of `resource_changes` or `resource_drift`, redacted. What a configuration says about it is added later.
 * @param place of the entry in the plan, for the error
 * @param mark what of its values is sensitive
 */
export function redactedEntry(
  entry: JsonValue,
  place: string,
  mark: SensitiveMark,
  shared: SecretTexts,
): RedactedChange {
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
      after_unknown: keysInOrder(unknownMarks(property(change, "after_unknown"), mark)),
      replace_paths: listProperty(change, "replace_paths").map((path) => pathText(path, mark)),
      import_id: importId(change, clean),
      sensitive_changes: changedSecrets(change, before, after, mark),
      written_not_planned: writtenKept(change),
      references: referencesKept(change),
    },
  };
}

/** A resource of which the whole value is sensitive has no value that is read. */
const valuesOrNull = (value: JsonValue): JsonValue =>
  value === SENSITIVE || isJsonObject(value) ? value : null;

/**
 * `after_unknown` with nothing in it but true at its leaves: whatever else stands there is left out, and so are keys below what
 * is sensitive.
 */
function unknownMarks(value: JsonValue | undefined, mark: SensitiveMark): JsonValue {
  if (value === undefined || value === null || typeof value !== "object") return value === true;
  if (mark === true) return hasTrue(value) ? true : isJsonList(value) ? [] : {};
  if (mark === null && isOfMarks(value)) return value;
  const below = (key: string) => (mark === null ? null : childMark(mark, key));
  if (isJsonList(value)) return value.map((child, at) => unknownMarks(child, below(String(at))));
  const copy = emptyObject();
  for (const [key, child] of Object.entries(value)) copy[key] = unknownMarks(child, below(key));
  return copy;
}

function isOfMarks(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return typeof value === "boolean";
  if (isJsonList(value)) return value.every(isOfMarks);
  for (const key in value) if (!isOfMarks(value[key] ?? null)) return false;
  return true;
}

function hasTrue(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return value === true;
  return isJsonList(value) ? value.some(hasTrue) : Object.values(value).some(hasTrue);
}

/** A path as it is written, down to what is sensitive as a whole: `root_block_device.0.volume_type`. */
function pathText(path: JsonValue, whole: SensitiveMark): string {
  if (!isJsonList(path)) return scalarText(path) ?? "";
  const steps: string[] = [];
  let mark = whole;
  for (const step of path) {
    if (mark === true) break;
    const name = scalarText(step) ?? "";
    steps.push(name);
    mark = mark === null ? null : childMark(mark, name);
  }
  return steps.length === 0 && mark === true ? SENSITIVE : steps.join(".");
}

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
    entriesOf(property(change, "written_not_planned")).filter(([, value]) => isRepeatable(value)),
  );

const referencesKept = (change: JsonValue | undefined) =>
  Object.fromEntries(
    entriesOf(property(change, "references")).map(([path, addresses]) => [path, textList(addresses)]),
  );
