import type { Plan, PlanDocument } from "@dapanoskop/core/plan";
import type { Runtime } from "@dapanoskop/core/runtime";
import type { CostSource } from "@dapanoskop/core/source";
import type { StateStore } from "@dapanoskop/core/state";
import type { ArtifactStore } from "@dapanoskop/core/store";
import type { Owner, PlanFiles } from "@dapanoskop/plans";
import type { Cursors } from "./cursor/cursors.ts";

/** What the API works with. Everything of the outside comes in here. */
export interface ApiContext {
  readonly state: StateStore;
  readonly files: PlanFiles;
  /** The published dataset. */
  readonly store: ArtifactStore;
  readonly plans: PlanReader;
  /** Opens the bill for one query, so that what it costs is counted; `null`: there is none to ask. */
  readonly bill: BillAccess | null;
  readonly runtime: Pick<Runtime, "clock" | "random">;
  readonly cursors: Cursors;
}

/** Reads plans: redacted first, then priced. */
export interface PlanReader {
  /**
   * @param region where resources are that the plan gives no region; `null`: nobody said
   * @throws PlanError
   */
  read(bytes: Uint8Array, owner: Owner, region: string | null): Promise<ReadPlan>;
}

export interface ReadPlan {
  readonly plan: Plan;
  readonly document: PlanDocument;
  /** What may be kept: the redacted plan as JSON. */
  readonly redacted: Uint8Array;
}

export interface BillAccess {
  /** What identifies the bill: its payer or view and its accounts. Part of every key of the cache. */
  readonly scope: string;
  /** What one page of an answer costs, in US dollars; `"0"` where asking is free. */
  readonly pagePrice: string;
  open(): CostSource;
}
