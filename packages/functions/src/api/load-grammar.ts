import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { HclGrammar } from "@dapanoskop/scan";

const RUNTIME = "web-tree-sitter.wasm";
const LANGUAGE = "tree-sitter-terraform.wasm";

/** The grammar of scans. The bundle has the wasm files beside itself, a checkout among its packages. */
export async function loadGrammar(): Promise<HclGrammar> {
  const [runtime, language] = await Promise.all([
    readFile(wasmPlace(RUNTIME, `web-tree-sitter/${RUNTIME}`)),
    readFile(wasmPlace(LANGUAGE, `@tree-sitter-grammars/tree-sitter-hcl/${LANGUAGE}`)),
  ]);
  return { runtime, language };
}

function wasmPlace(name: string, installed: string): URL | string {
  const beside = new URL(name, import.meta.url);
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(installed);
}
