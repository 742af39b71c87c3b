import { sha256Hex } from "../artifacts/index.ts";
import { checkKey } from "./artifact-key.ts";
import type { ArtifactStore, NewObject, PutOutcome, StoredHead, StoredObject } from "./artifact-store.ts";
import { type StoreHooks, withHooks } from "./hooked-store.ts";

/** The in-memory twin: conditions are judged and kept in one step, etags name contents, as on S3. */
export interface MemoryStore extends ArtifactStore {
  /** What stands here, by key: for tests that want to see all of it. */
  readonly objects: ReadonlyMap<string, MemoryObject>;
  /** Writes without a condition, as a hand in the console would. */
  overwrite(key: string, object: NewObject): void;
  /** Removes a key, as a hand in the console would. */
  remove(key: string): void;
}

export interface MemoryObject extends Omit<NewObject, "sha256"> {
  readonly etag: string;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface MemoryOptions {
  readonly place?: string;
  /** `false` behaves as a folder does: no metadata, but every head knows the SHA-256. */
  readonly metadata?: boolean;
  /** Called around every verb: where tests kill, delay and lose answers. */
  readonly hooks?: StoreHooks;
}

export function memoryStore(options: MemoryOptions = {}): MemoryStore {
  const { place = "memory", metadata: keepsMetadata = true, hooks } = options;
  const objects = new Map<string, MemoryObject>();
  const etagOf = contentNames();

  function overwrite(key: string, object: NewObject): string {
    const body = object.body.slice();
    const etag = etagOf(key, body);
    objects.set(key, {
      etag,
      body,
      contentType: object.contentType,
      ...(object.cacheControl === undefined ? {} : { cacheControl: object.cacheControl }),
      metadata: keepsMetadata ? { ...object.metadata } : {},
    });
    return etag;
  }

  async function headOf({ etag, body, metadata }: MemoryObject): Promise<StoredHead> {
    const sha256 = keepsMetadata ? null : await sha256Hex(body);
    return { etag, bytes: body.length, sha256, metadata: { ...metadata } };
  }

  // From the condition to the write there is no await: nobody comes in between.
  function put(
    key: string,
    object: NewObject,
    holds: (current: MemoryObject | undefined) => boolean,
  ): PutOutcome {
    checkKey(key);
    if (!holds(objects.get(key))) return { outcome: "refused" };
    return { outcome: "written", etag: overwrite(key, object) };
  }

  const store: ArtifactStore = {
    place,
    async get(key): Promise<StoredObject | null> {
      checkKey(key);
      const found = objects.get(key);
      return found === undefined ? null : { ...(await headOf(found)), body: found.body.slice() };
    },
    async head(key) {
      checkKey(key);
      const found = objects.get(key);
      return found === undefined ? null : headOf(found);
    },
    async list(prefix) {
      return [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    },
    putIfAbsent: async (key, object) => put(key, object, (current) => current === undefined),
    putIfMatch: async (key, object, etag) => put(key, object, (current) => current?.etag === etag),
  };
  return {
    ...(hooks === undefined ? store : withHooks(store, hooks)),
    objects,
    overwrite: (key, object) => void overwrite(key, object),
    remove: (key) => void objects.delete(key),
  };
}

/** Etags that name contents: equal bytes under a key get an equal etag, also when others stood there in between. */
function contentNames() {
  const seen = new Map<string, Uint8Array[]>();
  return (key: string, body: Uint8Array): string => {
    const bodies = seen.get(key) ?? [];
    seen.set(key, bodies);
    const known = bodies.findIndex((other) => sameBytes(other, body));
    return `"content-${known >= 0 ? known : bodies.push(body) - 1}"`;
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
