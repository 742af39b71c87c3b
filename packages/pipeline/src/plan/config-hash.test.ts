import { describe, expect, it } from "vitest";
import { collectionOptions, defaultConfig } from "../options/index.ts";
import { configHash } from "./config-hash.ts";

const rounding = {
  type: "switch",
  flag: "round",
  input: "round_cost",
  default: false,
  description: "Round every cost.",
} as const;

describe("the hash of a configuration", () => {
  const values = { ...defaultConfig, splitCharges: [] };

  it("is the one that version 0.1.0 computed of the same options", async () => {
    const text =
      '{"metric":"UnblendedCost","tagKey":"App","costCategory":null,"splitCharges":[],"includeEfs":false,"includeEbs":false}';
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    expect(await configHash(values, "AWS")).toBe(Buffer.from(digest).toString("hex"));
  });

  it("differs with every option", async () => {
    const changed = {
      costCategory: "Team",
      tagKey: "Team",
      metric: "BlendedCost",
      includeEfs: true,
      includeEbs: true,
      splitCharges: null,
    };
    const hashes = Object.entries(changed).map(([name, value]) =>
      configHash({ ...values, [name]: value }, "AWS"),
    );
    expect(new Set(await Promise.all([...hashes, configHash(values, "AWS")])).size).toBe(7);
  });

  it("stays when a version adds an option, until a deployment decides it", async () => {
    const more = { ...collectionOptions, rounding };
    expect(await configHash({ ...values, rounding: false }, "AWS", more)).toBe(
      await configHash(values, "AWS"),
    );
    expect(await configHash({ ...values, rounding: true }, "AWS", more)).not.toBe(
      await configHash(values, "AWS"),
    );
  });

  it("differs with a provider that is not AWS, and is the same under each of AWS's names", async () => {
    const hashes = ["Microsoft", "microsoft", "Oracle", "Amazon Web Services, Inc."].map((provider) =>
      configHash(values, provider),
    );
    const [microsoft, lowerCase, oracle, amazon] = await Promise.all(hashes);
    expect(lowerCase).toBe(microsoft);
    expect(amazon).toBe(await configHash(values, "AWS"));
    expect(new Set([microsoft, oracle, amazon]).size).toBe(3);
  });
});
