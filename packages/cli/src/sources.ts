import process from "node:process";
import type { CostExplorerOptions } from "@dapanoskop/aws";
import {
  addDays,
  addMonths,
  type Instant,
  lastClosedMonth,
  monthOf,
  type Window,
} from "@dapanoskop/core/calendar";
import type { CostSource } from "@dapanoskop/core/source";
import { visible } from "@dapanoskop/core/text";
import { type CollectConfig, queriedDimensions } from "@dapanoskop/pipeline";
import { UsageError } from "./arguments.ts";
import { requestPrice } from "./collecting.ts";
import type { CommandValues } from "./options/command-option.ts";
import type { billFileOptions } from "./options/shared-options.ts";
import type { Progress } from "./progress.ts";
import { quietenSdk } from "./store.ts";
import type { World } from "./world.ts";

/** A bill to collect from, opened. */
export interface Source {
  readonly source: CostSource;
  close(): Promise<void>;
}

/** The account of this terminal's AWS credentials, by Cost Explorer. */
export async function accountSource(progress: Progress, world: World): Promise<Source> {
  return costExplorer(progress, world, {});
}

/** A Cost Explorer that an emulator plays on this machine: any credentials will do, and no real ones are shown to it. */
export async function emulatedSource(progress: Progress, world: World, url: string): Promise<Source> {
  // The SDK reads the endpoint from the environment only; this process asks nobody else.
  process.env.AWS_ENDPOINT_URL_COST_EXPLORER = url;
  process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS = "false";
  return costExplorer(progress, world, {
    credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
    // Five a second is for AWS, which throttles; an emulator of our own need not be waited for.
    requestsPerSecond: 1_000,
  });
}

/** A bill file, or a folder of them, and the provider whose charges are read; `null` reads those of AWS. */
export interface BillFile {
  readonly path: string;
  readonly provider: string | null;
}

/**
 * The bill file that a command line names; `null` where it names none.
 * @throws UsageError when a provider is named without a file
 */
export function billFile(
  command: string,
  { bill, provider }: CommandValues<typeof billFileOptions>,
): BillFile | null {
  if (bill !== null) return { path: bill, provider };
  if (provider === null) return null;
  throw new UsageError(command, "--provider says whose charges of a bill file are read; it needs --bill.");
}

/** What is read of a bill file: what no query will need is not loaded. */
export interface FileReading {
  readonly at: Instant;
  /** What a collection will ask; `null`: anything may be asked. */
  readonly config: CollectConfig | null;
}

/** A FOCUS or CUR file, or a folder of them, as the bill. What a reader of the figures should know is told. */
export async function fileSource(
  { path, provider }: BillFile,
  { at, config }: FileReading,
  progress: Progress,
  { err }: World,
): Promise<Source> {
  progress.update(`Reading ${path}`);
  const { openBillFile } = await import("@dapanoskop/local/bill-file");
  const opening = openBillFile(path, {
    at,
    ...(provider === null ? {} : { provider }),
    ...(config === null
      ? {}
      : { metrics: [config.metric], tagKeys: [config.tagKey], dimensions: queriedDimensions }),
    ...(config?.costCategory ? { costCategory: config.costCategory } : {}),
  });
  // While the engine's threads read, this one fetches what a collection will write with.
  const writing = config === null ? null : import("@dapanoskop/local/parquet");
  const [file] = await Promise.all([opening, writing]);
  progress.done();
  for (const note of [...file.notes, ...elsewhere(file.window, at)]) err.write(`! ${visible(note, 1_000)}\n`);
  return { source: file, close: () => file.close() };
}

/** A file of last year is not what today's event collects: which time would be. */
function elsewhere({ start, end }: Window, at: Instant): readonly string[] {
  const last = addDays(end, -1);
  if (monthOf(last) >= lastClosedMonth(at) && start <= at.slice(0, 10)) return [];
  const after = `${addMonths(monthOf(last), 1)}-02T06:00:00Z`;
  return [
    `The bill has charges from ${start} to ${last}, and ${at} collects other months. --at ${after} collects the last of it.`,
  ];
}

async function costExplorer(progress: Progress, world: World, options: CostExplorerOptions): Promise<Source> {
  quietenSdk();
  const { costExplorerSource } = await import("@dapanoskop/aws/cost-explorer");
  const source = costExplorerSource({
    ...options,
    sleep: (milliseconds) => world.sleep(milliseconds),
    random: () => world.random(),
    onPage: ({ operation, window, page, requestCosts }) => {
      const days = window === null ? "" : ` ${window.start} to ${window.end}`;
      const requests = requestCosts.pages + requestCosts.other;
      progress.update(
        `${operation}${days}, page ${page}: ${requests} request${requests === 1 ? "" : "s"}, ${requestPrice(requests)}`,
      );
    },
  });
  return { source, close: async () => {} };
}
