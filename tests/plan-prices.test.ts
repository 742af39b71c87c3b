import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resourceTypes } from "@dapanoskop/core/pricing";
import { describe, expect, it } from "vitest";

describe("docs/plan-prices.md", () => {
  it("names every resource type that is charged for, and no other", () => {
    const text = readFileSync(fileURLToPath(new URL("../docs/plan-prices.md", import.meta.url)), "utf8");
    const table = text.slice(text.indexOf("## The resource types"), text.indexOf("Some of them have"));
    const named = [...table.matchAll(/`(aws_\w+)`/g)].map(([, type]) => type);
    const charged = [...resourceTypes.values()].filter(({ isFree }) => !isFree).map(({ type }) => type);
    expect(named.toSorted()).toEqual(charged.toSorted());
  });
});
