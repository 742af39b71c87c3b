import { jsonText } from "@dapanoskop/core/insight/render";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { type ScannedPlace, scanPlaces } from "../scan/scan-places.ts";
import { placesDocument, scanText } from "../scan/scan-text.ts";
import type { scanDefinition } from "./scan-definition.ts";

/** `dapanoskop scan`: resources without the tag in the configuration files of a folder or of repositories. */
export async function scan(
  { source, tagKey, format, failOn }: CommandValues<typeof scanDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const places = await scanPlaces(source, tagKey, context);
  context.out.write(
    format === "json"
      ? jsonText(placesDocument(tagKey, places))
      : scanText(tagKey, places, context.out.columns),
  );
  if (places.some(({ failure }) => failure !== null)) return exitCode.failed;
  if (failOn !== "nothing" && places.every(isUnread)) {
    throw new CommandError(
      `No Terraform or OpenTofu file in ${source} was read, so --fail-on ${failOn} says nothing. Name the folder or repository that has the files.`,
    );
  }
  const kinds = failOn === "undecided" ? ["untagged", "undecided"] : [failOn];
  return places.some((place) => hasKind(place, kinds)) ? exitCode.gate : exitCode.done;
}

/** Whether a place has no configuration file, or none of which anything is understood. */
const isUnread = ({ report }: ScannedPlace): boolean =>
  report === null ||
  report.roots.length === 0 ||
  (report.skipped.length > 0 &&
    report.roots.every(({ tagged, untagged, undecided }) => tagged + untagged + undecided === 0));

const hasKind = ({ report }: ScannedPlace, kinds: readonly string[]) =>
  report?.findings.some(({ kind }) => kinds.includes(kind)) ?? false;
