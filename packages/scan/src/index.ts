export {
  isConfiguration,
  isSkippedFolder,
  LARGEST_FILE_BYTES,
  MOST_BYTES,
  MOST_FILES,
  type RepositoryFile,
  type RepositoryFiles,
  type SkippedFile,
} from "./repository-file.ts";
export { ScanError, type ScanFailure } from "./scan-error.ts";
export { scanFiles } from "./scan-files.ts";
export type { ScannedRoot, ScanReport, TagCounts, TagFinding, UnreadModule } from "./scan-report.ts";
export { type HclGrammar, type HclParser, hclParser } from "./wasm/hcl-parser.ts";
