import {
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { type BucketProbe, notMade, type Probe } from "@dapanoskop/doctor";
import { connectToS3, type S3Connection, type SendToS3 } from "../s3-store/connection.ts";
import { placeName, type S3Place } from "../s3-store/s3-url.ts";
import { timeoutsWithDefaults, transportRuntime } from "../transport/index.ts";
import { probeFailure } from "./probe-failure.ts";

const ATTEMPTS = 2;

/** No object has this ETag: a write with the condition that one has it must be refused. */
const NO_ETAG = '"00000000000000000000000000000000"';

/** The key of that write. No object is there, unless a store ignored the condition. */
const KEY = "_doctor/conditional-write";

/**
 * A bucket is listed, its owner compared, and a write tried whose condition never holds: S3 refuses it, and nothing is
 * written. A store that ignores conditions writes an empty object, which the probe reports.
 */
export const bucketProbe = (place: S3Place): BucketProbe => ({
  async find(account) {
    const connection = connectToS3({}, timeoutsWithDefaults({ request: 10_000 }), transportRuntime({}));
    const { bucket, prefix } = place;
    const facts = { kind: "bucket", place: placeName(place), bucket } as const;
    const listAs = (owner: { readonly ExpectedBucketOwner?: string }) =>
      send(
        connection,
        (client, options) =>
          client.send(
            new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1, ...owner }),
            options,
          ),
        () => null,
      );
    const list = await listAs({});
    if (list.outcome !== "answered")
      return { ...facts, region: null, list, owner: notMade, conditionalWrite: notMade };
    const head = await send(
      connection,
      (client, options) => client.send(new HeadBucketCommand({ Bucket: bucket }), options),
      ({ BucketRegion }) => BucketRegion ?? null,
    );
    const key = prefix + KEY;
    return {
      ...facts,
      list,
      region: head.outcome === "answered" ? head.value : null,
      owner: account === null ? notMade : await listAs({ ExpectedBucketOwner: account }),
      conditionalWrite: await conditionalWrite(connection, bucket, key),
    };
  },
});

async function conditionalWrite(connection: S3Connection, bucket: string, key: string) {
  const input = { Bucket: bucket, Key: key, Body: "", IfMatch: NO_ETAG } as const;
  const outcome = await connection.call(ATTEMPTS, (client, options) =>
    client.send(new PutObjectCommand(input), options),
  );
  const of = (written: boolean) => ({ outcome: "answered", value: { written, key } }) as const;
  if (outcome.answered) return of(true);
  const failure = probeFailure(outcome.failed.cause, S3ServiceException);
  // S3 answers 404 where there is no object, other stores 412.
  const isRefused = REFUSED.has(failure.name) || failure.kind === "not-found";
  return isRefused ? of(false) : ({ outcome: "failed", failure } as const);
}

const REFUSED: ReadonlySet<string> = new Set(["ConditionalRequestConflict", "PreconditionFailed"]);

async function send<Answer, Value>(
  connection: S3Connection,
  command: SendToS3<Answer>,
  read: (answer: Answer) => Value,
): Promise<Probe<Value>> {
  const outcome = await connection.call(ATTEMPTS, command);
  return outcome.answered
    ? { outcome: "answered", value: read(outcome.answer) }
    : { outcome: "failed", failure: probeFailure(outcome.failed.cause, S3ServiceException) };
}
