import { listed, quoted } from "@dapanoskop/core/text";
import { billFileError } from "./bill-file-error.ts";
import { type Manifest, PERIOD_FOLDER } from "./manifest.ts";
import { checkRepeatedFiles } from "./repeated-files.ts";

/** The files of a folder that are read, and what is said of the others. */
export interface DeliveredFiles {
  /** Sorted, as they were given. */
  readonly paths: readonly string[];
  /** A sentence for each delivery that is not read. */
  readonly notes: readonly string[];
}

/**
 * Chooses the files of a folder that are read. A manifest names the files of one execution, and all of them must be there.
 * Files of older executions beside them contain the same charges and are not read. Files that no manifest covers are read.
 * @param paths bill files, in folders from the one that was given, with `/`
 * @param nameOf the name of such a path in sentences
 * @throws CostSourceError when a file is missing, when several executions are there and nothing says which is the newest,
 * or when names tell that charges are there twice
 */
export function deliveredFiles(
  paths: readonly string[],
  manifests: readonly Manifest[],
  nameOf: (path: string) => string,
): DeliveredFiles {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = unpackedName(path);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  const deliveries = manifests
    .filter(({ keys }) => keys.length > 0)
    .map((manifest) => deliveryOf(manifest, byName));
  const groups = [...groupsOf(deliveries)].map((all) => ({ all, newest: newestOf(all, nameOf) }));
  for (const { newest } of groups) checkComplete(newest, nameOf);

  const named = new Set(groups.flatMap(({ newest }) => pathsOf(newest)).map(unpacked));
  const replaced = new Map<string, Delivery>();
  for (const path of paths.filter((other) => !named.has(unpacked(other)))) {
    const group = groups.find(
      ({ all, newest }) => newest.isReplaced(path) || all.some((older) => pathsOf(older).includes(path)),
    );
    if (group !== undefined) replaced.set(path, group.newest);
  }
  const chosen = paths.filter((path) => !replaced.has(path)).sort();
  checkRepeatedFiles(chosen, nameOf);
  return {
    paths: chosen,
    notes: groups.flatMap(({ newest }) => {
      const count = [...replaced.values()].filter((delivery) => delivery === newest).length;
      if (count === 0) return [];
      const files = count === 1 ? "1 file of an older delivery is" : `${count} files of older deliveries are`;
      return [`${files} not read: ${nameOf(newest.manifest.path)} names the files of the newest one.`];
    }),
  };
}

const pathsOf = ({ files }: Delivery) => files.flatMap(({ path }) => path ?? []);

/** A manifest and the files that it names, as they are in the folder. */
interface Delivery {
  readonly manifest: Manifest;
  /** `null` for a file that is missing. */
  readonly files: readonly { readonly key: string; readonly path: string | null }[];
  /** Equal for the executions of one report and billing period. */
  readonly group: string;
  /** Whether a file that the manifest does not name is one of an older execution. */
  isReplaced(path: string): boolean;
}

function deliveryOf(manifest: Manifest, byName: ReadonlyMap<string, readonly string[]>): Delivery {
  const found = manifest.keys.map((key) => {
    const matches = (byName.get(unpackedName(key)) ?? []).flatMap(
      (path) => matchOf(manifest, key, path) ?? [],
    );
    // Of several copies the one that lies as in the bucket.
    return { key, match: matches.sort((a, b) => b.tail.length - a.tail.length)[0] ?? null };
  });
  const places = new Set(
    found.flatMap(({ key, match }) => (match === null ? [] : [replacedPlace(manifest, key, match)])),
  );
  return {
    manifest,
    files: found.map(({ key, match }) => ({ key, path: match?.path ?? null })),
    group: groupOf(manifest),
    isReplaced: (path) => placesOf(path).some((place) => places.has(place)),
  };
}

interface Match {
  readonly path: string;
  /** The folders in front of what path and key have in common. */
  readonly head: readonly string[];
  /** The folders and the name that path and key have in common. */
  readonly tail: readonly string[];
}

/**
 * How a file of the folder is the one that a manifest names; `null` when it is another of that name. A copy keeps the folders
 * of the bucket from some folder on, and the manifest lies in that folder or below it: so a file of another month does not match.
 */
function matchOf({ path: manifest }: Manifest, key: string, path: string): Match | null {
  const [wanted, own] = [key.split("/"), path.split("/")];
  let common = 1;
  while (common < own.length && common < wanted.length && own.at(-1 - common) === wanted.at(-1 - common))
    common += 1;
  const head = own.slice(0, own.length - common);
  const folders = foldersOf(manifest);
  if (!head.every((folder, at) => folders[at] === folder)) return null;
  return { path, head, tail: own.slice(-common) };
}

/**
 * Where files of older executions are: below the folder of the billing period. Where the folder that was given is below
 * it: in the same folder, or in a folder of another execution, with the same name and any number.
 */
function replacedPlace(manifest: Manifest, key: string, { head, tail }: Match): string {
  const folders = tail.slice(0, -1);
  const period = folders.findLastIndex((folder) => PERIOD_FOLDER.test(folder));
  if (period >= 0) return placeBelow([...head, ...folders.slice(0, period + 1)]);
  const own = [...head, ...folders];
  const executions = Math.min(executionFolders(manifest, key).length, folders.length);
  return placeBeside(own.slice(0, own.length - executions), own.length, numberedStem(key));
}

