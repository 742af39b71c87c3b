import type { Clock } from "@dapanoskop/core/runtime";
import type { Mailer } from "@dapanoskop/core/sending";

/**
 * Writes each mail as a file of its own into a folder, for mail programs to open: `daily-2026-01-14-everyone-1.eml`. The
 * name consists of the values of the tags. No file is ever replaced. The folder is created by the first mail.
 */
export function emlMailer(folder: string, _clock: Pick<Clock, "now">): Mailer {
  return {
    place: `the folder ${folder}`,
    send: async () => ({ outcome: "refused", isRetryable: false, reason: "Files are not written yet." }),
  };
}
