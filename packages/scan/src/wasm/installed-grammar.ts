import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { HclGrammar } from "./hcl-parser.ts";

/** The grammar from the installed packages. */
export async function installedGrammar(): Promise<HclGrammar> {
  // A name of package.json: of this one, or of the published command line, which has the file itself.
  const path = createRequire(import.meta.url).resolve("#terraform-grammar.wasm");
  return { runtime: null, language: await readFile(path) };
}
