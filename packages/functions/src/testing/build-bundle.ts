import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The functions as `npm run build` makes them, in a folder of their own. */
export interface Bundles {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function buildBundles(): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-functions-"));
  await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL("../../build.mjs", import.meta.url)),
    folder,
  ]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
