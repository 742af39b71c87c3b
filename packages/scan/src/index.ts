export { isConfiguration, type RepositoryFiles } from "./repository-file.ts";
export { scanDocument } from "./scan-document.ts";
export { ScanError } from "./scan-error.ts";
export type { ScanReport, TagCounts, TagFinding } from "./scan-report.ts";
export { type Scanner, scanner } from "./scanner.ts";
export type { HclGrammar } from "./wasm/hcl-parser.ts";
