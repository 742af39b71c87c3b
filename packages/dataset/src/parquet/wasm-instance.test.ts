import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { wasmMemory } from "parquet-wasm/esm";
import { expect, it } from "vitest";
import { wasmInstance } from "./wasm-instance.ts";

const WASM = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");

it("an instance of parquet-wasm is kept after a small call, and renewed after one that took 256 MB", async () => {
  const instance = wasmInstance(await readFile(WASM));
  const memory = () => wasmMemory() as { readonly buffer: ArrayBuffer; grow(pages: number): number };
  const first = instance.run(memory);
  expect(instance.run(memory)).toBe(first);
  // Pages of 64 kB: exactly 256 MB are still kept.
  const pages = (256 * 2 ** 20 - first.buffer.byteLength) / 65_536;
  instance.run(() => memory().grow(pages));
  expect(instance.run(memory)).toBe(first);
  instance.run(() => memory().grow(1));
  expect(instance.run(memory)).not.toBe(first);
  expect(memory().buffer.byteLength).toBeLessThan(256 * 2 ** 20);
});