/** All places of `replacedPlace` that a path is in. */
function placesOf(path: string): readonly string[] {
  const folders = foldersOf(path);
  const above = Array.from({ length: folders.length + 1 }, (_, count) => folders.slice(0, count));
  const stem = numberedStem(path);
  return above.flatMap((place) => [placeBelow(place), placeBeside(place, folders.length, stem)]);
}

const placeBelow = (folders: readonly string[]) => JSON.stringify(folders);

const placeBeside = (folders: readonly string[], depth: number, stem: string) =>
  JSON.stringify([folders, depth, stem]);

/** The folders between that of the billing period and the file, else those that name the execution. */
function executionFolders(manifest: Manifest, key: string): readonly string[] {
  const folders = foldersOf(key);
  const period = folders.findLastIndex((folder) => PERIOD_FOLDER.test(folder));
  return period >= 0 ? folders.slice(period + 1) : folders.filter((folder) => isExecution(manifest, folder));
}

/** Equal for the parts of one file: `example-00001.csv.gz` and `example-00002.csv`. */
const numberedStem = (path: string) => unpackedName(path).replace(/\d+(?=(?:\.[a-z]+)+$)/i, "");

/** The name without a packing, which a copy may have undone. */
const unpackedName = (path: string) => unpacked(path).split("/").at(-1) ?? "";

const unpacked = (path: string) => path.replace(/\.(gz|zip)$/i, "");

const foldersOf = (path: string) => path.split("/").slice(0, -1);

function groupOf(manifest: Manifest): string {
  const [key = ""] = manifest.keys;
  const folders = foldersOf(key);
  const period = folders.findLastIndex((folder) => PERIOD_FOLDER.test(folder));
  const of =
    period >= 0 ? folders.slice(0, period + 1) : folders.filter((folder) => !isExecution(manifest, folder));
  // Copies of two buckets lie in two folders.
  const place = foldersOf(manifest.path);
  const end = place.findIndex(
    (folder) => folder === "metadata" || PERIOD_FOLDER.test(folder) || isExecution(manifest, folder),
  );
  return JSON.stringify([end < 0 ? place : place.slice(0, end), manifest.report, of, numberedStem(key)]);
}

const isExecution = ({ execution }: Manifest, folder: string) =>
  execution !== null && folder.includes(execution);

function groupsOf(deliveries: readonly Delivery[]): Iterable<readonly Delivery[]> {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of deliveries)
    groups.set(delivery.group, [...(groups.get(delivery.group) ?? []), delivery]);
  return groups.values();
}

/**
 * The newest of several executions. AWS writes a manifest for each into the folder of its execution, and writes the one
 * above them, in the folder of the billing period, anew each time. Without that one the folders' times decide.
 */
function newestOf(group: readonly Delivery[], nameOf: (path: string) => string): Delivery {
  const depth = (delivery: Delivery) => foldersOf(delivery.manifest.path).length;
  const executions = new Map<string, Delivery>();
  for (const delivery of [...group].sort((a, b) => depth(a) - depth(b))) {
    const files = JSON.stringify(delivery.manifest.keys);
    if (!executions.has(files)) executions.set(files, delivery);
  }
  const [first, second] = [...executions.values()];
  if (first === undefined) throw new TypeError("A group has at least one delivery.");
  if (second === undefined || depth(first) < depth(second)) return first;
  const times = new Map([...executions.values()].map((delivery) => [timeOf(delivery), delivery]));
  const last = [...times.keys()]
    .filter((time) => time !== null)
    .sort()
    .at(-1);
  const newest = last === undefined ? undefined : times.get(last);
  if (newest !== undefined && times.size === executions.size && !times.has(null)) return newest;
  throw billFileError(
    `${nameOf(first.manifest.path)} and ${nameOf(second.manifest.path)} are of two deliveries of one report, and their charges would be counted twice. Keep the newest one in the folder.`,
  );
}

/** The time in the name of an execution's folder, as digits: `2026-02-10T06:00:00.000Z-…`, `20260210T060000Z`. */
function timeOf({ manifest }: Delivery): string | null {
  const [key = ""] = manifest.keys;
  for (const folder of [...foldersOf(key)].reverse()) {
    const [, date, time] = /^(\d{4}-?\d{2}-?\d{2})T(\d{2}[-:_]?\d{2}[-:_]?\d{2})/.exec(folder) ?? [];
    if (date !== undefined && time !== undefined) return `${date}${time}`.replace(/\D/g, "");
  }
  return null;
}

/** So many names of missing files are in a sentence. */
const NAMED = 3;

function checkComplete({ manifest, files }: Delivery, nameOf: (path: string) => string): void {
  const missing = files.filter(({ path }) => path === null).map(({ key }) => quoted(key, 200));
  if (missing.length === 0) return;
  const rest = missing.length - NAMED;
  const names = rest > 0 ? [...missing.slice(0, NAMED), `${rest} more`] : missing;
  const named = files.length === 1 ? "1 file" : `${files.length} files`;
  const are = missing.length === 1 ? "1 is" : `${missing.length} are`;
  throw billFileError(
    `${nameOf(manifest.path)} names ${named}, and ${are} missing: ${listed(names)}. Copy the whole delivery into the folder.`,
  );
}
