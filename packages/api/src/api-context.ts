import type { Runtime } from "@dapanoskop/core/runtime";
import type { CostSource } from "@dapanoskop/core/source";
import type { StateStore } from "@dapanoskop/core/state";
import type { ArtifactStore } from "@dapanoskop/core/store";
import type { PlanFiles, PlanReader } from "@dapanoskop/plans";
import type { Scanner } from "@dapanoskop/scan";
import type { Cursors } from "./cursor/cursors.ts";

/** What the API works with. Everything of the outside comes in here. */
export interface ApiContext {
  readonly state: StateStore;
  readonly files: PlanFiles;
  /** The published dataset. */
  readonly store: ArtifactStore;
  readonly plans: PlanReader;
  /** Scans Terraform files; `null`: not here. */
  readonly scan: Scanner | null;
  /** Opens the bill for one query, so that what it costs is counted; `null`: there is none to ask. */
  readonly bill: BillAccess | null;
  readonly runtime: Pick<Runtime, "clock" | "random">;
  readonly cursors: Cursors;
}

export interface BillAccess {
  /** What identifies the bill: its payer or view and its accounts. Part of every key of the cache. */
  readonly scope: string;
  /** What one page of an answer costs, in US dollars; `"0"` where asking is free. */
  readonly pagePrice: string;
  open(): CostSource;
}
