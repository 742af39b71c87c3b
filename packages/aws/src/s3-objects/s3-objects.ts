import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { type ListedObject, type ObjectReader, StoreError } from "@dapanoskop/core/store";
import { connectToS3, READ_ATTEMPTS, type S3Access, type S3Connection } from "../s3-store/connection.ts";
import { isEtag } from "../s3-store/etag.ts";
import { notFromS3, type StoreRequest, storeError } from "../s3-store/failure.ts";
import { listPages } from "../s3-store/list-pages.ts";
import { refusalOf } from "../s3-store/s3-error.ts";
import {
  type Timeouts,
  type TransportRuntime,
  timeoutsWithDefaults,
  transportRuntime,
} from "../transport/index.ts";
import { type ObjectPlace, objectName } from "./object-url.ts";

/** All times are milliseconds. */
export interface S3ObjectsOptions extends Partial<TransportRuntime> {
  readonly place: ObjectPlace;
  /** Settings of the SDK's client beyond its environment: region, credentials, endpoint. */
  readonly client?: S3Access;
  /** Default: 3,000 to connect, 20,000 to answer. */
  readonly timeouts?: Partial<Timeouts>;
}

/** A folder of bills has some thousand objects at most. This many keys are 100 requests, of $0.0005 in all. */
const MOST_OBJECTS = 100_000;

/**
 * The objects of a bucket, read with the credentials of the environment, in whichever region the bucket is. Reading needs
 * s3:ListBucket and s3:GetObject, and kms:Decrypt where the bucket has a key of its own.
 */
export function s3Objects({ place, client = {}, timeouts, ...runtime }: S3ObjectsOptions): ObjectReader {
  const connection = connectToS3(client, timeoutsWithDefaults(timeouts), transportRuntime(runtime));
  const bucket: OpenBucket = { place, connection };
  return {
    place: objectName(place),
    list: async () => (await objectAt(bucket)) ?? (await objectsBelow(bucket)),
    read: (object, start, end) => read(bucket, object, start, end),
  };
}

interface OpenBucket {
  readonly place: ObjectPlace;
  readonly connection: S3Connection;
}

const requestOf = (
  verb: StoreRequest["verb"],
  { place: { bucket } }: OpenBucket,
  key: string | null,
): StoreRequest => ({
  verb,
  key,
  place: { bucket, prefix: "" },
});

/** The object that the place names; `null` when it may be a folder. Reading one object needs no right to list the bucket. */
async function objectAt(bucket: OpenBucket): Promise<readonly ListedObject[] | null> {
  const { place, connection } = bucket;
  if (place.key === "" || place.key.endsWith("/")) return null;
  const input = { Bucket: place.bucket, Key: place.key };
  const outcome = await connection.call(READ_ATTEMPTS, (client, options) =>
    client.send(new HeadObjectCommand(input), options),
  );
  if (outcome.answered) {
    const { ContentLength, ETag } = outcome.answer;
    const path = place.key.split("/").at(-1) ?? place.key;
    return [
      {
        path,
        name: objectName(place),
        ...factsOf(requestOf("head", bucket, place.key), ContentLength, ETag),
      },
    ];
  }
  // Without s3:ListBucket S3 answers 403 for a key that does not exist. The listing says what is missing.
  if ([403, 404].includes(refusalOf(outcome.failed.cause).status ?? 0)) return null;
  throw storeError(requestOf("head", bucket, place.key), outcome.failed);
}

async function objectsBelow(bucket: OpenBucket): Promise<readonly ListedObject[]> {
  const { place, connection } = bucket;
  const request = requestOf("list", bucket, null);
  const prefix = place.key === "" || place.key.endsWith("/") ? place.key : `${place.key}/`;
  const objects: ListedObject[] = [];
  for await (const page of listPages(connection, request, prefix)) {
    for (const { key, bytes, etag } of page) {
      // Folders that the console creates are objects without content.
      if (!key.startsWith(prefix) || key === prefix || key.endsWith("/")) continue;
      const name = objectName({ bucket: place.bucket, key });
      objects.push({ path: key.slice(prefix.length), name, ...factsOf(request, bytes, etag) });
    }
    if (objects.length > MOST_OBJECTS) {
      throw new StoreError(
        "no-such-place",
        null,
        `${objectName({ bucket: place.bucket, key: prefix })} has more than ${MOST_OBJECTS} objects. Name the folder of the export, as in s3://BUCKET/PREFIX/EXPORT/.`,
      );
    }
  }
  return objects.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function factsOf(request: StoreRequest, bytes: number | undefined, etag: string | undefined) {
  if (bytes === undefined || etag === undefined || !isEtag(etag)) {
    throw notFromS3(request, "an answer came without a size or an etag");
  }
  return { bytes, version: etag };
}

async function read(
  bucket: OpenBucket,
  { name, version }: ListedObject,
  start: number,
  end: number,
): Promise<Uint8Array | null> {
  const { place, connection } = bucket;
  const key = name.slice(objectName({ bucket: place.bucket, key: "" }).length);
  const request = requestOf("get", bucket, key);
  const input = { Bucket: place.bucket, Key: key, IfMatch: version, Range: `bytes=${start}-${end - 1}` };
  // The body is read within the attempt: when the connection breaks in its middle, the part is requested again.
  const outcome = await connection.call(READ_ATTEMPTS, async (client, options) => {
    const { Body, ETag } = await client.send(new GetObjectCommand(input), options);
    return { etag: ETag, body: (await Body?.transformToByteArray()) ?? new Uint8Array() };
  });
  if (!outcome.answered) {
    const { status, code } = refusalOf(outcome.failed.cause);
    // 416: the object has become shorter.
    if (status === 412 || status === 416 || code === "NoSuchKey") return null;
    throw storeError(request, outcome.failed);
  }
  const { etag, body } = outcome.answer;
  if (etag !== version) return null;
  if (body.length !== end - start)
    throw notFromS3(request, "a part of the object has another length than was requested");
  return body;
}
