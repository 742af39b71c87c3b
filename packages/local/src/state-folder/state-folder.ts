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
  type StateRemoveOutcome,
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
 * number of processes, and a kill leaves the old content or the new one. Expired records stay. A removed record leaves a
 * last file that says so, without the value, and the files before it are deleted: a version that came back would let an
 * old writer win. The folder is created by the first write.
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

  async function generationsIn(path: string): Promise<readonly number[]> {
    const entries = await entriesOf(fs, path);
    return entries.map(({ name }) => Number(GENERATION_FILE.exec(name)?.[1] ?? 0));
  }

  const highestGeneration = async (path: string) => Math.max(0, ...(await generationsIn(path)));

  /** The highest generation of a record, and its content: `null` where it was removed, or is no more. */
  async function currentIn(path: string, what: string): Promise<CurrentGeneration> {
    const generation = await highestGeneration(path);
    const bytes = generation === 0 ? null : await bytesOf(fs, join(path, `${generation}.json`));
    return { generation, content: bytes === null ? null : contentOf(bytes, what) };
  }

  async function recordIn(path: string, what: string): Promise<StateRecord | null> {
    const { generation, content } = await currentIn(path, what);
    return content === null ? null : { ...content, version: String(generation) };
  }

  async function foldersFor(path: string): Promise<void> {
    await fs.mkdir(root, { recursive: true });
    await createFolder(fs, dirname(path));
    await createFolder(fs, path);
  }

  /** Creates the generation after the current one, where that one is as expected; refused when another writer did. */
  async function next(
    key: StateKey,
    text: string,
    isExpected: (current: CurrentGeneration) => boolean,
  ): Promise<StatePutOutcome> {
    const path = recordFolder(key);
    const current = await currentIn(path, nameOf(key, folder));
    if (!isExpected(current)) return { outcome: "refused" };
    await foldersFor(path);
    const version = String(current.generation + 1);
    const isWritten = await create(fs, join(path, `${version}.json`), new TextEncoder().encode(text));
    return isWritten ? { outcome: "written", version } : { outcome: "refused" };
  }

  const put = (
    key: StateKey,
    state: NewState,
    isExpected: (current: CurrentGeneration) => boolean,
  ): Promise<StatePutOutcome> =>
    guarded(nameOf(key, folder), () => {
      checkStateKey(key, folder);
      return next(key, fileText(key, state.expiresAt, valueText(key, state, folder)), isExpected);
    });

  const remove = (key: StateKey, version: string): Promise<StateRemoveOutcome> =>
    guarded(nameOf(key, folder), async () => {
      checkStateKey(key, folder);
      const put = await next(key, removedText(key), isVersion(version));
      if (put.outcome === "refused") return put;
      const path = recordFolder(key);
      for (const generation of await generationsIn(path)) {
        if (generation > 0 && generation < Number(put.version))
          await fs.unlink(join(path, `${generation}.json`));
      }
      return { outcome: "removed" };
    });

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
    putIfAbsent: (key, state) => put(key, state, ({ content }) => content === null),
    putIfVersion: (key, state, version) => put(key, state, isVersion(version)),
    remove,
  };
}

const nameOf = ({ partition, sort }: StateKey, folder: string) => `${sort} of ${partition} in ${folder}`;

interface CurrentGeneration {
  /** 0 where nothing was ever written. */
  readonly generation: number;
  readonly content: Omit<StateRecord, "version"> | null;
}

const isVersion =
  (version: string) =>
  ({ generation, content }: CurrentGeneration): boolean =>
    content !== null && version === String(generation);

const removedText = ({ partition, sort }: StateKey) =>
  `${JSON.stringify({ partition, sort, removed: true })}\n`;

const fileText = ({ partition, sort }: StateKey, expiresAt: Instant | null, value: string) =>
  `${JSON.stringify({ partition, sort, expires_at: expiresAt }).slice(0, -1)},"value":${value}}\n`;

/**
 * The content of a record's file; `null` where it says that the record was removed.
 * @throws StateError `corrupt` when the file is not one that this store has written
 */
function contentOf(bytes: Uint8Array, what: string): Omit<StateRecord, "version"> | null {
  try {
    const { partition, sort, expires_at, value, removed } = JSON.parse(new TextDecoder().decode(bytes));
    if (removed === true) return null;
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
