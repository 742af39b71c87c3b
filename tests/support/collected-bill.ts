import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Instant, Month } from "@dapanoskop/core/calendar";
import type { Summary } from "@dapanoskop/dataset";
import { onTestFinished } from "vitest";
import { type CommandResult, dapanoskop } from "../../packages/cli/src/testing/run-command.ts";
import { summaryIn } from "./an-account.ts";

/** Files of a bill by their paths. */
type BillContent = Readonly<Record<string, string | Uint8Array>>;

/** The output of `collect --bill` and the published files. */
interface CollectedBill extends CommandResult {
  readonly store: string;
  summary(month: Month): Promise<Summary>;
  /** Collects other files into the same store. */
  collectAgain(files: BillContent, at: Instant, options: readonly string[]): Promise<CollectedBill>;
}

/** Collects a folder of files, by their paths, into an empty store. Both are removed when the test ends. */
export async function collectedBill(
  files: BillContent,
  at: Instant,
  options: readonly string[],
): Promise<CollectedBill> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-collected-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  let bills = 0;
  const store = join(folder, "store");
  const collect = async (
    contents: BillContent,
    now: Instant,
    more: readonly string[],
  ): Promise<CollectedBill> => {
    bills += 1;
    const bill = join(folder, `bill-${bills}`);
    for (const [name, content] of Object.entries(contents)) {
      const path = join(bill, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    const argv = ["collect", "--bill", bill, "--store", store, "--at", now, ...more];
    const result = await dapanoskop(argv, { at: now });
    return { ...result, store, summary: (month) => summaryIn(store, month), collectAgain: collect };
  };
  return collect(files, at, options);
}
