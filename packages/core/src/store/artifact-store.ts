/**
 * Where published files live. The verbs are those that S3 executes atomically: every write is conditional,
 * and there is no delete. Keys are those of `isArtifactKey`; every verb refuses any other one with a `bad-key`.
 */
export interface ArtifactStore {
  /** The location in words, for messages: a folder, `s3://bucket/prefix`. */
  readonly place: string;
  /**
   * The object under a key; `null` when there is none, or when the place itself does not exist yet.
   * @throws StoreError
   */
  get(key: string): Promise<StoredObject | null>;
  /** An object without its content; `null` when there is none. */
  head(key: string): Promise<StoredHead | null>;
  /** Every key that begins with `prefix`, sorted by code unit. */
  list(prefix: string): Promise<readonly string[]>;
  /** Writes a key that does not exist. For `index.json` it is sent once: a retry would hide that an answer was lost. */
  putIfAbsent(key: string, object: NewObject): Promise<PutOutcome>;
  /** Replaces a key whose content is still the one that `etag` names. For `index.json` it is sent once. */
  putIfMatch(key: string, object: NewObject, etag: string): Promise<PutOutcome>;
  /** Repairs copies that the place keeps for itself (a folder's plain `index.json`). Part of every `recover`. */
  repair?(): Promise<void>;
  /** The copies of `index.json` that the place keeps for itself: `verify` compares them with each other. */
  indexCopies?(): Promise<readonly IndexCopy[]>;
}

export interface IndexCopy {
  /** Its location, for messages. */
  readonly name: string;
  /** The generation that it contains; `null` for the copy of the newest. */
  readonly generation: number | null;
  /** `null` where it is missing. */
  readonly body: Uint8Array | null;
}

/**
 * No published file is longer, in bytes: one with a million rows has some 20 MB. A store refuses to write a longer one, and reads
 * none, so that a foreign object does not use up the memory of the reader.
 */
export const LONGEST_OBJECT = 128 << 20;

/** @throws StoreError where an object is longer than every reader accepts */
export function checkLength(key: string, { body }: Pick<NewObject, "body">): void {
  if (body.byteLength <= LONGEST_OBJECT) return;
  throw new StoreError(
    "no-space",
    key,
    `${key} would have ${body.byteLength >> 20} MiB, and no reader accepts a published file of more than ${LONGEST_OBJECT >> 20} MiB. Nothing of it was written. Collect with a tag key of fewer values.`,
  );
}

export interface NewObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** SHA-256 of the body, hex: stores that can check it refuse a body that arrives changed. */
  readonly sha256?: string;
  readonly cacheControl?: string;
  /** Small ASCII pairs, names in lower case; a folder keeps none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface StoredHead {
  /** Names the content. The same bytes may have the same etag again later, as on S3. */
  readonly etag: string;
  readonly bytes: number;
  /** SHA-256 of the content, hex, where the store has it without a download. */
  readonly sha256: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StoredObject extends StoredHead {
  readonly body: Uint8Array;
}

export type PutOutcome =
  | { readonly outcome: "written"; readonly etag: string }
  /** The condition was false: the key exists already, or has another etag by now. Nothing was written. */
  | { readonly outcome: "refused" };

export type StoreFailure =
  /** The answer was lost: the object was written or not. */
  | "unknown-outcome"
  | "access-denied"
  | "no-such-place"
  | "no-space"
  | "credentials"
  | "unreachable"
  /** Other runs kept committing until the rounds or the time were used up. */
  | "contention"
  /** Not a key of published files: they consist of run ids, months and fixed file names only. */
  | "bad-key"
  | "newer-schema"
  | "corrupt";

/** A call to a store failed: the message says which object, why, and what to do. */
export class StoreError extends Error {
  readonly failure: StoreFailure;
  readonly key: string | null;

  constructor(failure: StoreFailure, key: string | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.failure = failure;
    this.key = key;
  }
}
