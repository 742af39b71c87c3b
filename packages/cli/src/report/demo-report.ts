import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderDayReport } from "@dapanoskop/core/insight/day";
import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  type Audience,
  buildReport,
  type DeliverySettings,
  deliverDay,
  readPublishedDays,
} from "@dapanoskop/report";
import type { CommandContext } from "../command-context.ts";
import { openState } from "../store.ts";

const everyone: Audience = {
  name: "everyone",
  channel: { kind: "mail", recipients: ["finance@example.com"] },
  costCenters: null,
  schedule: "daily",
};

const settings: DeliverySettings = {
  audiences: [everyone],
  schedule: { hour: 8, minute: 0 },
  sender: "costs@example.com",
  dashboardUrl: null,
};

/** Where the report of the demo company's last complete day can be read. */
export interface DemoReport {
  readonly html: string;
  /** The folder of the mails, one for each day that the demo reported. */
  readonly mails: string;
}

/**
 * Writes the daily report of the made-up company into a folder: as a page, and as the mail that its audience gets, sent once
 * a day by the same code as everywhere. `null` where no day is complete.
 */
export async function writeDemoReport(
  store: ArtifactStore,
  folder: string,
  { runtime }: CommandContext,
): Promise<DemoReport | null> {
  const published = await readPublishedDays(store);
  const day = published?.figures.completeThrough ?? null;
  if (published === null || day === null) return null;
  await mkdir(folder, { recursive: true });
  const { emlMailer } = await import("@dapanoskop/local/mail");
  const channels = {
    mailer: async () => emlMailer(folder, runtime.clock),
    notifier: () => Promise.reject(new TypeError("The demo sends mails only.")),
  };
  const state = await openState(join(folder, "state"));
  await deliverDay(day, { resend: false, anySchedule: false }, settings, { store, state, channels, runtime });
  const report = await buildReport(published, {
    date: day,
    audience: everyone,
    dashboardUrl: null,
    said: null,
    answers: null,
    budgets: [],
  });
  const html = join(folder, `${day}.html`);
  await writeFile(html, renderDayReport(report).html);
  return { html, mails: folder };
}
