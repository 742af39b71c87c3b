import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { addDays } from "@dapanoskop/core/calendar";
import type { ReportDocument } from "@dapanoskop/dataset/report";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dapanoskop } from "../packages/cli/src/testing/a-world.ts";

// The program itself, ended by kill -9 while it publishes: no handler runs, nothing is flushed, nobody cleans up.

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

/** Starts the program on a copy of yesterday's store; `publishing` resolves with its first write. */
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

/** The total that a reader is shown, and the day up to which it tells. */
async function shownIn(store: string) {
  const { code, out, err } = await dapanoskop(["show", "--store", store, "--json"], { at: TODAY });
  expect(code, err).toBe(0);
  const { total_cost, collected_at } = JSON.parse(out) as ReportDocument;
  return { total_cost, collected_at };
}

const old = { total_cost: 6, collected_at: YESTERDAY };
const young = { total_cost: 7, collected_at: TODAY };

describe("the program, killed while it publishes", () => {
  it("leaves the old snapshot or the new one, and the next run makes everything whole", async () => {
    const undisturbed = await start("undisturbed");
    const begun = await undisturbed.publishing();
    expect(await undisturbed.ended).toBe(0);
    const length = performance.now() - begun;
    expect(await shownIn(undisturbed.store)).toEqual(young);

    // The first write, then a moment in each further part of the time that publishing takes; a fixed seed draws it.
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

      const shown = await shownIn(store);
      expect([old, young], `after ${moment} ms`).toContainEqual(shown);
      seen.push(shown.collected_at);
      // What the index names is whole; stable keys may be behind it, and whoever reads them is told what mends them.
      const torn = await dapanoskop(["verify", "--store", store]);
      const faults = torn.out.split("\n").filter((line) => line.startsWith("✗"));
      for (const fault of faults) expect(fault).toMatch(/The next collect writes (it|the copy) again\.$/);

      const healed = await collect(store, TODAY);
      expect(healed.code, healed.err).toBe(0);
      expect(await shownIn(store)).toEqual(young);
      const whole = await dapanoskop(["verify", "--store", store]);
      expect(whole.out, `after ${moment} ms`).toContain("Everything is as it was published, and adds up.");
      expect(whole.code).toBe(0);
    }
    // The first write comes long before the commit: it is not only the end that was tried.
    expect(seen).toContain(YESTERDAY);
  }, 120_000);
});
