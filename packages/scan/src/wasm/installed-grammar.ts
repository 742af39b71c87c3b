import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { HclGrammar } from "./hcl-parser.ts";

/** The grammar from the installed packages. */
export async function installedGrammar(): Promise<HclGrammar> {
  const path = createRequire(import.meta.url).resolve(
    "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm",
  );
  return { runtime: null, language: await readFile(path) };
}
