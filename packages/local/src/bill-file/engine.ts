import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoted } from "@dapanoskop/core/text";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { amountMacros, type RoundedCosts, spelledAmounts } from "./amount-sql.ts";
import { billFileError, messageOf } from "./bill-file-error.ts";
import { dayMacros } from "./day-sql.ts";
import { pairMacros } from "./map-sql.ts";
import { type SeenCharges, seenCharges } from "./seen-charges.ts";

export interface EngineOptions {
  /** Threads that read and group. Default 1. */
  readonly threads?: number;
  /** The engine's memory, in MB (10^6 bytes); beyond that it spills to a temporary folder. */
  readonly memoryLimitMb?: number;
}

/** A DuckDB that reads local files. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** A folder of its own, readable by its owner only. `close` removes it. */
  readonly folder: string;
  /** What the scans have seen of charges. */
  readonly seen: SeenCharges;
  /** What the scans have rounded. */
  readonly rounded: RoundedCosts;
  /** Runs statements; where they run out of memory, again from their beginning under other limits. */
  withinMemory<Result>(run: () => Promise<Result>): Promise<Result>;
  /** Forbids reading files from now on. */
  seal(): Promise<void>;
  close(): Promise<void>;
}

/** More threads take the same processor time, and each takes memory of its own: with two, 10^6 charges need 160 MB. */
const DEFAULT_THREADS = 1;
const DEFAULT_MEMORY_LIMIT_MB = 112;

/**
 * Opens the engine with what is built in (core functions, json, parquet, icu). Extensions are downloads:
 * they are neither installed nor loaded.
 */
export async function openEngine({
  threads = DEFAULT_THREADS,
  memoryLimitMb = DEFAULT_MEMORY_LIMIT_MB,
}: EngineOptions = {}): Promise<Engine> {
  // Absolute: DuckDB interprets `~/` and names with a colon at the beginning of a path.
  const folder = await realpath(await mkdtemp(join(tmpdir(), "dapanoskop-bill-")));
  let instance: DuckDBInstance | undefined;
  try {
    instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
      threads: String(threads),
      memory_limit: `${memoryLimitMb}MB`,
      temp_directory: join(folder, "spill"),
      // Nothing here depends on the order of rows, and keeping it costs memory.
      preserve_insertion_order: "false",
    });
    const connection = await instance.connect();
    // Days are UTC, whatever the machine's zone.
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    const rounded: RoundedCosts = { count: 0 };
    for (const read of spelledAmounts(rounded)) connection.registerScalarFunction(read);
    const seen = seenCharges();
    connection.registerScalarFunction(seen.lineItem);
    connection.registerScalarFunction(seen.row);
    for (const macro of [...amountMacros, ...dayMacros, ...pairMacros]) await connection.run(macro);
    let limitMb = memoryLimitMb;
    const limit = (mb: number) => connection.run(`SET GLOBAL memory_limit = '${Math.ceil(mb)}MB'`);
    return {
      connection,
      folder,
      seen,
      rounded,
      async withinMemory(run) {
        let isOther = false;
        try {
          for (const factor of OTHER_LIMITS) {
            try {
              return await run();
            } catch (cause) {
              if (!isOutOfMemory(cause)) throw cause;
              await limit(limitMb * factor);
              isOther = true;
            }
          }
          return await run();
        } catch (cause) {
          throw isOutOfMemory(cause) ? outOfMemory(cause) : cause;
        } finally {
          if (isOther) await limit(limitMb);
        }
      },
      async seal() {
        // Returns the memory of loading to the system: queries need their groups in memory, not the charges.
        limitMb = memoryLimitMb / 2;
        await limit(limitMb);
        await connection.run("SET GLOBAL enable_external_access = false");
      },
      close: () => closeEngine(folder, instance, connection),
    };
  } catch (cause) {
    await closeEngine(folder, instance);
    throw cause;
  }
}

/**
 * DuckDB 1.5 does not need more memory for more data alone: what fails at 128 MB succeeds at 112 and at 144. So it is
 * tried again with less, then with more, and at last with twice as much.
 */
const OTHER_LIMITS = [0.8, 1.25, 2] as const;

export const isOutOfMemory = (cause: unknown) => /^Out of Memory/i.test(messageOf(cause));

const outOfMemory = (cause: unknown) =>
  billFileError(
    `The bill does not fit into the engine's memory, nor into its temporary folder (${quoted(messageOf(cause).split("\n")[0] ?? "")}). Free space in the temporary folder, or set TMPDIR to another one.`,
    { cause },
  );

async function closeEngine(
  folder: string,
  instance: DuckDBInstance | undefined,
  connection?: DuckDBConnection,
): Promise<void> {
  connection?.closeSync();
  instance?.closeSync();
  await rm(folder, { recursive: true, force: true });
}
