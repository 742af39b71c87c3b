import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReportDocument } from "@dapanoskop/core/insight/render";
import type { Summary } from "@dapanoskop/dataset";
import { folderStore } from "@dapanoskop/local/folder-store";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addressIn, dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { aStore, reach, summaryIn } from "./support/an-account.ts";

// Each bill is collected twice: from the file, and from the file through the emulator and the AWS SDK. The figures are
// equal. The bills of tests/bills belong to the project. Two real bills are read as well where they are present.

const own = (name: string) => fileURLToPath(new URL(`bills/${name}`, import.meta.url));
const real = (name: string) => fileURLToPath(new URL(`../../shared/data/${name}`, import.meta.url));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) await close();
});

async function emptyStore(): Promise<string> {
  const { store, remove } = await aStore();
  closing.push(remove);
  return store;
}

/** Collects the bill with `collect --bill`. */
async function collectFile(file: string, at: string, ...more: readonly string[]): Promise<string> {
  const store = await emptyStore();
  const ran = await dapanoskop(["collect", "--bill", file, "--store", store, "--at", at, ...more], { at });
  expect(ran.out).toContain("Published in");
  expect(ran.code).toBe(0);
  return store;
}

/** Collects the bill through `emulate --bill`, the AWS SDK and `collect`. */
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

/** A summary without its run, source, requests and file hashes: the part that is equal both ways. */
// A file ends by itself, so its days after the last charge are unknown; Cost Explorer goes on, and they cost nothing there.
function figures({
  run_id: _run,
  source: _source,
  requests: _requests,
  delivered_through: _delivered,
  files,
  ...rest
}: Summary) {
  return { ...rest, rows: Object.entries(files).map(([name, { rows }]) => [name, rows]) };
}

const parquet = async (store: string, month: string, file: string) =>
  Buffer.from((await folderStore(store).get(`${month}/${file}`))?.body ?? []).toString("base64");

interface BillCase {
  readonly name: string;
  readonly file: string;
  readonly at: string;
  readonly month: string;
  /** Counted from the file by other means than ours, in USD. */
  readonly total: number;
  readonly options?: readonly string[];
}

const november = { at: "2023-12-02T06:00:00Z", month: "2023-11" };
const september = { at: "2024-10-02T06:00:00Z", month: "2024-09", options: ["--provider", "AWS"] };
const cases: readonly BillCase[] = [
  { name: "a legacy CUR", file: own("cur-2023-11.csv"), ...november, total: 214_727.3845548645 },
  {
    name: "a FOCUS 1.0 file of three providers",
    file: own("focus-2024-09.csv"),
    ...september,
    total: 35.836739888,
  },
  { name: "a real legacy CUR", file: real("cur-anonymous-2023-11.csv"), ...november, total: 1.6823086974 },
  {
    name: "a real FOCUS 1.0 file",
    file: real("focus-sample-2024-09.csv"),
    ...september,
    total: 18.0066386184,
  },
];

const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const tables = [
  "cost-by-workload.parquet",
  "cost-by-usage-type.parquet",
  "cost-by-usage-type-like-for-like.parquet",
];

describe.each(cases)("$name, $file", ({ file, at, month, total, options = [] }) => {
  const present = it.skipIf(!existsSync(file));

  present("costs the same exact total from the file and through the emulator", async () => {
    for (const collect of [collectFile, collectEmulated]) {
      const store = await collect(file, at, ...options);
      const { totals, reconciliation, currency } = await summaryIn(store, month);
      expect(totals.current_cost_usd).toBe(total);
      expect(reconciliation).toMatchObject({ source_total_usd: total, difference_usd: 0 });
      expect(currency).toBe("USD");
      const report = await dapanoskop(["show", "--store", store, "--json"], { at });
      expect((JSON.parse(report.out) as ReportDocument).total_cost).toBe(total);
      const text = await dapanoskop(["show", "--store", store], { at });
      expect(text.out).toContain(`$${cents.format(total)}`);
      const { code, out } = await dapanoskop(["verify", "--store", store]);
      expect(code, out).toBe(0);
    }
  });

  present("has equal figures and equal parquet files both ways", async () => {
    const fromFile = await collectFile(file, at, ...options);
    const emulated = await collectEmulated(file, at, ...options);
    expect(figures(await summaryIn(emulated, month))).toEqual(figures(await summaryIn(fromFile, month)));
    for (const name of tables) {
      expect(await parquet(emulated, month, name), name).toBe(await parquet(fromFile, month, name));
    }
  });
});
