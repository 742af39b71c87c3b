import { listed, visible, wrap } from "@dapanoskop/core/text";
import { type ScanReport, scanDocument, type TagCounts, type TagFinding } from "@dapanoskop/scan";
import type { ScannedPlace } from "./scan-places.ts";

/** What `scan` writes for programs. */
export const placesDocument = (tagKey: string, places: readonly ScannedPlace[]) => ({
  schema: 1,
  tag_key: tagKey,
  repositories: places.map(({ place, report, failure }) => ({
    place,
    failure,
    counts: report === null ? null : counts(report.roots),
    ...(report === null ? NOTHING_READ : scanDocument(report)),
  })),
});

const NOTHING_READ = { roots: [], findings: [], unread_modules: [], skipped: [] };

/** What `scan` writes for people. */
export function scanText(tagKey: string, places: readonly ScannedPlace[], columns: number): string {
  const name = visible(tagKey);
  return places.flatMap((place) => [...placeLines(name, place, columns), ""]).join("\n");
}

function placeLines(
  tag: string,
  { place, report, failure }: ScannedPlace,
  columns: number,
): readonly string[] {
  const title = visible(place);
  if (report === null) return [title, ...wrap(`Not read: ${failure}`, columns)];
  const { tagged, untagged, undecided } = counts(report.roots);
  if (report.roots.length === 0) return [title, "No Terraform or OpenTofu files.", ...notRead(report)];
  const summary = `${count(report.roots.length, "root")}; ${count(tagged, "resource")} with the tag ${tag}, ${untagged} without, ${undecided} undecided.`;
  const ofKind = (kind: TagFinding["kind"]) =>
    report.findings.filter((finding) => finding.kind === kind && finding.isFree !== true);
  const free = report.findings.filter(({ isFree }) => isFree === true).length;
  return [
    title,
    ...wrap(summary, columns),
    ...section("Without the tag", findingLines(ofKind("untagged"))),
    ...section("The files do not decide it", findingLines(ofKind("undecided"))),
    ...(free === 0
      ? []
      : [
          "",
          `Not listed: ${count(free, "resource")} of types that cost nothing themselves. --format json has them.`,
        ]),
    ...notRead(report),
  ];
}

/** A block that several roots reach is one line. */
function findingLines(findings: readonly TagFinding[]): readonly string[] {
  const roots = new Map<string, string[]>();
  for (const { file, line, address, root } of findings) {
    const text = `${visible(file, 500)}:${line}  ${visible(address, 500)}`;
    roots.set(text, [...(roots.get(text) ?? []), visible(root)]);
  }
  return [...roots].map(([text, of]) =>
    of.length > 1 ? `${text}  (in ${of.length > 3 ? `${of.length} roots` : listed(of)})` : text,
  );
}

const notRead = ({ unreadModules, skipped }: ScanReport) =>
  section("Not read", [
    ...unreadModules.map(
      ({ source, file, line }) => `${visible(file, 500)}:${line}  the module ${visible(source, 500)}`,
    ),
    ...skipped.map(({ path, why }) => `${visible(path, 500)}: ${why}`),
  ]);

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];

const counts = (roots: readonly TagCounts[]): TagCounts => ({
  tagged: roots.reduce((sum, { tagged }) => sum + tagged, 0),
  untagged: roots.reduce((sum, { untagged }) => sum + untagged, 0),
  undecided: roots.reduce((sum, { undecided }) => sum + undecided, 0),
});

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
