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
import type { BillFileOptions, BillFileSource } from "@dapanoskop/local/bill-file";
import { type CollectConfig, queriedDimensions } from "@dapanoskop/pipeline";
import type { CommandContext } from "./command-context.ts";
import { UsageError } from "./errors.ts";
import type { CommandValues } from "./options/command-option.ts";
import type { billFileOptions } from "./options/shared-options.ts";
import type { Progress } from "./progress.ts";
import { requestPrice } from "./run-collection.ts";
import { silenceNodeVersionWarning } from "./store.ts";

/** A cost source that has to be closed. */
export interface OpenedSource {
  readonly source: CostSource;
  close(): Promise<void>;
}

/** Cost Explorer of the account that this terminal's AWS credentials belong to. */
export async function accountSource(
  progress: Progress,
  context: CommandContext,
  { billingView, accounts }: Pick<CollectConfig, "billingView" | "accounts">,
): Promise<OpenedSource> {
  const { requestScope } = await import("@dapanoskop/aws/cost-explorer");
  return costExplorer(progress, context, { scope: requestScope(billingView, accounts) });
}

/** The emulator of Cost Explorer on this machine. It accepts any credentials, and gets no real ones. */
export async function emulatedSource(
  progress: Progress,
  context: CommandContext,
  url: string,
): Promise<OpenedSource> {
  // The SDK reads the endpoint from the environment only, and this process sends requests to no other Cost Explorer.
  process.env.AWS_ENDPOINT_URL_COST_EXPLORER = url;
  process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS = "false";
  return costExplorer(progress, context, {
    credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
    region: "us-east-1",
    // AWS throttles above five requests a second; the emulator does not.
    requestsPerSecond: 1_000,
  });
}

/** A bill file, or a folder of them, and the provider whose charges are read; `null` reads those of AWS. */
export interface GivenBillFile {
  readonly path: string;
  readonly provider: string | null;
}

/**
 * The bill file that a command line names; `null` where it names none.
 * @throws UsageError when a provider is named without a file
 */
export function givenBillFile(
  command: string,
  { bill, provider }: CommandValues<typeof billFileOptions>,
): GivenBillFile | null {
  if (bill !== null) return { path: bill, provider };
  if (provider === null) return null;
  throw new UsageError(command, "--provider says whose charges of a bill file are read; it needs --bill.");
}

/** What is read of a bill file: what no query will need is not loaded. */
export interface BillFileReading {
  readonly at: Instant;
  /** The configuration of the collection that will query the file; `null` where any query is possible. */
  readonly config: CollectConfig | null;
}

/** A cost source that reads a FOCUS or CUR file, or a folder of them. What the file lacks is reported on the error stream. */
export async function billFileSource(
  { path, provider }: GivenBillFile,
  { at, config }: BillFileReading,
  progress: Progress,
  { err, runtime }: CommandContext,
): Promise<OpenedSource> {
  progress.update(`Reading ${path}`);
  const options = {
    at,
    ...(provider === null ? {} : { provider }),
    ...(config === null
      ? {}
      : { metrics: [config.metric], tagKeys: [config.tagKey], dimensions: queriedDimensions }),
    ...(config?.costCategory ? { costCategory: config.costCategory } : {}),
  };
  const opening = openBill(path, options, runtime);
  // While the threads of DuckDB read the file, this one loads the code that writes parquet.
  const writing = config === null ? null : import("@dapanoskop/local/parquet");
  const [file] = await Promise.all([opening, writing]);
  progress.done();
  for (const note of [...file.notes, ...otherMonths(file.window, at)])
    err.write(`! ${visible(note, 1_000)}\n`);
  return { source: file, close: () => file.close() };
}

/** Opens a file or folder of this machine, or objects of a bucket (`s3://BUCKET/PREFIX/`). */
export async function openBill(
  path: string,
  options: BillFileOptions,
  { clock, random }: CommandContext["runtime"],
): Promise<BillFileSource> {
  const { openBillFile, openBillObjects } = await import("@dapanoskop/local/bill-file");
  if (!path.startsWith("s3://")) return openBillFile(path, options);
  silenceNodeVersionWarning();
  const { parseObjectUrl, s3Objects } = await import("@dapanoskop/aws/s3-objects");
  return openBillObjects(s3Objects({ place: parseObjectUrl(path), clock, random }), options);
}

/** Where a file has charges of other months than the event collects: the sentence that says which time collects them. */
function otherMonths({ start, end }: Window, at: Instant): readonly string[] {
  const last = addDays(end, -1);
  if (monthOf(last) >= lastClosedMonth(at) && start <= at.slice(0, 10)) return [];
  const after = `${addMonths(monthOf(last), 1)}-02T06:00:00Z`;
  return [
    `The bill has charges from ${start} to ${last}, and ${at} collects other months. --at ${after} collects the last of it.`,
  ];
}

async function costExplorer(
  progress: Progress,
  context: CommandContext,
  options: CostExplorerOptions,
): Promise<OpenedSource> {
  silenceNodeVersionWarning();
  const { costExplorerSource } = await import("@dapanoskop/aws/cost-explorer");
  const source = costExplorerSource({
    ...options,
    clock: context.runtime.clock,
    random: context.runtime.random,
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
