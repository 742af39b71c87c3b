import { writeFileSync } from "node:fs";

/**
 * Writes schema/aws-<version>.json: keys sorted, one attribute a line, so that two versions can be compared by eye.
 * A block is { nesting, min?, max?, attributes, blocks }; an attribute { type, required?, optional?, computed? }.
 */
export function writeSchema(version, source, resources, data) {
  const file = new URL(`../schema/aws-${version}.json`, import.meta.url);
  writeFileSync(file, `${lines({ provider: "hashicorp/aws", version, source, resources, data }, "")}\n`);
  return file.pathname;
}

function lines(value, indent) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (typeof value.type === "string") return inline(value);
  const keys = Object.keys(value);
  if (keys.length === 0) return "{}";
  const inner = `${indent} `;
  const entries = keys.map((key) => `${inner}${JSON.stringify(key)}: ${lines(value[key], inner)}`);
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

function inline(attribute) {
  const entries = Object.entries(attribute).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return `{ ${entries.join(", ")} }`;
}

/** A block in the file's order of keys; absent bounds stay absent. */
export function block({ nesting, min, max, attributes, blocks }) {
  return {
    ...(nesting ? { nesting } : {}),
    ...(min ? { min } : {}),
    ...(max ? { max } : {}),
    attributes: sorted(attributes),
    ...(Object.keys(blocks).length > 0 ? { blocks: sorted(blocks) } : {}),
  };
}

/** An attribute in the file's order of keys; what is false stays absent. */
export function attribute({ type, required, optional, computed }) {
  return {
    type,
    ...(required ? { required } : {}),
    ...(optional ? { optional } : {}),
    ...(computed ? { computed } : {}),
  };
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
