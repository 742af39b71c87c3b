/**
 * Where published files live. The verbs are those that S3 can keep under concurrency: a write is conditional, always,
 * and there is no delete. Keys are those of `isArtifactKey`; every verb refuses any other one with a `bad-key`.
 */
export interface ArtifactStore {
  /** Where this is, in words: a folder, `s3://bucket/prefix`. For sentences. */
  readonly place: string;
  /**
   * The object under a key; `null` when there is none, or when the place itself does not exist yet.
   * @throws StoreError
   */
  get(key: string): Promise<StoredObject | null>;
  /** What is known about an object without its content. */
  head(key: string): Promise<StoredHead | null>;
  /** Every key that begins with `prefix`, sorted by code unit. */
  list(prefix: string): Promise<readonly string[]>;
  /** Writes a key that does not exist. For `index.json` it is sent once: no retry may hide that an answer was lost. */
  putIfAbsent(key: string, object: NewObject): Promise<PutOutcome>;
  /** Replaces a key whose content is still the one that `etag` names. For `index.json` it is sent once. */
  putIfMatch(key: string, object: NewObject, etag: string): Promise<PutOutcome>;
  /** Repairs copies that the place keeps for itself (a folder's plain `index.json`). Part of every `recover`. */
  repair?(): Promise<void>;
  /** The copies of `index.json` that the place keeps for itself: for `verify`, which holds them against each other. */
  indexCopies?(): Promise<readonly IndexCopy[]>;
}

export interface IndexCopy {
  /** Where it stands, for sentences. */
  readonly name: string;
  /** The generation that it holds; `null` for the copy that shows the newest. */
  readonly generation: number | null;
  /** `null` where it is missing. */
  readonly body: Uint8Array | null;
}

export interface NewObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** SHA-256 of the body, hex: a body that arrives as another one is not written, where the store can tell. */
  readonly sha256?: string;
  readonly cacheControl?: string;
  /** Small ASCII pairs, names in lower case; a folder keeps none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface StoredHead {
  /** Names the content. The same bytes may have the same etag again later, as on S3. */
  readonly etag: string;
  readonly bytes: number;
  /** SHA-256 of the content, hex, where the store knows it without a download. */
  readonly sha256: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface StoredObject extends StoredHead {
  readonly body: Uint8Array;
}

export type PutOutcome =
  | { readonly outcome: "written"; readonly etag: string }
  /** The condition did not hold: it exists already, or is another one by now. Nothing was written. */
  | { readonly outcome: "refused" };

export type StoreFailure =
  /** The answer was lost: it may have been written or not. */
  | "unknown-outcome"
  | "access-denied"
  | "no-such-place"
  | "no-space"
  | "credentials"
  | "unreachable"
  /** Others kept committing until the rounds or the time were used up. */
  | "contention"
  /** Not a key of published files: nothing but run ids, months and fixed file names ever enters one. */
  | "bad-key"
  | "newer-schema"
  | "corrupt";

/** A store did not do what was asked: which object, why, and what to do, as a sentence. */
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
