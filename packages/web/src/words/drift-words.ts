import type { DriftFindingDocument, DriftScanDocument } from "@dapanoskop/api/documents";

/** What each kind of drift means, the gravest first. */
export const SEVERITY_WORDS: Readonly<Record<DriftFindingDocument["severity"], string>> = {
  cost: "changes the cost",
  allocation: "moves cost",
  other: "other",
};

/** How a scan ended. A failed scan says nothing about drift. */
export const SCAN_WORDS: Readonly<Record<DriftScanDocument["status"], string>> = {
  drift: "Drift",
  no_drift: "No drift",
  failed: "The scan failed",
};
