import { scanFiles } from "../scan-files.ts";
import type { ScanReport } from "../scan-report.ts";
import { hclParser } from "../wasm/hcl-parser.ts";
import { installedGrammar } from "../wasm/installed-grammar.ts";

const parser = hclParser(await installedGrammar());

/** Scans files that a test writes: by path, with their texts. */
export async function scanTexts(
  texts: Readonly<Record<string, string>>,
  tagKey = "App",
): Promise<ScanReport> {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return scanFiles({ files, skipped: [] }, tagKey, await parser);
}

/** `untagged aws_s3_bucket.logs main.tf:3` of each finding. */
export const findingLines = ({ findings }: ScanReport): readonly string[] =>
  findings.map(({ kind, address, file, line }) => `${kind} ${address} ${file}:${line}`);
