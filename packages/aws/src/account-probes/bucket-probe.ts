import {
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { type BucketProbe, type ConditionalWrite, notMade, type Probe } from "@dapanoskop/doctor";
import { connectToS3, type S3Connection, type SendToS3 } from "../s3-store/connection.ts";
import { placeName, type S3Place } from "../s3-store/s3-url.ts";
import { timeoutsWithDefaults, transportRuntime } from "../transport/index.ts";
import { probeFailure } from "./probe-failure.ts";

const ATTEMPTS = 2;

/** No object has this ETag: a write with the condition that one has it must be refused. */
const NO_ETAG = '"00000000000000000000000000000000"';

/** The key of all writes of the probe: an empty object, written once. */
const KEY = "_doctor/conditional-write";

/**
 * A bucket is listed, its owner compared, and writes tried whose conditions do not hold: `If-Match` with an ETag that no object
 * has, and `If-None-Match: *` on an object that exists. For the second one an empty object of the probe's own is written, once
 * for a bucket, and never one of a publication. The first write that a store accepts against its condition is reported.
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

async function conditionalWrite(
  connection: S3Connection,
  bucket: string,
  key: string,
): Promise<Probe<ConditionalWrite>> {
  const write = async (condition: ConditionalWrite["condition"]): Promise<Probe<ConditionalWrite>> => {
    const header = condition === "If-Match" ? { IfMatch: NO_ETAG } : { IfNoneMatch: "*" };
    const outcome = await connection.call(ATTEMPTS, (client, options) =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "", ...header }), options),
    );
    if (outcome.answered) return { outcome: "answered", value: { condition, written: true, key } };
    const failure = probeFailure(outcome.failed.cause, S3ServiceException);
    // S3 answers 404 where there is no object, other stores 412.
    const isRefused = REFUSED.has(failure.name) || failure.kind === "not-found";
    return isRefused
      ? { outcome: "answered", value: { condition, written: false, key } }
      : { outcome: "failed", failure };
  };
  const isWritten = (probe: Probe<ConditionalWrite>) => probe.outcome === "answered" && probe.value.written;
  const matching = await write("If-Match");
  if (matching.outcome !== "answered" || isWritten(matching)) return matching;
  // The first one may write: no object is there yet. A second one may not.
  const first = await write("If-None-Match");
  return isWritten(first) ? write("If-None-Match") : first;
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
