import { readFile } from "node:fs/promises";
import { type Audience, reportAudiences } from "@dapanoskop/report";
import type { ReportOptionValues } from "@dapanoskop/report/options";
import { CommandError } from "../errors.ts";

/**
 * The audiences that a command line names, by its options and by its file.
 * @throws CommandError when the file cannot be read, AudienceError with a sentence for each fault
 */
export async function audiencesOf(
  values: Omit<ReportOptionValues, "schedule">,
): Promise<readonly Audience[]> {
  const list = values.audiences === null ? null : await audiencesFile(values.audiences);
  return reportAudiences({ ...values, audiences: list }, { allowsUrls: true });
}

async function audiencesFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new CommandError(
      `The audiences ${JSON.stringify(path)} could not be read. Check the path and its permissions.`,
      { cause },
    );
  }
}
