import { createHash } from "node:crypto";
import { dirname, join, relative, resolve, sep } from "node:path";
import {
  type ArtifactStore,
  checkLength,
  type IndexCopy,
  type NewObject,
  type PutOutcome,
  type StoredObject,
  StoreError,
} from "@dapanoskop/core/store";
import { checkKey, INDEX_KEY, isArtifactKey, LAST_GENERATION } from "@dapanoskop/dataset";
import {
  bytesOf,
  create,
  createFolder,
  entriesOf,
  type FileSystem,
  realPathOf,
  replace,
  systemFiles,
} from "../files/files.ts";
import { failureOf } from "./failure.ts";

/** The folder with the generations of `index.json`, each a file that is created once: `_index/7.json`. */
const GENERATIONS = "_index";
const GENERATION_FILE = /^([1-9]\d{0,14})\.json$/;

/**
 * A folder as a store. Creating is exact between any number of processes: a file is linked to its name, which the
 * system does once. So is replacing `index.json`, which is creating its next generation; the plain `index.json` is a
 * copy for outside readers, and `repair` writes it again. Any other key is replaced by comparing and renaming: a write in
 * between is not noticed, so publishing reads the index again after it. A folder keeps no metadata; an etag is
 * the content's SHA-256. The folder is created by the first write.
 */
export function folderStore(folder: string, fs: FileSystem = systemFiles): ArtifactStore {
  const root = resolve(folder);
  const pathOf = (key: string) => join(root, ...key.split("/"));

  async function guarded<Result>(key: string | null, work: () => Promise<Result>): Promise<Result> {
    try {
      if (key !== null) checkKey(key);
      return await work();
    } catch (error) {
      throw failureOf(error, folder, key);
    }
  }

  /** The bytes under a key. Of the index those of its highest generation; the plain copy only where there is none. */
  async function read(key: string): Promise<Uint8Array | null> {
    const generation = key === INDEX_KEY ? await highestGeneration() : 0;
    return readPath(generation === 0 ? pathOf(key) : generationPath(generation), key);
  }

  async function readPath(path: string, key: string): Promise<Uint8Array | null> {
    await mustBeInside(dirname(path), key);
    return bytesOf(fs, path);
  }

  const generationPath = (generation: number) => join(root, GENERATIONS, `${generation}.json`);

  async function highestGeneration(): Promise<number> {
    const entries = await entriesOf(fs, join(root, GENERATIONS));
    const highest = entries.reduce((most, { name }) => Math.max(most, generationOfFile(name)), 0);
    if (highest <= LAST_GENERATION) return highest;
    throw new StoreError(
      "corrupt",
      INDEX_KEY,
      `${GENERATIONS}/${highest}.json in ${folder} is no generation of the index: no folder gets so many. Move the file away; nothing was changed.`,
    );
  }

  /** A link below the folder would lead reads and writes elsewhere. The folder itself may be a link. */
  async function mustBeInside(parent: string, key: string): Promise<void> {
    const real = await realPathOf(fs, parent);
    const realRoot = await realPathOf(fs, root);
    if (real === null || realRoot === null || real === join(realRoot, relative(root, parent))) return;
    throw new StoreError(
      "corrupt",
      key,
      `${key} leads out of ${folder} by a symbolic link. Remove the link; nothing was changed.`,
    );
  }

  // One folder at a time, so that no link is followed.
  async function folderFor(path: string, key: string): Promise<void> {
    await fs.mkdir(root, { recursive: true });
    let parent = root;
    for (const name of relative(root, dirname(path))
      .split(sep)
      .filter((part) => part !== "")) {
      parent = join(parent, name);
      await createFolder(fs, parent);
      await mustBeInside(parent, key);
    }
  }

  /** Creates the generation after `generation`; `false` when another writer did. */
  async function createGeneration(generation: number, body: Uint8Array): Promise<boolean> {
    const path = generationPath(generation + 1);
    await folderFor(path, INDEX_KEY);
    if (!(await create(fs, path, body))) return false;
    // The generation is committed. Only the copy can fail from here on, and the next `repair` writes it again.
    await copyIndex().catch(() => {});
    return true;
  }

  // Another writer may commit while the copy is made; the copy follows until it is the highest generation's.
  async function copyIndex(): Promise<void> {
    for (let copied = 0; ; ) {
      const generation = await highestGeneration();
      if (generation === copied || generation === 0) return;
      const body = await readPath(generationPath(generation), INDEX_KEY);
      const plain = await readPath(pathOf(INDEX_KEY), INDEX_KEY);
      if (body === null || (plain !== null && hashOf(plain) === hashOf(body))) return;
      await replace(fs, pathOf(INDEX_KEY), body);
      copied = generation;
    }
  }

  async function putIndex(body: Uint8Array, condition: (etag: string | null) => boolean): Promise<boolean> {
    const highest = await highestGeneration();
    const current = await read(INDEX_KEY);
    if (!condition(current === null ? null : hashOf(current))) return false;
    // Between the two readings the index may have moved: then the next generation exists, and this one is refused.
    return createGeneration(highest > 0 || current === null ? highest : generationIn(current), body);
  }

  function put(
    key: string,
    object: NewObject,
    write: (body: Uint8Array) => Promise<boolean>,
  ): Promise<PutOutcome> {
    return guarded(key, async () => {
      checkLength(key, object);
      const body = object.body.slice();
      const etag = hashOf(body);
      if (object.sha256 !== undefined && object.sha256 !== etag) {
        throw new StoreError(
          "corrupt",
          key,
          `${key} did not arrive in ${folder} as it was sent. Nothing was written.`,
        );
      }
      return (await write(body)) ? { outcome: "written", etag } : { outcome: "refused" };
    });
  }

  async function get(key: string): Promise<StoredObject | null> {
    return guarded(key, async () => {
      const body = await read(key);
      if (body === null) return null;
      const etag = hashOf(body);
      return { body, etag, bytes: body.length, sha256: etag, metadata: {} };
    });
  }

  return {
    place: folder,
    get,
    async head(key) {
      const found = await get(key);
      if (found === null) return null;
      const { body: _, ...head } = found;
      return head;
    },
    list: (prefix) =>
      guarded(null, async () => {
        const keys = (await keysIn(fs, root)).filter((key) => key !== INDEX_KEY);
        const index = (await read(INDEX_KEY)) === null ? [] : [INDEX_KEY];
        return [...keys, ...index].filter((key) => key.startsWith(prefix)).sort();
      }),
    putIfAbsent: (key, object) =>
      put(key, object, async (body) => {
        if (key === INDEX_KEY) return putIndex(body, (etag) => etag === null);
        await folderFor(pathOf(key), key);
        return create(fs, pathOf(key), body);
      }),
    putIfMatch: (key, object, etag) =>
      put(key, object, async (body) => {
        if (key === INDEX_KEY) return putIndex(body, (current) => current === etag);
        const current = await read(key);
        if (current === null || hashOf(current) !== etag) return false;
        await replace(fs, pathOf(key), body);
        return true;
      }),
    repair: () => guarded(INDEX_KEY, copyIndex),
    indexCopies: () =>
      guarded(INDEX_KEY, async () => {
        const plain = await readPath(pathOf(INDEX_KEY), INDEX_KEY);
        const found: IndexCopy[] = [{ name: INDEX_KEY, generation: null, body: plain }];
        for (const { name } of await entriesOf(fs, join(root, GENERATIONS))) {
          const generation = generationOfFile(name);
          if (generation === 0) continue;
          const body = await readPath(generationPath(generation), INDEX_KEY);
          found.push({ name: `${GENERATIONS}/${name}`, generation, body });
        }
        return found;
      }),
  };
}

