// Writes schema/aws-<version>.json from the provider itself:
//
//   terraform providers schema -json | node packages/terraform/scripts/extract-schema.mjs 5.100.0 [TYPE...]
//
// in a folder whose configuration requires hashicorp/aws in that version, which Terraform's output does not contain.
// TYPE adds a type to the ones that schema/ already has: aws_glue_job, data.aws_vpc.
import { readFileSync } from "node:fs";
import { attribute, block, typesOf, writeSchema } from "./schema-file.mjs";

const [version, ...added] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+$/.test(version ?? "")) {
  throw new Error("Pass the version of the provider, as in 5.100.0.");
}

const { provider_schemas: providers } = JSON.parse(readFileSync(0, "utf8"));
const [, aws] = Object.entries(providers).find(([name]) => name.endsWith("/hashicorp/aws")) ?? [];
if (!aws) {
  throw new Error(
    "Terraform's output has no schema of hashicorp/aws. Require the provider in this folder's configuration.",
  );
}

const { resources, data } = typesOf(added);
const pick = (types, schemas) =>
  Object.fromEntries(
    types.map((type) => {
      if (!schemas[type]) throw new Error(`hashicorp/aws ${version} has no ${type}.`);
      return [type, readBlock(schemas[type].block)];
    }),
  );
const source = "terraform providers schema -json";
console.log(
  writeSchema(version, source, pick(resources, aws.resource_schemas), pick(data, aws.data_source_schemas)),
);

function readBlock({ attributes = {}, block_types: blocks = {} }, nesting) {
  return block({
    ...nesting,
    attributes: mapValues(attributes, (it) => attribute({ ...it, type: typeText(it.type) })),
    blocks: mapValues(blocks, (it) =>
      readBlock(it.block, { nesting: it.nesting_mode, min: it.min_items, max: it.max_items }),
    ),
  });
}

/** ["list", "string"] as list(string), as in Terraform's language. */
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
