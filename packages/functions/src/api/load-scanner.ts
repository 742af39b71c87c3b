import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { ApiContext } from "@dapanoskop/api";
import { hclParser, scanFiles } from "@dapanoskop/scan";

const RUNTIME = "web-tree-sitter.wasm";
const LANGUAGE = "tree-sitter-terraform.wasm";

/** Scans files by the grammar, which is loaded with the first scan. */
export function scanner(): NonNullable<ApiContext["scan"]> {
  let parser: ReturnType<typeof hclParser> | null = null;
  return async (files, tagKey) => {
    parser ??= loadParser().catch((error: unknown) => {
      parser = null;
      throw error;
    });
    return scanFiles(files, tagKey, await parser);
  };
}

/** The bundle has the wasm files beside itself, a checkout among its packages. */
async function loadParser(): ReturnType<typeof hclParser> {
  const [runtime, language] = await Promise.all([
    readFile(wasmPlace(RUNTIME, `web-tree-sitter/${RUNTIME}`)),
    readFile(wasmPlace(LANGUAGE, `@tree-sitter-grammars/tree-sitter-hcl/${LANGUAGE}`)),
  ]);
  return hclParser({ runtime, language });
}

function wasmPlace(name: string, installed: string): URL | string {
  const beside = new URL(name, import.meta.url);
  return existsSync(beside) ? beside : createRequire(import.meta.url).resolve(installed);
}
