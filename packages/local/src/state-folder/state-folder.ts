import { basename, dirname, join, resolve } from "node:path";
import { type Instant, parseInstant } from "@dapanoskop/core/calendar";
import {
  checkPartition,
  checkStateKey,
  type NewState,
  StateError,
  type StateKey,
  type StatePutOutcome,
  type StateRecord,
  type StateStore,
  valueText,
} from "@dapanoskop/core/state";
import { bytesOf, create, createFolder, entriesOf, type FileSystem, systemFiles } from "../files/files.ts";
import { stateFailureOf } from "./failure.ts";
import { recordName } from "./record-name.ts";

/** `everyone/3.json`: the third content of a record. */
const GENERATION_FILE = /^([1-9]\d{0,14})\.json$/;

/**
 * A folder as a state store. A record is a folder with a file for each of its contents, `1.json`, `2.json`: the highest is
 * the record. Each is created by linking it to its name, which the system does once, so a write is exact between any
 * number of processes, and a kill leaves the old content or the new one. Nothing is removed, expired records neither:
 * a version that came back would let an old writer win. The folder is created by the first write.
 */
export function folderState(folder: string, fs: FileSystem = systemFiles): StateStore {
  const root = resolve(folder);
  const partitionFolder = (partition: string) => join(root, recordName(partition));
  const recordFolder = ({ partition, sort }: StateKey) => join(partitionFolder(partition), recordName(sort));

  async function guarded<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw stateFailureOf(error, what);
    }
  }

  async function highestGeneration(path: string): Promise<number> {
    const entries = await entriesOf(fs, path);
    return Math.max(0, ...entries.map(({ name }) => Number(GENERATION_FILE.exec(name)?.[1] ?? 0)));
  }

  async function recordIn(path: string, what: string): Promise<StateRecord | null> {
    const generation = await highestGeneration(path);
    if (generation === 0) return null;
    const bytes = await bytesOf(fs, join(path, `${generation}.json`));
    return bytes === null ? null : { ...contentOf(bytes, what), version: String(generation) };
  }

  async function foldersFor(path: string): Promise<void> {
    await fs.mkdir(root, { recursive: true });
    await createFolder(fs, dirname(path));
    await createFolder(fs, path);
  }

  /** Creates the generation after `before`; refused when another writer did. */
  function put(
    key: StateKey,
    state: NewState,
    before: (highest: number) => number | null,
  ): Promise<StatePutOutcome> {
    return guarded(nameOf(key, folder), async () => {
      checkStateKey(key, folder);
      const text = valueText(key, state, folder);
      const path = recordFolder(key);
      const generation = before(await highestGeneration(path));
      if (generation === null) return { outcome: "refused" };
      await foldersFor(path);
      const file = join(path, `${generation + 1}.json`);
      const isWritten = await create(
        fs,
        file,
        new TextEncoder().encode(fileText(key, state.expiresAt, text)),
      );
      return isWritten ? { outcome: "written", version: String(generation + 1) } : { outcome: "refused" };
    });
  }

  return {
    place: folder,
    get: (key) =>
      guarded(nameOf(key, folder), async () => {
        checkStateKey(key, folder);
        return recordIn(recordFolder(key), nameOf(key, folder));
      }),
    list: (partition, after) =>
      guarded(`${partition} in ${folder}`, async () => {
        checkPartition(partition, folder);
        const path = partitionFolder(partition);
        const records: StateRecord[] = [];
        for (const entry of await entriesOf(fs, path)) {
          if (!entry.isDirectory()) continue;
          const record = await recordIn(join(path, entry.name), `${basename(entry.name)} in ${path}`);
          if (record !== null && (after === undefined || record.key.sort > after)) records.push(record);
        }
        return records.sort((a, b) => (a.key.sort < b.key.sort ? -1 : 1));
      }),
    putIfAbsent: (key, state) => put(key, state, (highest) => (highest === 0 ? 0 : null)),
    putIfVersion: (key, state, version) =>
      put(key, state, (highest) => (highest > 0 && version === String(highest) ? highest : null)),
  };
}

const nameOf = ({ partition, sort }: StateKey, folder: string) => `${sort} of ${partition} in ${folder}`;

const fileText = ({ partition, sort }: StateKey, expiresAt: Instant | null, value: string) =>
  `${JSON.stringify({ partition, sort, expires_at: expiresAt }).slice(0, -1)},"value":${value}}\n`;

/** @throws StateError `corrupt` when the file is not one that this store has written */
function contentOf(bytes: Uint8Array, what: string): Omit<StateRecord, "version"> {
  try {
    const { partition, sort, expires_at, value } = JSON.parse(new TextDecoder().decode(bytes));
    const key = { partition: String(partition), sort: String(sort) };
    checkStateKey(key, what);
    if (value === undefined) throw new RangeError("It has no value.");
    return { key, value, expiresAt: expires_at === null ? null : parseInstant(String(expires_at)) };
  } catch (cause) {
    throw new StateError(
      "corrupt",
      `${what} is not a record of Dapanoskop. Restore its newest file, or move the record away.`,
      { cause },
    );
  }
}
