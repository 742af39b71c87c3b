import { dimensions } from "@dapanoskop/core/source";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupKey } from "./group-key.ts";

const anyText = fc.string({ unit: "binary" });

describe("the key of a group", () => {
  it("returns every tag value except the empty one, whatever characters key and value contain", () => {
    fc.assert(
      fc.property(anyText, anyText, (key, value) => {
        expect(groupKey({ by: "tag", key }, `${key}$${value}`)).toBe(value === "" ? null : value);
      }),
    );
  });

  it("returns every cost category value except the two spellings of none", () => {
    fc.assert(
      fc.property(anyText, anyText, (name, value) => {
        fc.pre(!value.toLowerCase().startsWith("no cost category: "));
        expect(groupKey({ by: "costCategory", name }, `${name}$${value}`)).toBe(value === "" ? null : value);
      }),
    );
  });

  it("keeps a category whose name only resembles uncategorized spend", () => {
    const costCenter = { by: "costCategory", name: "CostCenter" } as const;
    expect(groupKey(costCenter, "CostCenter$No cost category: Team")).toBe("No cost category: Team");
    expect(groupKey(costCenter, "No cost category: CostCenter")).toBeNull();
    expect(() => groupKey(costCenter, "No cost category: Team")).toThrow(RangeError);
  });

  it("keeps a tag value that reads like uncategorized spend", () => {
    expect(groupKey({ by: "tag", key: "App" }, "App$No cost category: App")).toBe("No cost category: App");
  });

  it("returns the value of every dimension unchanged", () => {
    fc.assert(
      fc.property(fc.constantFrom(...dimensions), anyText, (by, value) => {
        expect(groupKey({ by }, value)).toBe(value);
      }),
    );
  });
});
