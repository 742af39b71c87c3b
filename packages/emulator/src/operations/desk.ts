import type { VisibleBill } from "../emulated-bill.ts";
import type { Struck } from "../faults/fault-plan.ts";
import type { Place } from "../pages.ts";
import type { Json, Members } from "../protocol/json.ts";
import type { HistoryMonths } from "../questions/time-period.ts";
import type { SheetCache } from "./sheet.ts";

/** What an operation needs to answer one request. */
export interface Desk {
  readonly bill: VisibleBill;
  readonly historyMonths: HistoryMonths;
  /** Entries on a page of GetCostAndUsage. */
  readonly pageSize: number;
  /** Where the request asks to go on. */
  readonly place: Place;
  /** The token that the request brought. */
  readonly token: string | null;
  tokenFor(place: Place): string;
  readonly sheets: SheetCache;
  readonly struck: Struck;
  /** What costs are multiplied by, in 10^-12; `null` leaves them as the bill has them. */
  readonly restated: bigint | null;
}

export interface Answer {
  readonly body: { readonly [member: string]: Json | undefined };
  /** Groups, or values, on this page; `null` where the operation has none. */
  readonly entries: number | null;
}

export type Operation = (request: Members, desk: Desk) => Promise<Answer>;
