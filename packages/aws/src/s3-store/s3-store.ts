import { setTimeout as wait } from "node:timers/promises";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { ArtifactStore, NewObject, PutOutcome, StoredHead, StoredObject } from "@dapanoskop/core/store";
import { checkKey, INDEX_KEY, isArtifactKey } from "@dapanoskop/dataset";
import { type Connection, connect, type Failed, type S3Access, type Timeouts } from "./connection.ts";
import { isEtag } from "./etag.ts";
import { type Errand, notS3, perhapsOurs, storeError } from "./failure.ts";
import type { Host } from "./patience.ts";
import { placeName, type S3Place, s3Place } from "./s3-url.ts";
import { complaintOf } from "./setback.ts";
import { sha256Of, toBase64, toHex } from "./sha256.ts";

/** All times are milliseconds. */
export interface S3StoreOptions extends Partial<Host> {
  readonly bucket: string;
  /** Folders in front of every key, as in `finance/dapanoskop`. Default: none. No key leads out of them. */
  readonly prefix?: string;
  /** What the SDK's client is told beyond its environment: region, credentials, endpoint. */
  readonly client?: S3Access;
  /** Time left until the process is ended, as a Lambda's context tells it. Default: no end. */
  readonly deadline?: () => number;
  /** Default: 3,000 to connect, 20,000 to answer. */
  readonly timeouts?: Partial<Timeouts>;
}

/** Attempts at one request, the first included. Publishing tries again on top of them. */
const READ_ATTEMPTS = 4;
const PUT_ATTEMPTS = 3;

/**
 * A bucket as an artifact store. Every write carries a condition that S3 itself judges, and the SHA-256 of what is to be
 * kept. A write whose outcome is not known says so (`unknown-outcome`), never that it failed.
 * @throws StoreError `no-such-place` when bucket or prefix cannot be one
 */
export function s3Store(options: S3StoreOptions): ArtifactStore {
  const { client: access = {}, timeouts, deadline } = options;
  const place = s3Place(options.bucket, options.prefix);
  const connection = connect({
    access,
    timeouts: { connection: timeouts?.connection ?? 3_000, request: timeouts?.request ?? 20_000 },
    timeLeft: deadline ?? (() => Number.POSITIVE_INFINITY),
    host: {
      sleep: options.sleep ?? ((milliseconds) => wait(milliseconds)),
      random: options.random ?? Math.random,
    },
  });
  const door: Door = { place, connection };
  return {
    place: placeName(place),
    get: (key) => get(door, key),
    head: (key) => head(door, key),
    list: (prefix) => list(door, prefix),
    putIfAbsent: (key, object) => put(door, key, object, { IfNoneMatch: "*" }),
    putIfMatch: async (key, object, etag) => {
      checkKey(key);
      return isEtag(etag) ? put(door, key, object, { IfMatch: etag }) : { outcome: "refused" };
    },
  };
}

interface Door {
  readonly place: S3Place;
  readonly connection: Connection;
}

async function get({ place, connection }: Door, key: string): Promise<StoredObject | null> {
  checkKey(key);
  const errand: Errand = { verb: "get", key, place };
  const input = { Bucket: place.bucket, Key: place.prefix + key, ChecksumMode: "ENABLED" } as const;
  // The body is read within the attempt: where the line breaks in its middle, all of it is asked for again.
  const reply = await connection.call(READ_ATTEMPTS, async (client, options) => {
    const { Body, ...known } = await client.send(new GetObjectCommand(input), options);
    return { ...known, body: (await Body?.transformToByteArray()) ?? new Uint8Array() };
  });
  if (reply.answered) {
    const { body } = reply.answer;
    return { ...headOf(errand, reply.answer), bytes: body.length, body };
  }
  if (complaintOf(reply.failed.cause).code === "NoSuchKey") return null;
  throw storeError(errand, reply.failed);
}

