import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { ParquetCodec } from "@dapanoskop/dataset";
import { parquetCodec } from "@dapanoskop/dataset/parquet";

// `#parquet.wasm` is a name of package.json: of this one, or of the published command line, which has the file itself.
// `import.meta.resolve` is missing where a test runner evaluates the module.
const require = createRequire(import.meta.url);

let loaded: Promise<ParquetCodec> | null = null;

/**
 * The parquet reader and writer, from the installed parquet-wasm. It is loaded once a process.
 * @throws Error when the package's wasm file is missing or unreadable
 */
export function loadParquetCodec(): Promise<ParquetCodec> {
  loaded ??= load().catch((error: unknown) => {
    loaded = null; // the next call tries again
    throw error;
  });
  return loaded;
}

async function load(): Promise<ParquetCodec> {
  try {
    const bytes = await readFile(require.resolve("#parquet.wasm"));
    return parquetCodec(bytes);
  } catch (cause) {
    throw new Error(
      "The wasm file of parquet-wasm could not be loaded. Install the dependencies again: npm ci.",
      { cause },
    );
  }
}
