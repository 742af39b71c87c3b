// schema/aws-<version>.json from the provider itself.
//
//   terraform providers schema -json | node packages/terraform/scripts/extract-schema.mjs 5.100.0
//
// in a folder whose configuration pins hashicorp/aws to that version. Terraform's answer does not name it.
import { readFileSync } from "node:fs";
import { attribute, block, writeSchema } from "./schema-file.mjs";
import { dataTypes, resourceTypes } from "./types.mjs";

const version = process.argv[2];
if (!/^\d+\.\d+\.\d+$/.test(version ?? "")) {
  throw new Error("Say which version of the provider Terraform was asked about, as in 5.100.0.");
}

const answer = JSON.parse(readFileSync(0, "utf8"));
const [, aws] =
  Object.entries(answer.provider_schemas).find(([name]) => name.endsWith("/hashicorp/aws")) ?? [];
if (!aws)
  throw new Error(
    "Terraform's answer has no schema of hashicorp/aws. Is it required in this folder's configuration?",
  );

console.log(
  writeSchema(
    version,
    "terraform providers schema -json",
    pick(resourceTypes, aws.resource_schemas),
    pick(dataTypes, aws.data_source_schemas),
  ),
);

function pick(types, schemas) {
  return Object.fromEntries(
    types.map((type) => {
      if (!schemas[type]) throw new Error(`hashicorp/aws ${version} has no ${type}.`);
      return [type, readBlock(schemas[type].block)];
    }),
  );
}

function readBlock(source, nesting) {
  return block({
    ...nesting,
    attributes: mapValues(source.attributes ?? {}, (it) => attribute({ ...it, type: typeText(it.type) })),
    blocks: mapValues(source.block_types ?? {}, (it) =>
      readBlock(it.block, { nesting: it.nesting_mode, min: it.min_items, max: it.max_items }),
    ),
  });
}

/** ["list", "string"] as list(string), which is how Terraform's language writes it. */
function typeText(type) {
  if (typeof type === "string") return type;
  const [name, inner] = type;
  if (name !== "object") return `${name}(${typeText(inner)})`;
  const fields = Object.keys(inner).sort();
  return `object({${fields.map((field) => `${field}=${typeText(inner[field])}`).join(",")}})`;
}

function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
