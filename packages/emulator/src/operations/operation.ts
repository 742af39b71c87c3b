import type { VisibleBill } from "../emulated-bill.ts";
import type { ActiveFaults } from "../faults/fault-plan.ts";
import type { PagePosition } from "../pages.ts";
import type { Json, Members } from "../protocol/json.ts";
import type { HistoryMonths } from "../request/time-period.ts";
import type { ResultCache } from "./result.ts";

/** What an operation needs to answer one request. */
export interface OperationContext {
  readonly bill: VisibleBill;
  readonly historyMonths: HistoryMonths;
  /** Entries on a page of GetCostAndUsage. */
  readonly pageSize: number;
  /** Where the request asks to go on. */
  readonly position: PagePosition;
  /** The token that the request brought. */
  readonly token: string | null;
  tokenFor(position: PagePosition): string;
  readonly results: ResultCache;
  readonly activeFaults: ActiveFaults;
  /** Whether amounts have all decimals of the bill, not only the ten of Cost Explorer. */
  readonly exactAmounts: boolean;
  /** What costs are multiplied by, in 10^-12; `null` leaves them as the bill has them. */
  readonly revision: bigint | null;
}

export interface OperationResponse {
  readonly body: { readonly [member: string]: Json | undefined };
  /** Groups, or values, on this page; `null` where the operation has none. */
  readonly entries: number | null;
}

export type Operation = (request: Members, context: OperationContext) => Promise<OperationResponse>;
