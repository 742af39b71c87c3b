import { describe, expect, it } from "vitest";
import {
  type Block,
  minimumVersion,
  type ProviderVersion,
  providerSchema,
  providerVersions,
  resourceType,
} from "./schema.ts";

interface Use {
  /** The type of an attribute; for blocks, how they nest and whether there is at most one. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly isSettable: boolean;
}

/** Every path of a block, as "origin.origin_id". */
function paths(block: Block, prefix = ""): readonly (readonly [path: string, use: Use])[] {
  const attributes = Object.entries(block.attributes).map(([name, { type, required, optional }]) => {
    const isRequired = required === true;
    return [prefix + name, { type, isRequired, isSettable: isRequired || optional === true }] as const;
  });
  const blocks = Object.entries(block.blocks ?? {}).flatMap(([name, nested]) => {
    const type = `${nested.nesting}${nested.max === 1 ? ", one at most" : ""}`;
    const use = { type, isRequired: (nested.min ?? 0) > 0, isSettable: true };
    return [[prefix + name, use] as const, ...paths(nested, `${prefix}${name}.`)];
  });
  return [...attributes, ...blocks];
}

/** The paths of all types, and the types themselves. */
function pathsOf(version: ProviderVersion): ReadonlyMap<string, Use> {
  const itself = { type: "", isRequired: false, isSettable: false };
  return new Map(typesOf(version).flatMap(([name, block]) => [[name, itself], ...paths(block, `${name}.`)]));
}

function typesOf(version: ProviderVersion): readonly (readonly [name: string, block: Block])[] {
  const { resources, data } = providerSchema(version);
  const sources = Object.entries(data).map(([name, block]) => [`data.${name}`, block] as const);
  return [...Object.entries(resources), ...sources];
}

describe("the provider's schemas", () => {
  it.each(providerVersions)("have the same types at every version: %s", (version) => {
    const names = (of: ProviderVersion) => typesOf(of).map(([name]) => name);
    expect(providerSchema(version).version).toBe(version);
    expect(names(version)).toEqual(names("5.100.0"));
    expect(names(version)).toHaveLength(61);
  });

  // Terraform validates the module with the provider of 5.100.0, whose schema is the provider's own.
  it.each([
    [minimumVersion, []],
    // @pulumi/aws does not have it either.
    ["6.66.0", ["aws_cloudfront_response_headers_policy.etag"]],
  ] as const)("accept at %s what is valid at 5.100.0, except %j", (version, exceptions) => {
    const [valid, other] = [pathsOf("5.100.0"), pathsOf(version)];
    const lost = [...valid].filter(([path, { type, isSettable }]) => {
      const there = other.get(path);
      return there?.type !== type || (isSettable && !there.isSettable);
    });
    expect(lost.map(([path]) => path)).toEqual(exceptions);
    const isThere = (path: string) => valid.has(path.slice(0, path.lastIndexOf(".")));
    const demanded = [...other].filter(
      ([path, { isRequired }]) => isRequired && isThere(path) && !valid.get(path)?.isRequired,
    );
    expect(demanded).toEqual([]);
  });

  it("have at the lowest version the arguments for which it was chosen", () => {
    const client = resourceType(minimumVersion, "aws_cognito_user_pool_client");
    expect(Object.keys(client.blocks?.refresh_token_rotation?.attributes ?? {})).toEqual([
      "feature",
      "retry_grace_period_seconds",
    ]);
    expect(resourceType(minimumVersion, "aws_cloudfront_origin_access_control").attributes).toHaveProperty(
      "origin_access_control_origin_type",
    );
  });

  it("name the place to add an unknown type", () => {
    expect(() => resourceType(minimumVersion, "aws_instance")).toThrow(
      "There is no schema of aws_instance for hashicorp/aws 5.98.0. packages/terraform/schema/README.md says how to add it.",
    );
    expect(() => resourceType(minimumVersion, "constructor")).toThrow("no schema of constructor");
  });
});
