import type { VisibleBill } from "../emulated-bill.ts";
import type { ActiveFaults } from "../faults/fault-plan.ts";
import type { PagePosition } from "../pages.ts";
import type { Json, Members } from "../protocol/json.ts";
import type { HistoryMonths } from "../request/time-period.ts";
import type { ResultCache } from "./result.ts";

/** The data and settings for one request. */
export interface OperationContext {
  readonly bill: VisibleBill;
  readonly historyMonths: HistoryMonths;
  /** Entries on a page of GetCostAndUsage. */
  readonly pageSize: number;
  /** The position of the requested page. */
  readonly position: PagePosition;
  /** The token of the request. */
  readonly token: string | null;
  tokenFor(position: PagePosition): string;
  readonly results: ResultCache;
  readonly activeFaults: ActiveFaults;
  /** Whether amounts have all decimals of the bill, not only the ten of Cost Explorer. */
  readonly exactAmounts: boolean;
  /** The factor of all costs, in 10^-12; `null` leaves them as they are in the bill. */
  readonly revision: bigint | null;
}

export interface OperationResponse {
  readonly body: { readonly [member: string]: Json | undefined };
  /** Groups, or values, on this page; `null` where the operation has none. */
  readonly entries: number | null;
}

export type Operation = (request: Members, context: OperationContext) => Promise<OperationResponse>;
