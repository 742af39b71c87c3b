import { noDeadline } from "@dapanoskop/core/runtime";
import { billSource } from "@dapanoskop/core/source";
import { startEmulator } from "@dapanoskop/emulator";
import { afterEach, describe, expect, it } from "vitest";
import type { CommandContext } from "../packages/cli/src/command-context.ts";
import { run } from "../packages/cli/src/run.ts";
import { contentOf } from "../packages/cli/src/testing/a-folder.ts";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { smallCompany } from "./support/a-bill.ts";
import { anAccount, aStore, reach } from "./support/an-account.ts";

const FIRST = "2026-03-07T06:00:00Z";
const SECOND = "2026-03-08T06:00:00Z";
const bill = smallCompany("2025-01-01", "2026-03-20");

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A context whose random bytes are always the same: each run has the same id. */
const sameContext = (): CommandContext => ({
  out: { write: () => {}, isTerminal: false, columns: 80 },
  err: { write: () => {}, isTerminal: false, columns: 80 },
  runtime: {
    clock: { now: () => SECOND, sleep: async () => {} },
    random: { fraction: () => 0.25, bytes: (count) => new Uint8Array(count).fill(0xab) },
    deadline: noDeadline,
  },
  interruption: new AbortController().signal,
});

describe("a snapshot", () => {
  it("has the same bytes for the same bill, time and run id", async () => {
    const stores: string[] = [];
    for (const charges of [bill.charges, [...bill.charges].reverse()]) {
      const emulator = await startEmulator({
        source: billSource({ ...bill, charges }, { at: SECOND }),
        at: SECOND,
        pageSize: 50,
      });
      const { store, remove } = await aStore();
      closing.push(() => emulator.close(), remove);
      reach(emulator.url);
      for (const [at, backfill] of [
        [FIRST, "3"],
        [SECOND, "0"],
      ] as const) {
        const argv = ["collect", "--store", store, "--at", at, "--backfill", backfill];
        expect(await run(argv, sameContext())).toBe(0);
      }
      stores.push(store);
    }
    const [first = new Map<string, string>(), second] = await Promise.all(stores.map(contentOf));
    expect(first.size).toBeGreaterThan(30);
    expect(second).toEqual(first);
  });

  it("keeps the files of a published month that has no groups any more, and the month is quarantined", async () => {
    const account = await anAccount({ source: billSource(bill, { at: SECOND }) });
    closing.push(() => account.close());
    expect((await account.collect(FIRST)).code).toBe(0);
    const before = await contentOf(account.store);
    account.emulator.inject("empty@GetCostAndUsage");
    for (const force of [[], ["--force"]]) {
      const { code, out } = await account.collect(SECOND, ...force);
      expect(code).toBe(3);
      for (const month of ["2026-03", "2026-02"]) {
        expect(out).toContain(`${month}  quarantined  ${month} came back without any charge.`);
      }
      expect(await contentOf(account.store)).toEqual(before);
    }
    account.emulator.heal();
    expect((await account.collect(SECOND)).code).toBe(0);
    expect(await dapanoskop(["verify", "--store", account.store])).toMatchObject({ code: 0 });
  });

  it("is published without a forecast where AWS has none, and without a year before where it is outside AWS's history", async () => {
    const account = await anAccount({ source: billSource(bill, { at: SECOND }) });
    closing.push(() => account.close());
    account.emulator.inject("data-unavailable@GetCostForecast");
    const { code, out } = await account.collect(SECOND, "--backfill", "13");
    expect(code, out).toBe(0);
    expect(out.match(/published {2}/g)).toHaveLength(14);
    const shown = await dapanoskop(["show", "--store", account.store, "--json"], { at: SECOND });
    expect(JSON.parse(shown.out)).toMatchObject({ period: "2026-03", forecast: null });
    const oldest = await dapanoskop(["show", "--store", account.store, "--period", "2025-02", "--json"]);
    expect(JSON.parse(oldest.out).comparisons).toEqual([
      expect.objectContaining({ kind: "prev_month", cost: null }),
      expect.objectContaining({ kind: "yoy", cost: null }),
    ]);
  });
});
