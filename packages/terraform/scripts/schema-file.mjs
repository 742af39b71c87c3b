import { readFileSync, writeFileSync } from "node:fs";

const fileOf = (version) => new URL(`../schema/aws-${version}.json`, import.meta.url);

/** The types that schema/ has, and `added` ones: aws_glue_job, data.aws_vpc. */
export function typesOf(added) {
  const { resources, data } = JSON.parse(readFileSync(fileOf("5.98.0"), "utf8"));
  const isData = (type) => type.startsWith("data.");
  return {
    resources: [...Object.keys(resources), ...added.filter((type) => !isData(type))],
    data: [...Object.keys(data), ...added.filter(isData).map((type) => type.slice("data.".length))],
  };
}

/**
 * Writes schema/aws-<version>.json: keys sorted, one attribute in each line, so that two versions can be compared.
 * A block is { nesting, min?, max?, attributes, blocks }; an attribute { type, required?, optional?, computed? }.
 */
export function writeSchema(version, source, resources, data) {
  const content = {
    provider: "hashicorp/aws",
    version,
    source,
    resources: sorted(resources),
    data: sorted(data),
  };
  writeFileSync(fileOf(version), `${lines(content, "")}\n`);
  return fileOf(version).pathname;
}

function lines(value, indent) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const isAttribute = typeof value.type === "string";
  const inner = isAttribute ? "" : `${indent} `;
  const entries = Object.entries(value).map(
    ([key, one]) => `${inner}${JSON.stringify(key)}: ${lines(one, inner)}`,
  );
  if (entries.length === 0) return "{}";
  return isAttribute ? `{ ${entries.join(", ")} }` : `{\n${entries.join(",\n")}\n${indent}}`;
}

/** A block in the file's order of keys, without absent bounds. */
export const block = ({ nesting, min, max, attributes, blocks }) => ({
  ...(nesting ? { nesting } : {}),
  ...(min ? { min } : {}),
  ...(max ? { max } : {}),
  attributes: sorted(attributes),
  ...(Object.keys(blocks).length > 0 ? { blocks: sorted(blocks) } : {}),
});

/** An attribute in the file's order of keys, without those that are false. */
export const attribute = ({ type, required, optional, computed }) => ({
  type,
  ...(required ? { required } : {}),
  ...(optional ? { optional } : {}),
  ...(computed ? { computed } : {}),
});

const sorted = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
