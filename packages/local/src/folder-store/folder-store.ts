import { createHash } from "node:crypto";
import { dirname, join, resolve, sep } from "node:path";
import { INDEX_KEY } from "@dapanoskop/core/artifacts";
import {
  type ArtifactStore,
  checkKey,
  isArtifactKey,
  type NewObject,
  type PutOutcome,
  type StoredObject,
  StoreError,
} from "@dapanoskop/core/store";
import { failureOf } from "./failure.ts";
import { bytesOf, create, type FileSystem, isSystemError, namesIn, replace, systemFiles } from "./files.ts";

/** Where the generations of `index.json` stand, each a file that is created once: `_index/7.json`. */
const GENERATIONS = "_index";
const GENERATION_FILE = /^([1-9]\d{0,14})\.json$/;

/**
 * A folder as a store. Creating is exact between any number of processes: a file is linked to its name, which the
 * system does once. So is replacing `index.json`, which is creating its next generation; the plain `index.json` is a
 * copy for outside readers, and `mend` repairs it. Any other key is replaced by comparing and renaming: a writer that
 * comes in between is not noticed, which `show` mends by reading the index again. A folder keeps no metadata; an etag is
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
    await mustBeInside(dirname(pathOf(key)), key);
    const generation = key === INDEX_KEY ? await highestGeneration() : 0;
    return bytesOf(fs, generation === 0 ? pathOf(key) : generationPath(generation));
  }

  const generationPath = (generation: number) => join(root, GENERATIONS, `${generation}.json`);

  async function highestGeneration(): Promise<number> {
    const names = await namesIn(fs, join(root, GENERATIONS));
    return Math.max(0, ...names.map((name) => Number(GENERATION_FILE.exec(name)?.[1] ?? 0)));
  }

  /** A link that leads out of the folder would publish, or read, somewhere else. */
  async function mustBeInside(parent: string, key: string): Promise<void> {
    const real = await realPath(parent);
    const realRoot = await realPath(root);
    if (real === null || realRoot === null || `${real}${sep}`.startsWith(`${realRoot}${sep}`)) return;
    throw new StoreError(
      "corrupt",
      key,
      `${key} leads out of ${folder} by a symbolic link. Remove the link; nothing was changed.`,
    );
  }

  async function realPath(path: string): Promise<string | null> {
    try {
      return await fs.realpath(path);
    } catch (error) {
      if (isSystemError(error, "ENOENT")) return null;
      throw error;
    }
  }

  async function folderFor(path: string, key: string): Promise<void> {
    await fs.mkdir(dirname(path), { recursive: true });
    await mustBeInside(dirname(path), key);
  }

  /** Creates the generation after `generation`; `false` when another writer did. */
  async function createGeneration(generation: number, body: Uint8Array): Promise<boolean> {
    const path = generationPath(generation + 1);
    await folderFor(path, INDEX_KEY);
    if (!(await create(fs, path, body))) return false;
    await copyIndex();
    return true;
  }

  // Another writer may commit while the copy is made; the copy follows until it is the highest generation's.
  async function copyIndex(): Promise<void> {
    for (let copied = 0; ; ) {
      const generation = await highestGeneration();
      if (generation === copied || generation === 0) return;
      const body = await bytesOf(fs, generationPath(generation));
      const plain = await bytesOf(fs, pathOf(INDEX_KEY));
      if (body === null || (plain !== null && hashOf(plain) === hashOf(body))) return;
      await replace(fs, pathOf(INDEX_KEY), body);
      copied = generation;
    }
  }

  async function putIndex(body: Uint8Array, holds: (etag: string | null) => boolean): Promise<boolean> {
    const generation = await highestGeneration();
    const current = await read(INDEX_KEY);
    return holds(current === null ? null : hashOf(current)) && createGeneration(generation, body);
  }

  function put(
    key: string,
    object: NewObject,
    write: (body: Uint8Array) => Promise<boolean>,
  ): Promise<PutOutcome> {
    return guarded(key, async () => {
      const body = Uint8Array.from(object.body);
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
    mend: () => guarded(INDEX_KEY, copyIndex),
  };
}

const hashOf = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");

/** Every key below a folder. What is no key (temporary files, other people's files) is not seen. */
async function keysIn(fs: FileSystem, root: string): Promise<readonly string[]> {
  const top = await namesIn(fs, root);
  const nested = await Promise.all(
    top
      .filter((name) => name === "_runs" || /^\d{4}-\d{2}$/.test(name))
      .map((name) => below(fs, join(root, name), name, name === "_runs" ? 2 : 0)),
  );
  return [...top, ...nested.flat()].filter(isArtifactKey);
}

async function below(fs: FileSystem, folder: string, key: string, depth: number): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await namesIn(fs, folder);
  } catch (error) {
    if (isSystemError(error, "ENOTDIR")) return [];
    throw error;
  }
  const keys = names.map((name) => `${key}/${name}`);
  if (depth === 0) return keys;
  const deeper = await Promise.all(
    names.map((name) => below(fs, join(folder, name), `${key}/${name}`, depth - 1)),
  );
  return [...keys, ...deeper.flat()];
}
