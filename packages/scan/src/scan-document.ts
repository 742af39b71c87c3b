import type { SkippedFile } from "./repository-file.ts";
import type { ScannedRoot, ScanReport, TagFinding, UnreadModule } from "./scan-report.ts";

/** A report as programs get it, from the command line and from the API. */
export interface ScanDocument {
  readonly roots: readonly ScannedRoot[];
  readonly findings: readonly (Omit<TagFinding, "isFree"> & { readonly is_free: boolean | null })[];
  readonly unread_modules: readonly UnreadModule[];
  readonly skipped: readonly SkippedFile[];
}

export const scanDocument = ({ roots, findings, unreadModules, skipped }: ScanReport): ScanDocument => ({
  roots,
  findings: findings.map(({ isFree, ...finding }) => ({ ...finding, is_free: isFree })),
  unread_modules: unreadModules,
  skipped,
});
