import type { Day, Instant } from "@dapanoskop/core/calendar";
import type { Runtime } from "@dapanoskop/core/runtime";
import type { Sending, SendResult } from "@dapanoskop/core/sending";
import type { StateStore } from "@dapanoskop/core/state";
import type { ArtifactStore } from "@dapanoskop/core/store";
import type { Audience } from "../audience/index.ts";
import type { ReportSchedule, ReportTrigger } from "../due/index.ts";
import type { MarkedRecipient } from "../records/index.ts";
import type { ReportChannels } from "./report-channels.ts";

/** What a run is for. */
export interface DeliveryEvent {
  /** The event's time: it decides which reports are due, however late the event is handled. */
  readonly at: Instant;
  readonly trigger: ReportTrigger;
}

/** How a deployment reports. */
export interface DeliverySettings {
  readonly audiences: readonly Audience[];
  readonly schedule: ReportSchedule;
  /** The address that mails come from; `null` where nothing is mailed. */
  readonly sender: string | null;
  /** `https://HOST` of the page; `null`: reports have no link. */
  readonly dashboardUrl: string | null;
}

/** What a run reads from, records in and sends by. */
export interface DeliveryDependencies {
  readonly store: ArtifactStore;
  readonly state: StateStore;
  readonly channels: ReportChannels;
  readonly runtime: Runtime;
}

/** What became of one report in a run. */
export interface ReportOutcome {
  readonly outcome: SendResult["outcome"];
  /** The record afterwards: its id names the report, its attempts are those of all runs. */
  readonly sending: Sending;
  readonly leftOut: readonly MarkedRecipient[];
}

/** An audience whose report could not be prepared or recorded: the others are sent to all the same. */
export interface AudienceFailure {
  readonly audience: string;
  /** The day of the report; `null` where it failed before. */
  readonly day: Day | null;
  readonly error: unknown;
}

/** What a run came to. */
export interface DeliveryResult {
  /** The last day whose report is expected by the event's time. */
  readonly lastExpected: Day;
  /** The last complete published day; `null` where none is. */
  readonly completeThrough: Day | null;
  /** By audience, then oldest day first. */
  readonly reports: readonly ReportOutcome[];
  readonly failures: readonly AudienceFailure[];
  /** Reports that the last seven days lack after this run. */
  readonly missing: readonly { readonly audience: string; readonly day: Day }[];
  /** Reports of the last seven days, after this run, that an operator has to look at. */
  readonly unknown: number;
  readonly failed: number;
}
