import { describe, expect, it } from "vitest";
import {
  type Block,
  minimumVersion,
  type ProviderVersion,
  providerSchema,
  providerVersions,
  resourceType,
} from "./schema.ts";

/** Every path of a block, as "origin.origin_id", with its type. Without bounds, which bindings do not have. */
function paths(block: Block, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, { type, ...use }] of Object.entries(block.attributes)) {
    found.set(prefix + name, `${type} ${Object.keys(use).join(" ")}`);
  }
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    found.set(prefix + name, `${nested.nesting} of blocks${nested.max === 1 ? ", one at most" : ""}`);
    for (const [path, text] of paths(nested, `${prefix + name}.`)) found.set(path, text);
  }
  return found;
}

function types(version: ProviderVersion): Map<string, Block> {
  const { resources, data } = providerSchema(version);
  const named = Object.entries(data).map(([name, block]) => [`data.${name}`, block] as const);
  return new Map([...Object.entries(resources), ...named]);
}

describe("the provider's schemas", () => {
  it.each(providerVersions)("have the same types at every version: %s", (version) => {
    expect(providerSchema(version).version).toBe(version);
    expect([...types(version).keys()]).toEqual([...types(minimumVersion).keys()]);
    expect(types(version).size).toBe(50);
  });

  it("extracted from a binding are those of the provider itself: 5.98 and 5.100 differ in bounds only", () => {
    const real = types("5.100.0");
    for (const [name, block] of types("5.98.0")) {
      expect([name, paths(block)]).toEqual([name, paths(real.get(name) as Block)]);
    }
  });

  it("lose nothing between the lowest version and 6.x, so one module works with both", () => {
    const lost = [...types(minimumVersion)].flatMap(([name, block]) => {
      const now = paths(types("6.66.0").get(name) as Block);
      return [...paths(block).keys()].filter((path) => !now.has(path)).map((path) => `${name}.${path}`);
    });
    expect(lost).toEqual([]);
  });

  it("require nothing at 6.x that the lowest version does not require", () => {
    const demanded = [...types("6.66.0")].flatMap(([name, block]) => {
      const before = types(minimumVersion).get(name) as Block;
      const required = Object.entries(block.attributes).filter(([, { required }]) => required);
      return required
        .filter(([argument]) => !before.attributes[argument]?.required)
        .map(([it]) => `${name}.${it}`);
    });
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
