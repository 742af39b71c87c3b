import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { addDays } from "@dapanoskop/core/calendar";
import type { ReportDocument } from "@dapanoskop/core/insight/render";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";

// The program itself, ended by kill -9 while it publishes: no handler runs, nothing is flushed or removed.

const program = fileURLToPath(new URL("../packages/cli/bin/dapanoskop.mjs", import.meta.url));
const YESTERDAY = "2026-03-07T06:00:00Z";
const TODAY = "2026-03-08T06:00:00Z";
const KILLS = 3;

let folder = "";
let bill = "";
let published = "";

/** A FOCUS file of a dollar a day in fifteen months. */
async function writeBill(path: string): Promise<void> {
  const lines = [
    "BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodEnd,ChargePeriodStart," +
      "ConsumedQuantity,ConsumedUnit,EffectiveCost,ProviderName,ServiceName,SkuMeter,Tags,x_ServiceCode",
  ];
  for (let day = "2025-01-01"; day < "2026-03-20"; day = addDays(day, 1)) {
    lines.push(
      `1,USD,${day.slice(0, 7)}-01T00:00:00Z,Usage,${addDays(day, 1)}T00:00:00Z,${day}T00:00:00Z,` +
        `1,GB-Mo,1,AWS,Amazon Simple Storage Service,TimedStorage-ByteHrs,"{""App"": ""web""}",AmazonS3`,
    );
  }
  await writeFile(path, lines.join("\n"));
}

const collect = (store: string, at: string) =>
  dapanoskop(["collect", "--bill", bill, "--store", store, "--at", at, "--backfill", "12"], { at });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dapanoskop-killed-"));
  bill = join(folder, "bill.csv");
  published = join(folder, "published");
  await writeBill(bill);
  expect(await collect(published, YESTERDAY)).toMatchObject({ code: 0 });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the program on a copy of yesterday's store; `publishing` resolves after its first write. */
async function start(name: string) {
  const store = join(folder, name);
  await cp(published, store, { recursive: true });
  const child = spawn(
    process.execPath,
    [program, "collect", "--bill", bill, "--store", store, "--at", TODAY, "--backfill", "12"],
    { stdio: "ignore", env: { PATH: process.env.PATH, TZ: "America/Los_Angeles", HOME: folder } },
  );
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const publishing = async () => {
    while (child.exitCode === null && (await readdir(join(store, "_runs"))).length < 2) await wait(1);
    return performance.now();
  };
  return { store, child, ended, publishing };
}

/** The total and the collection time that `show` prints. */
async function shownFrom(store: string) {
  const { code, out, err } = await dapanoskop(["show", "--store", store, "--json"], { at: TODAY });
  expect(code, err).toBe(0);
  const { total_cost, collected_at } = JSON.parse(out) as ReportDocument;
  return { total_cost, collected_at };
}

const old = { total_cost: 6, collected_at: YESTERDAY };
const renewed = { total_cost: 7, collected_at: TODAY };

describe("the program, killed while it publishes", () => {
  it("leaves the old snapshot or the new one, and the next run repairs the rest", async () => {
    const undisturbed = await start("undisturbed");
    const started = await undisturbed.publishing();
    expect(await undisturbed.ended).toBe(0);
    const length = performance.now() - started;
    expect(await shownFrom(undisturbed.store)).toEqual(renewed);

    // At the first write, then at a random moment in each further part of the publishing time; the seed is fixed.
    let seed = 20_260_308;
    const seen: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const moment = kill === 0 ? 0 : ((kill - 1 + seed / 2_147_483_647) / (KILLS - 1)) * length;
      const { store, child, ended, publishing } = await start(`killed-${kill}`);
      await publishing();
      await wait(moment);
      child.kill("SIGKILL");
      await ended;

      const shown = await shownFrom(store);
      expect([old, renewed], `after ${moment} ms`).toContainEqual(shown);
      seen.push(shown.collected_at);
      // The files that the index names are complete. Stable keys may be older; each fault says what writes them again.
      const interrupted = await dapanoskop(["verify", "--store", store]);
      const faults = interrupted.out.split("\n").filter((line) => line.startsWith("✗"));
      for (const fault of faults) expect(fault).toMatch(/The next collect writes (it|the copy) again\.$/);

      const repaired = await collect(store, TODAY);
      expect(repaired.code, repaired.err).toBe(0);
      expect(await shownFrom(store)).toEqual(renewed);
      const verified = await dapanoskop(["verify", "--store", store]);
      expect(verified.out, `after ${moment} ms`).toContain("Everything is as it was published, and adds up.");
      expect(verified.code).toBe(0);
    }
    // The first write is long before the commit: so at least one kill was before it.
    expect(seen).toContain(YESTERDAY);
  }, 120_000);
});
