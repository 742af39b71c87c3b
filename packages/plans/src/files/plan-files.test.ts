import { describe, expect, it } from "vitest";
import { isProject, ownerNamed } from "../index.ts";
import { checkPlanFileKey } from "./plan-files.ts";

const key = { owner: "user:a", project: "acme/infra", planId: "0123456789abcdef".repeat(2) };

describe("the key of a plan's file", () => {
  it.each([
    {},
    { owner: "local" },
    { owner: `group:=${"a".repeat(64)}` },
    { owner: `client:${"a".repeat(120)}` },
    { project: "a".repeat(50) },
  ])("is one: %j", (own) => {
    expect(() => checkPlanFileKey({ ...key, ...own })).not.toThrow();
  });

  it.each([
    { owner: "other" },
    { owner: "user:" },
    { owner: "user:a#b" },
    { owner: `client:${"a".repeat(121)}` },
    { project: "" },
    { project: "a".repeat(51) },
    { project: "../a" },
    { planId: "0" },
    { planId: "0".repeat(33) },
    { planId: "G".repeat(32) },
  ])("is none: %j", (own) => {
    expect(() => checkPlanFileKey({ ...key, ...own })).toThrow(RangeError);
  });
});

describe("an owner and a project", () => {
  it.each([
    ["user", "a".repeat(120), `user:${"a".repeat(120)}`],
    ["group", "Größe", /^group:=[0-9a-f]{64}$/],
    ["client", "a".repeat(121), /^client:=[0-9a-f]{64}$/],
    ["user", "", /^user:=[0-9a-f]{64}$/],
  ] as const)("has a key's characters: %s %s", async (kind, name, owner) => {
    expect(await ownerNamed(kind, name)).toEqual(
      typeof owner === "string" ? owner : expect.stringMatching(owner),
    );
  });

  it.each([
    ["a", true],
    ["acme/infra.v1_2-x", true],
    ["a".repeat(50), true],
    ["a".repeat(51), false],
    ["-a", false],
    ["a#b", false],
    ["", false],
  ])("is told from other texts: %s", (text, isOne) => expect(isProject(text)).toBe(isOne));
});
