import { readFileSync } from "node:fs";

/** The provider's versions whose schemas are kept in schema/: the floor, the last of 5.x, and a recent 6.x. */
export const providerVersions = ["5.98.0", "5.100.0", "6.66.0"] as const;
export type ProviderVersion = (typeof providerVersions)[number];

/** The oldest provider the module admits: the first with refresh_token_rotation of aws_cognito_user_pool_client. */
export const floorVersion: ProviderVersion = "5.98.0";

/** What a type takes and offers. `type` is written as Terraform's language writes it: list(string). */
export interface Attribute {
  readonly type: string;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
}

/** Arguments and nested blocks. A type's own block has no nesting; absent bounds are 0 below and none above. */
export interface Block {
  readonly nesting?: "single" | "list" | "set";
  readonly min?: number;
  readonly max?: number;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks?: Readonly<Record<string, Block>>;
}

/** One version of hashicorp/aws, of the types in scripts/types.mjs. */
export interface ProviderSchema {
  readonly version: ProviderVersion;
  readonly source: string;
  readonly resources: Readonly<Record<string, Block>>;
  readonly data: Readonly<Record<string, Block>>;
}

const loaded = new Map<ProviderVersion, ProviderSchema>();

/** The schema of one version, read once. */
export function providerSchema(version: ProviderVersion): ProviderSchema {
  const known = loaded.get(version);
  if (known) return known;
  const file = new URL(`../../schema/aws-${version}.json`, import.meta.url);
  const schema = JSON.parse(readFileSync(file, "utf8")) as ProviderSchema;
  loaded.set(version, schema);
  return schema;
}

/** A resource type (aws_s3_bucket) or data source (data.aws_region). An unknown one is an error that says where to add it. */
export function typeOf(schema: ProviderSchema, address: string): Block {
  const type = lookUp(schema, address);
  if (type) return type;
  throw new Error(
    `There is no schema of ${address} for hashicorp/aws ${schema.version}. Add it to packages/terraform/scripts/types.mjs and extract again.`,
  );
}

/** As typeOf, for a resource type of a version. */
export function resourceType(version: ProviderVersion, name: string): Block {
  return typeOf(providerSchema(version), name);
}

/** As typeOf, for a data source of a version, named without "data.". */
export function dataType(version: ProviderVersion, name: string): Block {
  return typeOf(providerSchema(version), `data.${name}`);
}

/** As typeOf, but undefined where the type is not kept. */
export function lookUp(schema: ProviderSchema, address: string): Block | undefined {
  return address.startsWith("data.")
    ? own(schema.data, address.slice("data.".length))
    : own(schema.resources, address);
}

/** A record's own entry: "constructor" is nobody's argument. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