/** The generation that a file of `_index/` has by its name; 0 for any other file. */
const generationOfFile = (name: string) => Number(GENERATION_FILE.exec(name)?.[1] ?? 0);

const hashOf = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");

/** The generation that a copied index names, so that the numbers continue; 0 where it names none. */
function generationIn(index: Uint8Array): number {
  const [, generation] = /"generation":\s*([1-9]\d{0,14})\b/.exec(new TextDecoder().decode(index)) ?? [];
  return Number(generation ?? 0);
}

/** Every key below a folder. Other files (temporary ones, links, files of others) are ignored. */
async function keysIn(fs: FileSystem, root: string): Promise<readonly string[]> {
  const keys: string[] = [];
  const folders: [folder: string, prefix: string][] = [[root, ""]];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const [folder, prefix] = next;
    for (const entry of await entriesOf(fs, folder)) {
      const key = `${prefix}${entry.name}`;
      if (entry.isFile() && isArtifactKey(key)) keys.push(key);
      if (entry.isDirectory() && MAY_HOLD_KEYS.test(key)) folders.push([join(folder, entry.name), `${key}/`]);
    }
  }
  return keys;
}

/** `2026-03`, `_runs`, `_runs/{run}`, `_runs/{run}/2026-03`. */
const MAY_HOLD_KEYS = /^(?:_runs(?:\/[^/]+(?:\/\d{4}-\d{2})?)?|\d{4}-\d{2})$/;
