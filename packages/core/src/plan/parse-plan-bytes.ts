import type { JsonValue } from "../pricing/index.ts";
import { isJsonObject, type JsonObject, property, textProperty } from "./json-object.ts";
import { PlanError } from "./plan-error.ts";

/** The most bytes that a plan may have. Terraform writes some 2 to 4 kB for a resource. */
export const PLAN_BYTE_LIMIT = 10_000_000;

/** How deep objects and lists may stand in each other: plans of real modules have less than 30. */
const DEPTH_LIMIT = 64;

const MAKE_JSON =
  "Make it by: terraform plan -out tfplan, then terraform show -json tfplan > plan.json (or tofu in place of terraform).";

/**
 * A plan's JSON, of format 1.x. Its size and depth are checked before anything is parsed.
 * @throws PlanError
 */
export function parsePlanBytes(bytes: Uint8Array): JsonObject {
  if (bytes.length > PLAN_BYTE_LIMIT) throw tooLarge();
  refuseWhatIsNoJson(bytes);
  const { depth, hasLongNumber } = scan(bytes);
  if (depth > DEPTH_LIMIT) {
    throw new PlanError(
      "too_deep",
      `The plan nests objects and lists deeper than ${DEPTH_LIMIT} levels: no plan of Terraform does. ${MAKE_JSON}`,
    );
  }
  return ofKnownFormat(parse(bytes, hasLongNumber));
}

const tooLarge = () =>
  new PlanError(
    "too_large",
    `The plan has more than ${PLAN_BYTE_LIMIT / 1e6} MB, the most that is read. Leave out what is not needed: terraform show -json tfplan | jq -c 'del(.planned_values, .prior_state)' > plan.json.`,
  );

const startsWith = (bytes: Uint8Array, ...start: readonly number[]) =>
  start.every((byte, at) => bytes[at] === byte);

function refuseWhatIsNoJson(bytes: Uint8Array): void {
  const noJson = (what: string) => new PlanError("not_json", `${what} ${MAKE_JSON}`);
  if (startsWith(bytes, 0x50, 0x4b)) {
    throw noJson("This is a binary plan, as terraform plan -out writes it, and a plan's JSON is needed.");
  }
  if (startsWith(bytes, 0x1f, 0x8b)) throw noJson("This file is compressed by gzip. Unpack it first.");
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    throw noJson(
      "This file is UTF-16, as PowerShell writes it, and UTF-8 is needed: append | Out-File -Encoding utf8 plan.json.",
    );
  }
  const first = firstCharacter(bytes);
  if (first === null) throw noJson("The plan is empty.");
  if (first !== "{" && first !== "[") {
    throw noJson(
      "This is not JSON: it may be the text that terraform plan shows, and a plan's JSON is needed.",
    );
  }
}

/** The first character that is neither white space nor a byte order mark. */
function firstCharacter(bytes: Uint8Array): string | null {
  const start = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return String.fromCharCode(byte);
  }
  return null;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** A double has at most 309 digits before its point. */
const LONGEST_WHOLE_NUMBER = 300;

/**
 * How deep the brackets outside of strings nest, and whether a number may be beyond what a double holds.
 * It reads bytes, so that nothing is built of a hostile text; in UTF-8 no byte of another character equals one of ASCII.
 */
function scan(bytes: Uint8Array): { readonly depth: number; readonly hasLongNumber: boolean } {
  let depth = 0;
  let deepest = 0;
  let digits = 0;
  let hasLongNumber = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at += 1;
      while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    }
    if (byte >= 0x30 && byte <= 0x39) {
      digits += 1;
      if (digits > LONGEST_WHOLE_NUMBER) hasLongNumber = true;
    } else {
      if (digits > 0 && (byte === 0x65 || byte === 0x45)) hasLongNumber = true;
      digits = 0;
    }
  }
  return { depth: deepest, hasLongNumber };
}

function parse(bytes: Uint8Array, hasLongNumber: boolean): JsonValue {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value = JSON.parse(text) as JsonValue;
    return hasLongNumber ? withoutInfinity(value) : value;
  } catch {
    // The error of JSON.parse quotes the text, which may hold a secret: it is neither repeated nor kept as a cause.
    const isLog = startsWith(bytes, 0x7b, 0x22, 0x40);
    const what = isLog
      ? "This is the log that terraform plan -json writes, and a plan's JSON is needed."
      : "The plan is not valid JSON in UTF-8: it may be cut off.";
    throw new PlanError("not_json", `${what} ${MAKE_JSON}`);
  }
}

/** JSON has no infinity: a number beyond a double would read as one, and be stored as null. So it is null at once. */
function withoutInfinity(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

function ofKnownFormat(json: JsonValue): JsonObject {
  const unsupported = (what: string) => new PlanError("unsupported_format", `${what} ${MAKE_JSON}`);
  if (!isJsonObject(json)) throw unsupported("This JSON is no plan.");
  const version = textProperty(json, "format_version");
  if (version === null) throw unsupported("This JSON is no plan: it has no format_version.");
  if (!/^1(\.\d{1,6})?$/.test(version)) {
    const named = /^\d{1,6}(\.\d{1,6}){0,2}$/.test(version) ? ` ${version}` : "";
    throw unsupported(`The plan has format version${named}, and versions 1.x are supported.`);
  }
  if (property(json, "values") !== undefined && property(json, "resource_changes") === undefined) {
    throw unsupported("This is a state, as terraform show -json writes it without a plan file.");
  }
  if (property(json, "provider_schemas") !== undefined) {
    throw unsupported("These are the schemas of providers.");
  }
  return json;
}
