import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costCenterLabel, costCenterOfLabel, workloadLabel, workloadOfLabel } from "./labels.ts";

const aValue = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .tuple(
      fc.constantFrom("Untagged", "Uncategorized", "untagged"),
      fc.array(fc.constantFrom(" (tag)", " (category)", " "), { maxLength: 3 }),
    )
    .map(([name, suffixes]) => `${name}${suffixes.join("")}`),
);

describe("a published name", () => {
  it("is Untagged or Uncategorized for charges without a value, and says so in its kind", () => {
    expect(workloadLabel(null)).toEqual({ name: "Untagged", kind: "untagged" });
    expect(costCenterLabel(null)).toEqual({ name: "Uncategorized", kind: "uncategorized" });
  });

  it.each([
    ["web", "web", "web"],
    ["", "", ""],
    ["Untagged", "Untagged (tag)", "Untagged"],
    ["Untagged (tag)", "Untagged (tag) (tag)", "Untagged (tag)"],
    ["Uncategorized", "Uncategorized", "Uncategorized (category)"],
    ["Untagged things", "Untagged things", "Untagged things"],
    ["untagged", "untagged", "untagged"],
  ])("of the value %j is %j for a workload and %j for a cost center", (value, workload, costCenter) => {
    expect(workloadLabel(value)).toEqual({ name: workload, kind: "named" });
    expect(costCenterLabel(value)).toEqual({ name: costCenter, kind: "named" });
  });

  it("leads back to its value, so that two values never have one name", () => {
    void fc.assert(
      fc.property(fc.option(aValue), (value) => {
        expect(workloadOfLabel(workloadLabel(value).name)).toBe(value);
        expect(costCenterOfLabel(costCenterLabel(value).name)).toBe(value);
      }),
    );
  });
});
