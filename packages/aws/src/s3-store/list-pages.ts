import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { READ_ATTEMPTS, type S3Connection } from "./connection.ts";
import { notFromS3, type StoreRequest, storeError } from "./failure.ts";

/** An object as a listing has it. */
interface ListingEntry {
  readonly key: string;
  readonly bytes: number | undefined;
  readonly etag: string | undefined;
}

/**
 * The objects whose keys begin with a prefix, page by page.
 * @throws StoreError when a page cannot be read, or names no other page after it
 */
export async function* listPages(
  connection: S3Connection,
  request: StoreRequest,
  prefix: string,
): AsyncGenerator<readonly ListingEntry[]> {
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const input = {
      Bucket: request.place.bucket,
      Prefix: prefix,
      // Keys may contain characters that XML cannot carry.
      EncodingType: "url",
      ContinuationToken: token,
    } as const;
    const outcome = await connection.call(READ_ATTEMPTS, (client, options) =>
      client.send(new ListObjectsV2Command(input), options),
    );
    if (!outcome.answered) throw storeError(request, outcome.failed);
    const { Contents = [], IsTruncated, NextContinuationToken: next } = outcome.answer;
    yield Contents.map(({ Key = "", Size, ETag }) => ({ key: decoded(Key), bytes: Size, etag: ETag }));
    if (IsTruncated !== true) return;
    if (next === undefined || seen.has(next)) {
      throw notFromS3(request, "a page of the listing names no new page after it");
    }
    seen.add(next);
    token = next;
  }
}

/** S3 encodes a key as a form does: a space is `+`. A key that cannot be decoded stays as it is. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return key;
  }
}
