import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { billSource } from "@dapanoskop/core/source";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { smallCompany } from "./support/a-bill.ts";
import { type Account, anAccount } from "./support/an-account.ts";

// A store after two collections: it contains the files of the earlier run, too.

const FIRST = "2026-03-07T06:00:00Z";
const SECOND = "2026-03-08T06:00:00Z";

let account: Account;
let files: readonly string[] = [];

beforeAll(async () => {
  account = await anAccount({
    source: billSource(smallCompany("2025-01-01", "2026-03-20"), { at: "2026-03-20T06:00:00Z" }),
  });
  expect((await account.collect(FIRST)).code).toBe(0);
  expect((await account.collect(SECOND)).code).toBe(0);
  const entries = await readdir(account.store, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(account.store.length + 1))
    .sort();
}, 60_000);

afterAll(() => account?.close());

/** The result of verify while one bit of a file is flipped. */
async function verifyWithFlippedBit(file: string, offset: number, bit: number) {
  const path = join(account.store, file);
  const original = await readFile(path);
  const damaged = Uint8Array.from(original);
  damaged[offset] = (damaged[offset] ?? 0) ^ (1 << bit);
  await writeFile(path, damaged);
  try {
    return await dapanoskop(["verify", "--store", account.store]);
  } finally {
    await writeFile(path, original);
  }
}

describe("one bit flipped", () => {
  it("is found by verify in any file: index, generations, stable keys, files of this run and of the earlier one", async () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "index.json",
        "trend.json",
        "2026-03/summary.json",
        expect.stringMatching(/^_index\/1\.json$/),
        expect.stringMatching(/^_index\/2\.json$/),
        expect.stringMatching(/^_runs\/20260307T.*\/2026-02\/summary\.json$/),
        expect.stringMatching(/^_runs\/20260307T.*\/trend-1\.json$/),
        expect.stringMatching(/^_runs\/20260308T.*\/2026-03\/cost-by-usage-type\.parquet$/),
        expect.stringMatching(/^_runs\/20260307T.*\/2026-03\/cost-by-usage-type-like-for-like\.parquet$/),
        "2026-03/cost-by-usage-type-like-for-like.parquet",
        "2026-02/cost-by-usage-type-like-for-like.parquet",
      ]),
    );
    expect(await dapanoskop(["verify", "--store", account.store])).toMatchObject({ code: 0 });
    let seed = 8_128;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const undetected: string[] = [];
    for (const file of files) {
      const { length } = await readFile(join(account.store, file));
      // The first byte, the last, and some between: digits of numbers as well as white space.
      const offsets = [0, length - 1, ...Array.from({ length: 4 }, () => next(length))];
      for (const offset of offsets) {
        const bit = next(8);
        const { code, err } = await verifyWithFlippedBit(file, offset, bit);
        if (code !== 1) undetected.push(`${file}, bit ${bit} of byte ${offset}`);
        else expect(err).not.toContain("Unexpected error");
      }
    }
    expect(undetected).toEqual([]);
    expect(await dapanoskop(["verify", "--store", account.store])).toMatchObject({ code: 0 });
  }, 60_000);

  it("is reported with the name of the file, where the index or a summary gives its hash", async () => {
    const named = files.filter((file) => file.endsWith(".parquet"));
    expect(named.length).toBeGreaterThan(12);
    for (const file of named) {
      const { code, out } = await verifyWithFlippedBit(file, 100, 3);
      expect(code).toBe(1);
      expect(out).toContain(file);
    }
  });
});
