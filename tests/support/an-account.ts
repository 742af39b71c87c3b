import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant, Month } from "@dapanoskop/core/calendar";
import { parseDocument, type Summary, summarySchema } from "@dapanoskop/dataset";
import { type Emulator, type EmulatorOptions, startEmulator } from "@dapanoskop/emulator";
import { folderStore } from "@dapanoskop/local/folder-store";
import { vi } from "vitest";
import { type CommandResult, dapanoskop } from "../../packages/cli/src/testing/run-command.ts";

/** An account for collections: a Cost Explorer on loopback, the endpoint of this process's SDK, and an empty store. */
export interface Account {
  readonly emulator: Emulator;
  readonly store: string;
  /** Runs `dapanoskop collect` at a time, which is also the emulator's time. */
  collect(at: Instant, ...more: readonly string[]): Promise<CommandResult>;
  /** The emulator's time for requests of another process. */
  setTime(at: Instant): void;
  close(): Promise<void>;
}

export async function anAccount(options: Omit<EmulatorOptions, "at">): Promise<Account> {
  let now: Instant = "2026-01-01T00:00:00Z";
  const emulator = await startEmulator({ exactAmounts: true, ...options, at: () => now });
  reach(emulator.url);
  const { store, remove } = await aStore();
  return {
    emulator,
    store,
    async collect(at, ...more) {
      now = at;
      return dapanoskop(["collect", "--store", store, "--at", at, ...more], { at });
    },
    setTime(at) {
      now = at;
    },
    async close() {
      vi.unstubAllEnvs();
      await emulator.close();
      await remove();
    },
  };
}

/** Points this process's AWS clients to a Cost Explorer on loopback. */
export function reach(url: string): void {
  vi.stubEnv("AWS_ENDPOINT_URL_COST_EXPLORER", url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "any");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "any");
}

/** The path of a store that does not exist yet, in a folder that `remove` deletes. */
export async function aStore(): Promise<{ readonly store: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-account-"));
  return { store: join(folder, "data"), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Reads a month's summary at its stable key. */
export async function summaryIn(store: string, month: Month): Promise<Summary> {
  const found = await folderStore(store).get(`${month}/summary.json`);
  if (found === null) throw new Error(`${month} is not published in ${store}.`);
  return parseDocument(summarySchema, month, found.body);
}

/** Requests that Cost Explorer bills as pages. */
export const pagesOf = (requests: Emulator["requests"]) =>
  requests.filter(({ operation }) => operation === "GetCostAndUsage" || operation === "GetCostForecast");
