import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Instant, Month } from "@dapanoskop/core/calendar";
import type { Summary } from "@dapanoskop/dataset";
import { onTestFinished } from "vitest";
import { type CommandResult, dapanoskop } from "../../packages/cli/src/testing/run-command.ts";
import { summaryIn } from "./an-account.ts";

/** The output of `collect --bill` and the published files. */
interface CollectedBill extends CommandResult {
  summary(month: Month): Promise<Summary>;
}

/** Collects a folder of files, by their paths, into an empty store. Both are removed when the test ends. */
export async function collectedBill(
  files: Readonly<Record<string, string>>,
  at: Instant,
  options: readonly string[],
): Promise<CollectedBill> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-collected-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, "bill", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  const store = join(folder, "store");
  const argv = ["collect", "--bill", join(folder, "bill"), "--store", store, "--at", at, ...options];
  return { ...(await dapanoskop(argv, { at })), summary: (month) => summaryIn(store, month) };
}
