import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { checkPlanFileKey, type PlanFileKey, type PlanFiles } from "@dapanoskop/plans";
import { connectToS3, READ_ATTEMPTS, type S3Access, type S3Connection } from "../s3-store/connection.ts";
import { type StoreRequest, storeError } from "../s3-store/failure.ts";
import { refusalOf } from "../s3-store/s3-error.ts";
import { placeName, type S3Place, s3Place } from "../s3-store/s3-url.ts";
import { sha256Of, toBase64 } from "../s3-store/sha256.ts";
import {
  type Timeouts,
  type TransportRuntime,
  timeoutsWithDefaults,
  transportRuntime,
} from "../transport/index.ts";

/** All times are milliseconds. */
export interface S3PlanFilesOptions extends Partial<TransportRuntime> {
  readonly bucket: string;
  /** Settings of the SDK's client beyond its environment: region, credentials, endpoint. */
  readonly client?: S3Access;
  /** Default: 3,000 to connect, 20,000 to answer. */
  readonly timeouts?: Partial<Timeouts>;
}

/** Attempts at one write. Another one after a lost answer is harmless: the object is the same, or absent. */
const WRITE_ATTEMPTS = 3;

/**
 * A bucket as the place of plans' files, `OWNER/PROJECT/ID.json`. Needs `s3:GetObject`, `s3:PutObject` and `s3:DeleteObject` on its
 * objects, and `s3:ListBucket`, without which S3 answers a missing object as a refusal. In a bucket with versions a deleted file
 * remains until a lifecycle rule ends it.
 * @throws StoreError `no-such-place` when the bucket's name cannot be one
 */
export function s3PlanFiles(options: S3PlanFilesOptions): PlanFiles {
  const place = s3Place(options.bucket);
  const timeouts = timeoutsWithDefaults(options.timeouts);
  const bucket: PlanBucket = {
    place,
    connection: connectToS3(options.client ?? {}, timeouts, transportRuntime(options)),
  };
  return {
    place: placeName(place),
    putIfAbsent: (key, body) => putIfAbsent(bucket, objectKey(key), body),
    get: (key) => get(bucket, objectKey(key)),
    delete: (key) => remove(bucket, objectKey(key)),
  };
}

interface PlanBucket {
  readonly place: S3Place;
  readonly connection: S3Connection;
}

/** Each part in characters that need no encoding in a URL; everything else is `=` and two hexadecimal digits. */
function objectKey(key: PlanFileKey): string {
  checkPlanFileKey(key);
  const part = (text: string) =>
    text.replace(/[^A-Za-z0-9._-]/g, (sign) => `=${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `${part(key.owner)}/${part(key.project)}/${key.planId}.json`;
}

async function putIfAbsent({ place, connection }: PlanBucket, key: string, body: Uint8Array): Promise<void> {
  const request: StoreRequest = { verb: "put", key, place };
  const input = {
    Bucket: place.bucket,
    Key: key,
    Body: body,
    ContentType: "application/json",
    ChecksumAlgorithm: "SHA256",
    ChecksumSHA256: toBase64(sha256Of(body)),
    IfNoneMatch: "*",
  } as const;
  const outcome = await connection.call(WRITE_ATTEMPTS, (client, options) =>
    client.send(new PutObjectCommand(input), options),
  );
  // 412: it exists. 409: another request writes it at this moment.
  if (outcome.answered || [412, 409].includes(refusalOf(outcome.failed.cause).status ?? 0)) return;
  throw storeError(request, outcome.failed);
}

async function get({ place, connection }: PlanBucket, key: string): Promise<Uint8Array | null> {
  const request: StoreRequest = { verb: "get", key, place };
  const outcome = await connection.call(READ_ATTEMPTS, async (client, options) => {
    const input = { Bucket: place.bucket, Key: key, ChecksumMode: "ENABLED" } as const;
    const { Body } = await client.send(new GetObjectCommand(input), options);
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  });
  if (outcome.answered) return outcome.answer;
  if (refusalOf(outcome.failed.cause).code === "NoSuchKey") return null;
  throw storeError(request, outcome.failed);
}

async function remove({ place, connection }: PlanBucket, key: string): Promise<void> {
  const request: StoreRequest = { verb: "delete", key, place };
  const outcome = await connection.call(WRITE_ATTEMPTS, (client, options) =>
    client.send(new DeleteObjectCommand({ Bucket: place.bucket, Key: key }), options),
  );
  if (!outcome.answered) throw storeError(request, outcome.failed);
}
