/**
 * Where published files live. The verbs are those that S3 can keep under concurrency: a write is conditional, always,
 * and there is no delete.
 */
export interface ArtifactStore {
  /** Where this is, in words: a folder, `s3://bucket/prefix`. For sentences. */
  readonly place: string;
  /** @throws StoreError */
  get(key: string): Promise<StoredObject | null>;
  head(key: string): Promise<StoredHead | null>;
  /** Every key that begins with `prefix`, sorted. */
  list(prefix: string): Promise<readonly string[]>;
  /** Writes a key that does not exist. */
  putIfAbsent(key: string, object: NewObject): Promise<PutOutcome>;
  /** Replaces a key whose content is still the one that `etag` names. */
  putIfMatch(key: string, object: NewObject, etag: string): Promise<PutOutcome>;
}

export interface NewObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl?: string;
  /** Small ASCII pairs; a folder keeps none. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface StoredHead {
  readonly etag: string;
  readonly bytes: number;
  /** SHA-256 of the content, hex, where the store knows it without reading the content. */
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
