import type { RepositoryFiles } from "./repository-file.ts";
import { scanFiles } from "./scan-files.ts";
import type { ScanReport } from "./scan-report.ts";
import { type HclGrammar, type HclParser, hclParser } from "./wasm/hcl-parser.ts";

/** Looks for resources of AWS without a tag, as `scanFiles` does. */
export type Scanner = (files: RepositoryFiles, tagKey: string) => Promise<ScanReport>;

/** A scanner whose grammar is loaded with its first scan, and again where that failed. */
export function scanner(loadGrammar: () => Promise<HclGrammar>): Scanner {
  let parser: Promise<HclParser> | null = null;
  return async (files, tagKey) => {
    parser ??= loadGrammar()
      .then(hclParser)
      .catch((failure: unknown) => {
        parser = null;
        throw failure;
      });
    return scanFiles(files, tagKey, await parser);
  };
}
