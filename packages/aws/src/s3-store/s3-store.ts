import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  type ArtifactStore,
  checkLength,
  type NewObject,
  type PutOutcome,
  type StoredHead,
  type StoredObject,
} from "@dapanoskop/core/store";
import { checkKey, INDEX_KEY, isArtifactKey } from "@dapanoskop/dataset";
import {
  type FailedRequest,
  type Timeouts,
  type TransportRuntime,
  timeoutsWithDefaults,
  transportRuntime,
} from "../transport/index.ts";
import { connectToS3, READ_ATTEMPTS, type S3Access, type S3Connection } from "./connection.ts";
import { isEtag } from "./etag.ts";
import { maybeWritten, notFromS3, type StoreRequest, storeError } from "./failure.ts";
import { listPages } from "./list-pages.ts";
import { refusalOf } from "./s3-error.ts";
import { placeName, type S3Place, s3Place } from "./s3-url.ts";
import { sha256Of, toBase64, toHex } from "./sha256.ts";

/** All times are milliseconds. */
export interface S3StoreOptions extends Partial<TransportRuntime> {
  readonly bucket: string;
  /** Folders in front of every key, as in `finance/dapanoskop`. Default: none. No key leads out of them. */
  readonly prefix?: string;
  /** Settings of the SDK's client beyond its environment: region, credentials, endpoint. */
  readonly client?: S3Access;
  /** Default: 3,000 to connect, 20,000 to answer. */
  readonly timeouts?: Partial<Timeouts>;
}

/** Attempts at one write, the first included. Publishing tries again on top of them. */
const PUT_ATTEMPTS = 3;

/**
 * A bucket as an artifact store. Every write carries a condition that S3 checks, and the SHA-256 of the object. A write
 * whose outcome is not known throws `unknown-outcome`, never another failure.
 * @throws StoreError `no-such-place` when bucket or prefix cannot be one
 */
export function s3Store(options: S3StoreOptions): ArtifactStore {
  const place = s3Place(options.bucket, options.prefix);
  const timeouts = timeoutsWithDefaults(options.timeouts);
  const connection = connectToS3(options.client ?? {}, timeouts, transportRuntime(options));
  const bucket: S3Bucket = { place, connection };
  return {
    place: placeName(place),
    get: (key) => get(bucket, key),
    head: (key) => head(bucket, key),
    list: (prefix) => list(bucket, prefix),
    putIfAbsent: (key, object) => put(bucket, key, object, { IfNoneMatch: "*" }),
    putIfMatch: async (key, object, etag) => {
      checkKey(key);
      return isEtag(etag) ? put(bucket, key, object, { IfMatch: etag }) : { outcome: "refused" };
    },
  };
}

interface S3Bucket {
  readonly place: S3Place;
  readonly connection: S3Connection;
}

async function get({ place, connection }: S3Bucket, key: string): Promise<StoredObject | null> {
  checkKey(key);
  const request: StoreRequest = { verb: "get", key, place };
  const input = { Bucket: place.bucket, Key: place.prefix + key, ChecksumMode: "ENABLED" } as const;
  // The body is read within the attempt: when the connection breaks in its middle, the whole object is requested again.
  const outcome = await connection.call(READ_ATTEMPTS, async (client, options) => {
    const { Body, ...head } = await client.send(new GetObjectCommand(input), options);
    return { ...head, body: (await Body?.transformToByteArray()) ?? new Uint8Array() };
  });
  if (outcome.answered) {
    const { body } = outcome.answer;
    return { ...headOf(request, outcome.answer), bytes: body.length, body };
  }
  if (refusalOf(outcome.failed.cause).code === "NoSuchKey") return null;
  throw storeError(request, outcome.failed);
}

async function head({ place, connection }: S3Bucket, key: string): Promise<StoredHead | null> {
  checkKey(key);
  const request: StoreRequest = { verb: "head", key, place };
  const input = { Bucket: place.bucket, Key: place.prefix + key, ChecksumMode: "ENABLED" } as const;
  const outcome = await connection.call(READ_ATTEMPTS, (client, options) =>
    client.send(new HeadObjectCommand(input), options),
  );
  if (outcome.answered) return headOf(request, outcome.answer);
  // A HEAD has no body: a missing key and a missing bucket look alike. The get at the start of every run tells them apart.
  if (refusalOf(outcome.failed.cause).status === 404) return null;
  throw storeError(request, outcome.failed);
}

interface ObjectHead {
  readonly ETag?: string | undefined;
  readonly ContentLength?: number | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

function headOf(
  request: StoreRequest,
  { ETag, ContentLength, ChecksumSHA256, Metadata }: ObjectHead,
): StoredHead {
  if (ETag === undefined || !isEtag(ETag)) throw notFromS3(request, "an answer came without an etag");
  return { etag: ETag, bytes: ContentLength ?? 0, sha256: toHex(ChecksumSHA256), metadata: { ...Metadata } };
}

/** The characters in the keys of published files. No such key begins with another one. */
const PREFIX_OF_KEYS = /^[A-Za-z0-9_./-]{0,128}$/;

async function list({ place, connection }: S3Bucket, prefix: string): Promise<readonly string[]> {
  if (!PREFIX_OF_KEYS.test(prefix)) return [];
  const request: StoreRequest = { verb: "list", key: null, place };
  const keys: string[] = [];
  for await (const page of listPages(connection, request, place.prefix + prefix)) {
    for (const { key: whole } of page) {
      const key = whole.startsWith(place.prefix) ? whole.slice(place.prefix.length) : "";
      if (key.startsWith(prefix) && isArtifactKey(key)) keys.push(key);
    }
  }
  return keys.sort();
}

type PutCondition = { readonly IfNoneMatch: "*" } | { readonly IfMatch: string };

async function put(
  { place, connection }: S3Bucket,
  key: string,
  object: NewObject,
  condition: PutCondition,
): Promise<PutOutcome> {
  checkKey(key);
  checkLength(key, object);
  const request: StoreRequest = { verb: "put", key, place };
  const input = {
    Bucket: place.bucket,
    Key: place.prefix + key,
    Body: object.body,
    ContentType: object.contentType,
    CacheControl: object.cacheControl,
    Metadata: { ...object.metadata },
    ChecksumAlgorithm: "SHA256",
    ChecksumSHA256: toBase64(object.sha256 ?? sha256Of(object.body)),
    ...condition,
  } as const;
  const attempts = key === INDEX_KEY ? 1 : PUT_ATTEMPTS;
  const outcome = await connection.call(attempts, (client, options) =>
    client.send(new PutObjectCommand(input), options),
  );
  if (!outcome.answered) {
    if (!isRefusal(outcome.failed, condition)) throw storeError(request, outcome.failed);
    if (outcome.failed.lost) throw maybeWritten(request, outcome.failed);
    return { outcome: "refused" };
  }
  const { ETag } = outcome.answer;
  if (ETag === undefined || !isEtag(ETag)) throw notFromS3(request, "an answer came without an etag");
  return { outcome: "written", etag: ETag };
}

/**
 * Whether the condition did not hold: 412; 404, where the object to replace does not exist; and 409, where another
 * request for the key was under way at the same moment, and this one was not done.
 */
function isRefusal({ cause }: FailedRequest, condition: PutCondition): boolean {
  const { status, code } = refusalOf(cause);
  if (status === 412 || status === 409) return true;
  return status === 404 && code === "NoSuchKey" && "IfMatch" in condition;
}
