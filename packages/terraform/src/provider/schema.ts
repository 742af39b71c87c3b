import { readFileSync } from "node:fs";

/** The provider versions whose schemas are in schema/: the lowest supported one, the last 5.x, and a recent 6.x. */
export const providerVersions = ["5.98.0", "5.100.0", "6.66.0"] as const;
export type ProviderVersion = (typeof providerVersions)[number];

/** The lowest provider version that the module supports: the first with refresh_token_rotation of aws_cognito_user_pool_client. */
export const minimumVersion: ProviderVersion = "5.98.0";

/** An argument or attribute of a type. `type` is written as in Terraform's language: list(string). */
export interface Attribute {
  readonly type: string;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
}

/** Arguments and nested blocks. A type's own block has no nesting; an absent `min` is 0, an absent `max` no limit. */
export interface Block {
  readonly nesting?: "single" | "list" | "set";
  readonly min?: number;
  readonly max?: number;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks?: Readonly<Record<string, Block>>;
}

/** Arguments and blocks by name. */
export type Body = Readonly<Record<string, unknown>>;

/** One version of hashicorp/aws, of the types in schema/. */
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

/**
 * A resource type (aws_s3_bucket) or data source (data.aws_region).
 * @throws Error for an unknown type, which says where to add it
 */
export function typeOf(schema: ProviderSchema, address: string): Block {
  const type = lookUp(schema, address);
  if (type) return type;
  throw new Error(
    `There is no schema of ${address} for hashicorp/aws ${schema.version}. packages/terraform/schema/README.md says how to add it.`,
  );
}

/** As typeOf, for a resource type of a version. */
export function resourceType(version: ProviderVersion, name: string): Block {
  return typeOf(providerSchema(version), name);
}

/** As typeOf, but undefined for an unknown type. */
export function lookUp(schema: ProviderSchema, address: string): Block | undefined {
  return address.startsWith("data.")
    ? own(schema.data, address.slice("data.".length))
    : own(schema.resources, address);
}

/** A record's own entry: "constructor" is no argument. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}
