import { describe, expect, it } from "vitest";
import {
  type Block,
  dataType,
  floorVersion,
  type ProviderVersion,
  providerSchema,
  providerVersions,
  resourceType,
} from "./schema.ts";

/** Every path of a block as "origin.origin_id" with what stands there. Bounds apart, which bindings do not know. */
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
  it.each(providerVersions)("hold the same types at every version, %s included", (version) => {
    expect(providerSchema(version).version).toBe(version);
    expect([...types(version).keys()]).toEqual([...types(floorVersion).keys()]);
    expect(types(version).size).toBe(50);
  });

  it("are read from a binding as the provider itself tells them: 5.98 and 5.100 differ in bounds alone", () => {
    const real = types("5.100.0");
    for (const [name, block] of types("5.98.0")) {
      expect([name, paths(block)]).toEqual([name, paths(real.get(name) as Block)]);
    }
  });

  it("lose nothing between the floor and 6.x, so one module serves both", () => {
    const lost = [...types(floorVersion)].flatMap(([name, block]) => {
      const now = paths(types("6.66.0").get(name) as Block);
      return [...paths(block).keys()].filter((path) => !now.has(path)).map((path) => `${name}.${path}`);
    });
    expect(lost).toEqual([]);
  });

  it("demand nothing at 6.x that the floor does not know", () => {
    const demanded = [...types("6.66.0")].flatMap(([name, block]) => {
      const before = types(floorVersion).get(name) as Block;
      const required = Object.entries(block.attributes).filter(([, { required }]) => required);
      return required
        .filter(([argument]) => !before.attributes[argument]?.required)
        .map(([it]) => `${name}.${it}`);
    });
    expect(demanded).toEqual([]);
  });

  it("have at the floor what set the floor", () => {
    const client = resourceType(floorVersion, "aws_cognito_user_pool_client");
    expect(Object.keys(client.blocks?.refresh_token_rotation?.attributes ?? {})).toEqual([
      "feature",
      "retry_grace_period_seconds",
    ]);
    expect(resourceType(floorVersion, "aws_cloudfront_origin_access_control").attributes).toHaveProperty(
      "origin_access_control_origin_type",
    );
  });

  it("say where to add a type they do not hold", () => {
    expect(() => resourceType(floorVersion, "aws_instance")).toThrow(
      "There is no schema of aws_instance for hashicorp/aws 5.98.0. Add it to packages/terraform/scripts/types.mjs and extract again.",
    );
    expect(() => dataType(floorVersion, "constructor")).toThrow("no schema of data.constructor");
  });
});
