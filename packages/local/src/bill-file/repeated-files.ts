import { billFileError } from "./bill-file-error.ts";
import { BILL_ENDING } from "./bill-file-names.ts";
import { PERIOD_FOLDER } from "./manifest.ts";

/**
 * Looks for charges that are in a folder twice, by the names of files and folders.
 * A report that keeps old versions, and a Data Export that does not overwrite, write each delivery to a folder of its
 * own below the month; each contains the whole month. The sum of two would be double the bill.
 * @param paths bill files, in folders from the one that was given, with `/`
 * @param nameOf the name of such a path in sentences
 * @throws CostSourceError naming both
 */
export function checkRepeatedFiles(paths: readonly string[], nameOf: (path: string) => string): void {
  for (const { keyOf, what, of } of checks) {
    const known = new Map<string, string>();
    for (const path of paths) {
      const key = keyOf(path);
      if (key === null) continue;
      const subject = of(path);
      const other = known.get(key) ?? subject;
      if (other !== subject) {
        throw billFileError(
          `${nameOf(other)} and ${nameOf(subject)} ${what}, and their charges would be counted twice. Keep one of them in the folder.`,
        );
      }
      known.set(key, subject);
    }
  }
}

interface RepeatCheck {
  /** Equal for paths of which one subject may be there; `null` where the check does not apply. */
  keyOf(path: string): string | null;
  /** What is there twice: the file or its folder. */
  of(path: string): string;
  readonly what: string;
}

const checks: readonly RepeatCheck[] = [
  {
    keyOf: (path) => (EXECUTION.test(nameIn(folderOf(path))) ? folderOf(folderOf(path)) : null),
    of: folderOf,
    what: "look like two deliveries of one report",
  },
  {
    // Whatever the folders are called: below the folder of a month each has a file of the same name.
    keyOf(path) {
      const folder = nameIn(folderOf(path));
      const month = folderOf(folderOf(path));
      return PERIOD_FOLDER.test(nameIn(month)) && !folder.includes("=") ? `${month}/${nameIn(path)}` : null;
    },
    of: folderOf,
    what: "look like two deliveries of one report",
  },
  {
    keyOf: (path) => path.replace(BILL_ENDING, ""),
    of: (path) => path,
    what: "look like the same bill in two encodings",
  },
  {
    keyOf: (path) => folderOf(path).split("/").map(partition).join("/"),
    of: folderOf,
    what: "are two spellings of one partition",
  },
];

/** A folder that ends in the id of an execution. */
const EXECUTION = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** `Month=02` and `month=2` are one partition. */
function partition(folder: string): string {
  const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(folder) ?? [];
  if (name === undefined) return folder;
  return `${name.toLowerCase()}=${/^\d+$/.test(value) ? value.replace(/^0+(?=\d)/, "") : value}`;
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function nameIn(path: string): string {
  return path.split("/").at(-1) ?? "";
}
