import { afterEach, describe, expect, it, vi } from "vitest";
import { aFolder } from "../testing/a-folder.ts";
import { dapanoskop } from "../testing/run-command.ts";
import { areChecksDue } from "./checks-before.ts";
import { AT, anAccount, noSettings } from "./testing/an-account.ts";

afterEach(() => void vi.unstubAllEnvs());

/** The checks send these, and a collection does not. */
const isOfChecks = (operation: string | null) =>
  ["GetCallerIdentity", "ListCostAllocationTags", "GetTags"].includes(operation ?? "");

async function collections(account: Parameters<typeof anAccount>[0] = {}) {
  const emulator = await anAccount(account);
  const store = await aFolder();
  let seen = 0;
  return async (...argv: readonly string[]) => {
    const outcome = await dapanoskop(["collect", "--store", store, "--at", AT, ...argv], { at: AT });
    const operations = emulator.requests.slice(seen).map(({ operation }) => operation);
    seen = emulator.requests.length;
    return { ...outcome, operations };
  };
}

describe("the checks before a collection", () => {
  it("come first and once: a later collection makes its own requests only", async () => {
    const collect = await collections();
    const first = await collect("--checks", "always");
    expect(first.code).toBe(0);
    const last = first.operations.findLastIndex(isOfChecks);
    expect(last).toBeGreaterThan(0);
    expect(first.operations.slice(0, 2)).toContain("GetCallerIdentity");
    const later = await collect("--force");
    expect(later.code).toBe(0);
    expect(later.operations.filter(isOfChecks)).toEqual([]);
    expect(later.operations.filter((one) => one === "GetCostAndUsage").length).toBeLessThanOrEqual(7);
  });

  it("stop a collection that would fail, and say how to collect without them", async () => {
    const collect = await collections({ costCategory: null });
    const stopped = await collect("--checks", "always", "--cost-category", "CostCenter");
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain("There is no cost category");
    expect(stopped.err).toContain("Nothing was collected. --checks never");
    expect((await collect("--checks", "never")).err).toContain("First collection into");
  });

  it("only warn of what a collection can do without", async () => {
    const collect = await collections({ tagKey: null });
    const { code, err } = await collect("--checks", "always");
    expect(code).toBe(0);
    expect(err).toContain('The tag key "App"');
  });

  it("are not made where nobody wants them", async () => {
    const collect = await collections();
    expect((await collect("--checks", "never")).operations.filter(isOfChecks)).toEqual([]);
  });

  it.each([
    ["first", true, null, true],
    ["first", false, null, false],
    ["first", true, "http://127.0.0.1:9", false],
    ["always", false, "http://127.0.0.1:9", true],
    ["never", true, null, false],
  ] as const)("%s: before the first collection (%s) at %s: %s", async (when, isFirst, endpoint, isDue) => {
    await noSettings();
    if (endpoint !== null) vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
    expect(await areChecksDue(when, isFirst)).toBe(isDue);
  });
});
