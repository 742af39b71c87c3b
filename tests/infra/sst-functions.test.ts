import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { bundleFunction } from "./support/bundle-function.ts";

const sources = fileURLToPath(new URL("../../packages/functions/src/", import.meta.url));
const wasm = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");

/** Bundles an entry as SST does, away from our packages. */
async function bundled(entry: string): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), "dapanoskop-sst-"));
  onTestFinished(() => rm(out, { recursive: true, force: true }));
  await bundleFunction(join(sources, entry), out, { runtime: "nodejs22.x", properties: {} });
  return out;
}

const evaluate = async (out: string, expression: string) => {
  const code = `const bundle = await import(${JSON.stringify(pathToFileURL(join(out, "bundle.mjs")).href)});
    console.log(${expression});`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code]);
  return stdout.trim();
};

it("the session's handler runs as SST bundles it", async () => {
  expect(await evaluate(await bundled("session/handler.ts"), "typeof bundle.handler")).toBe("function");
});

it("the collector's handler finds its parquet file where copyFiles puts it: at the root, as the bundle", async () => {
  const out = await bundled("collect/handler.ts");
  await expect(evaluate(out, "typeof bundle.handler")).rejects.toThrow(
    "it belongs beside the function's code",
  );
  await copyFile(wasm, join(out, "parquet_wasm_bg.wasm"));
  expect(await evaluate(out, "typeof bundle.handler")).toBe("function");
});