async function head({ place, connection }: Door, key: string): Promise<StoredHead | null> {
  checkKey(key);
  const errand: Errand = { verb: "head", key, place };
  const input = { Bucket: place.bucket, Key: place.prefix + key, ChecksumMode: "ENABLED" } as const;
  const reply = await connection.call(READ_ATTEMPTS, (client, options) =>
    client.send(new HeadObjectCommand(input), options),
  );
  if (reply.answered) return headOf(errand, reply.answer);
  // A HEAD has no words: a missing key and a missing bucket look alike. The get that opens every run tells them apart.
  if (complaintOf(reply.failed.cause).status === 404) return null;
  throw storeError(errand, reply.failed);
}

interface Known {
  readonly ETag?: string | undefined;
  readonly ContentLength?: number | undefined;
  readonly ChecksumSHA256?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

function headOf(errand: Errand, { ETag, ContentLength, ChecksumSHA256, Metadata }: Known): StoredHead {
  if (ETag === undefined || !isEtag(ETag)) throw notS3(errand, "an answer came without an etag");
  return { etag: ETag, bytes: ContentLength ?? 0, sha256: toHex(ChecksumSHA256), metadata: { ...Metadata } };
}

/** What the keys of published files are made of. No prefix with another character leads to one. */
const PREFIX_OF_KEYS = /^[A-Za-z0-9_./-]{0,128}$/;

async function list({ place, connection }: Door, prefix: string): Promise<readonly string[]> {
  if (!PREFIX_OF_KEYS.test(prefix)) return [];
  const errand: Errand = { verb: "list", key: null, place };
  const keys: string[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const input = {
      Bucket: place.bucket,
      Prefix: place.prefix + prefix,
      // Others' keys may hold what no XML can carry.
      EncodingType: "url",
      ContinuationToken: token,
    } as const;
    const reply = await connection.call(READ_ATTEMPTS, (client, options) =>
      client.send(new ListObjectsV2Command(input), options),
    );
    if (!reply.answered) throw storeError(errand, reply.failed);
    const { Contents = [], IsTruncated, NextContinuationToken: next } = reply.answer;
    for (const { Key = "" } of Contents) {
      const whole = decoded(Key);
      const key = whole.startsWith(place.prefix) ? whole.slice(place.prefix.length) : "";
      if (key.startsWith(prefix) && isArtifactKey(key)) keys.push(key);
    }
    if (IsTruncated !== true) return keys.sort();
    if (next === undefined || seen.has(next)) throw notS3(errand, "the pages of the listing lead nowhere");
    seen.add(next);
    token = next;
  }
}

/** A key from a listing in which S3 has encoded it; empty for one that is none of ours. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return "";
  }
}

type Condition = { readonly IfNoneMatch: "*" } | { readonly IfMatch: string };

async function put(
  { place, connection }: Door,
  key: string,
  object: NewObject,
  condition: Condition,
): Promise<PutOutcome> {
  checkKey(key);
  const errand: Errand = { verb: "put", key, place };
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
  const reply = await connection.call(attempts, (client, options) =>
    client.send(new PutObjectCommand(input), options),
  );
  if (!reply.answered) {
    if (!isRefusal(reply.failed, condition)) throw storeError(errand, reply.failed);
    if (reply.failed.lost) throw perhapsOurs(errand, reply.failed);
    return { outcome: "refused" };
  }
  const { ETag } = reply.answer;
  if (ETag === undefined || !isEtag(ETag)) throw notS3(errand, "an answer came without an etag");
  return { outcome: "written", etag: ETag };
}

/**
 * Whether S3 said that the condition does not hold: 412; 404, where what was to be replaced is not there; and 409, where
 * another request for the key was under way at the same moment, which leaves this one undone.
 */
function isRefusal({ cause }: Failed, condition: Condition): boolean {
  const { status, code } = complaintOf(cause);
  if (status === 412 || status === 409) return true;
  return status === 404 && code === "NoSuchKey" && "IfMatch" in condition;
}
