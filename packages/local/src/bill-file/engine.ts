import { mkdtemp, rm, symlink } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { amountMacros } from "./amount-sql.ts";
import { dayMacros } from "./day-sql.ts";

export interface EngineOptions {
  /** Threads that read and group. As many as the machine has, at most 4, unless told. */
  readonly threads?: number;
  /** What the engine may hold in memory, in MB (10^6 bytes); beyond that it spills to a temporary folder. */
  readonly memoryLimitMb?: number;
}

/** A DuckDB that works in memory and reads local files. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** A folder of its own, readable by its owner only, gone after `close`. */
  readonly folder: string;
  /** From here on no file is read, and no setting changes. */
  seal(): Promise<void>;
  close(): Promise<void>;
}

const LARGEST_DEFAULT_THREADS = 4;
const DEFAULT_MEMORY_LIMIT_MB = 256;

/**
 * Opens the engine with what is built in (core functions, json, parquet, icu). Extensions are downloads, and a bill
 * is nothing that a download should meet: they are neither installed nor loaded.
 */
export async function openEngine({
  threads = Math.min(LARGEST_DEFAULT_THREADS, availableParallelism()),
  memoryLimitMb = DEFAULT_MEMORY_LIMIT_MB,
}: EngineOptions = {}): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-bill-"));
  let instance: DuckDBInstance | undefined;
  try {
    instance = await DuckDBInstance.create(":memory:", {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
      threads: String(threads),
      memory_limit: `${memoryLimitMb}MB`,
      temp_directory: join(folder, "spill"),
      // Rows may come in any order: nothing here depends on it, and keeping it would cost memory.
      preserve_insertion_order: "false",
    });
    const connection = await instance.connect();
    // Days are UTC, whatever the machine's zone.
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    for (const macro of [...amountMacros, ...dayMacros]) await connection.run(macro);
    return {
      connection,
      folder,
      async seal() {
        await connection.run("SET GLOBAL enable_external_access = false");
        await connection.run("SET GLOBAL lock_configuration = true");
      },
      close: () => closeEngine(folder, instance, connection),
    };
  } catch (cause) {
    await closeEngine(folder, instance);
    throw cause;
  }
}

async function closeEngine(
  folder: string,
  instance: DuckDBInstance | undefined,
  connection?: DuckDBConnection,
): Promise<void> {
  connection?.closeSync();
  instance?.closeSync();
  await rm(folder, { recursive: true, force: true });
}

/** DuckDB reads `*`, `?` and `[` in a file's name as patterns, so such a file is read by another name. */
export async function plainPath({ folder }: Engine, path: string, number: number): Promise<string> {
  if (!/[*?[\]{}]/.test(path)) return path;
  const alias = join(folder, `part-${number}`);
  await symlink(path, alias);
  return alias;
}
