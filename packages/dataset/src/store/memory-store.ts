import {
  type ArtifactStore,
  checkLength,
  type NewObject,
  type PutOutcome,
  type StoredHead,
  type StoredObject,
  StoreError,
  type StoreHooks,
  sha256Hex,
  withHooks,
} from "@dapanoskop/core/store";
import { checkKey } from "../keys/key.ts";

/** The in-memory twin: conditions are judged and kept in one step, etags name contents, as on S3. */
export interface MemoryStore extends ArtifactStore {
  /** All objects by key, for tests. */
  readonly objects: ReadonlyMap<string, MemoryObject>;
  /** Writes without a condition, as a hand in the console would. */
  overwrite(key: string, object: NewObject): Promise<void>;
  /** Removes a key, as a hand in the console would. */
  remove(key: string): void;
}

export interface MemoryObject extends Omit<NewObject, "sha256"> {
  readonly etag: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface MemoryOptions {
  readonly place?: string;
  /** `false` behaves like a folder: no metadata, but every head has the SHA-256. */
  readonly metadata?: boolean;
  /** The objects that the store contains at first. */
  readonly objects?: ReadonlyMap<string, MemoryObject>;
  /** Called around every verb: tests kill, delay and lose answers there. */
  readonly hooks?: StoreHooks;
}

export function memoryStore(options: MemoryOptions = {}): MemoryStore {
  const { place = "memory", metadata: keepsMetadata = true, hooks } = options;
  const objects = new Map(options.objects);

  async function received(
    key: string,
    { body, contentType, sha256, ...more }: NewObject,
  ): Promise<MemoryObject> {
    checkLength(key, { body });
    const copy = body.slice();
    const hash = await sha256Hex(copy);
    if (sha256 !== undefined && sha256 !== hash) {
      throw new StoreError(
        "corrupt",
        key,
        `${key} did not arrive in ${place} as it was sent. Nothing was written.`,
      );
    }
    const kept = keepsMetadata ? { ...more.metadata } : {};
    return { ...more, body: copy, contentType, metadata: kept, etag: `"${hash}"` };
  }

  // There is no await between the condition and the write: no other call can run in between.
  async function put(
    key: string,
    object: NewObject,
    isAllowed: (current: string | null) => boolean,
  ): Promise<PutOutcome> {
    checkKey(key);
    const next = await received(key, object);
    if (!isAllowed(objects.get(key)?.etag ?? null)) return { outcome: "refused" };
    objects.set(key, next);
    return { outcome: "written", etag: next.etag };
  }

  function headOf({ etag, body, metadata }: MemoryObject): StoredHead {
    return {
      etag,
      bytes: body.length,
      sha256: keepsMetadata ? null : etag.slice(1, -1),
      metadata: { ...metadata },
    };
  }

  const store: ArtifactStore = {
    place,
    async get(key): Promise<StoredObject | null> {
      checkKey(key);
      const found = objects.get(key);
      return found === undefined ? null : { ...headOf(found), body: found.body.slice() };
    },
    async head(key) {
      checkKey(key);
      const found = objects.get(key);
      return found === undefined ? null : headOf(found);
    },
    async list(prefix) {
      return [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    },
    putIfAbsent: async (key, object) => put(key, object, (current) => current === null),
    putIfMatch: async (key, object, etag) => put(key, object, (current) => current === etag),
  };
  return {
    ...(hooks === undefined ? store : withHooks(store, hooks)),
    objects,
    overwrite: async (key, object) => void objects.set(key, await received(key, object)),
    remove: (key) => void objects.delete(key),
  };
}
