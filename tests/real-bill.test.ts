import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { Summary } from "@dapanoskop/dataset";
import type { ReportDocument } from "@dapanoskop/dataset/report";
import { folderStore } from "@dapanoskop/local/folder-store";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { addressIn, dapanoskop } from "../packages/cli/src/testing/a-world.ts";
import { aStore, reach, summaryIn } from "./support/an-account.ts";

// Bills that somebody really got. They are not part of the project, so where they lie beside it they are read, and where
// they do not the tests are skipped, counted and named.

const sample = (name: string) => fileURLToPath(new URL(`../../shared/data/${name}`, import.meta.url));
const CUR = sample("cur-anonymous-2023-11.csv");
const FOCUS = sample("focus-sample-2024-09.csv");

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

const skipped: string[] = [];
const withFile = (file: string) => {
  const missing = !existsSync(file);
  if (missing) skipped.push(basename(file));
  return it.skipIf(missing);
};
afterAll(() => {
  if (skipped.length > 0)
    console.warn(`${skipped.length} skipped: ${skipped.join(", ")} is not on this machine.`);
});

async function emptyStore(): Promise<string> {
  const { store, remove } = await aStore();
  closing.push(remove);
  return store;
}

/** The bill by the way of `collect --bill`. */
async function collectFile(file: string, at: string, ...more: readonly string[]): Promise<string> {
  const store = await emptyStore();
  const ran = await dapanoskop(["collect", "--bill", file, "--store", store, "--at", at, ...more], { at });
  expect(ran.out).toContain("Published in");
  expect(ran.code).toBe(0);
  return store;
}

/** The bill by the way of `emulate --bill`, the AWS SDK and `collect`. */
async function collectEmulated(file: string, at: string, ...more: readonly string[]): Promise<string> {
  const store = await emptyStore();
  const emulated = await dapanoskop(["emulate", "--bill", file, "--at", at, ...more], {
    at,
    onOut: (text, end) => {
      reach(addressIn(text));
      void dapanoskop(["collect", "--store", store, "--at", at], { at })
        .then(({ code, err }) => expect(code, err).toBe(0))
        .finally(end);
    },
  });
  expect(emulated.code, emulated.err).toBe(0);
  return store;
}

/** What two ways to the same bill must agree on: everything but the run, its requests and its files' hashes. */
function figures({ run_id: _run, requests: _requests, files, ...rest }: Summary) {
  return { ...rest, rows: Object.entries(files).map(([name, { rows }]) => [name, rows]) };
}

const parquet = async (store: string, month: string, file: string) =>
  Buffer.from((await folderStore(store).get(`${month}/${file}`))?.body ?? []).toString("base64");

describe("a legacy CUR of November 2023, 1,281 charges", () => {
  const at = "2023-12-02T06:00:00Z";
  const month = "2023-11";

  withFile(CUR)("costs exactly $1.6823086974, whichever way it came", async () => {
    for (const collect of [collectFile, collectEmulated]) {
      const store = await collect(CUR, at);
      const { totals, reconciliation, cost_centers, currency } = await summaryIn(store, month);
      expect(totals.current_cost_usd).toBe(1.6823086974);
      expect(reconciliation).toMatchObject({ source_total_usd: 1.6823086974, difference_usd: 0 });
      expect(currency).toBe("USD");
      expect(cost_centers.map(({ kind, current_cost_usd }) => [kind, current_cost_usd])).toEqual([
        ["uncategorized", 1.6823086974],
      ]);
      const report = await dapanoskop(["show", "--store", store, "--json"], { at });
      expect((JSON.parse(report.out) as ReportDocument).total_cost).toBe(1.6823086974);
      const text = await dapanoskop(["show", "--store", store], { at });
      expect(text.out).toContain("$1.68");
      const { code, out } = await dapanoskop(["verify", "--store", store]);
      expect(code, out).toBe(0);
    }
  });

  withFile(CUR)("publishes equal figures and equal parquet both ways", async () => {
    const [file, emulated] = [await collectFile(CUR, at), await collectEmulated(CUR, at)];
    expect(figures(await summaryIn(emulated, month))).toEqual(figures(await summaryIn(file, month)));
    for (const name of [
      "cost-by-workload.parquet",
      "cost-by-usage-type.parquet",
      "cost-by-usage-type-like-for-like.parquet",
    ]) {
      expect(await parquet(emulated, month, name), name).toBe(await parquet(file, month, name));
    }
  });
});

describe("a FOCUS file of September 2024, 942 charges by AWS among others'", () => {
  const at = "2024-10-02T06:00:00Z";

  withFile(FOCUS)("costs exactly $18.0066386184 at AWS, and adds up", async () => {
    const store = await collectFile(FOCUS, at, "--provider", "AWS");
    const { totals, reconciliation } = await summaryIn(store, "2024-09");
    expect(totals.current_cost_usd).toBe(18.0066386184);
    expect(reconciliation.difference_usd).toBe(0);
    const { code, out } = await dapanoskop(["verify", "--store", store]);
    expect(code, out).toBe(0);
  });

  withFile(FOCUS)("publishes equal figures through the emulator", async () => {
    const store = await collectEmulated(FOCUS, at, "--provider", "AWS");
    const summary = await summaryIn(store, "2024-09");
    expect(summary.totals.current_cost_usd).toBe(18.0066386184);
    const file = await collectFile(FOCUS, at, "--provider", "AWS");
    expect(figures(summary)).toEqual(figures(await summaryIn(file, "2024-09")));
  });
});
