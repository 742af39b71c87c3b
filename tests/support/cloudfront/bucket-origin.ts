import type { Origin } from "./cloudfront-edge.ts";
import type { OriginResponse } from "./edge-cache.ts";

/** An object of a bucket, with the headers that were stored with it. */
export interface BucketObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly etag?: string;
}

/** A bucket as CloudFront reads it. */
export interface ReadBucket {
  get(key: string): Promise<BucketObject | null>;
  keys(): readonly string[];
  /** Whether the bucket's policy lets CloudFront list it: then a missing key is 404, and the bucket itself is a list. */
  readonly isListed: boolean;
}

/** S3's answers to a distribution. A key is the path decoded, so an encoded slash is one. */
export function bucketOrigin({ get, keys, isListed }: ReadBucket): Origin {
  return async ({ method, uri, query, headers }) => {
    if (method !== "GET" && method !== "HEAD") return error(405, "MethodNotAllowed");
    const key = keyOf(uri);
    if (key === null) return error(400, "InvalidURI");
    if (key === "" || new URLSearchParams(query).has("list-type")) {
      if (!isListed) return error(403, "AccessDenied");
      const contents = keys().map((name) => `<Contents><Key>${name}</Key></Contents>`);
      return xml(200, `<ListBucketResult>${contents.join("")}</ListBucketResult>`);
    }
    const found = await get(key);
    if (found === null) return isListed ? error(404, "NoSuchKey") : error(403, "AccessDenied");
    const own = {
      "content-type": found.contentType,
      "cache-control": found.cacheControl,
      ...(found.etag === undefined ? {} : { etag: found.etag }),
    };
    const { etag } = found;
    if (etag !== undefined && headers["if-none-match"]?.includes(etag) === true) {
      return { status: 304, headers: own, setCookies: [], body: new Uint8Array() };
    }
    return ranged(found.body, own, headers.range);
  };
}

function keyOf(uri: string): string | null {
  try {
    return decodeURIComponent(uri.slice(1));
  } catch {
    return null;
  }
}

function ranged(
  body: Uint8Array,
  headers: OriginResponse["headers"],
  range: string | undefined,
): OriginResponse {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === "" && last === "") return { status: 200, headers, setCookies: [], body };
  const start = first === "" ? Math.max(0, body.length - Number(last)) : Number(first);
  const end = first === "" || last === "" ? body.length : Math.min(body.length, Number(last) + 1);
  if (start >= end) return error(416, "InvalidRange");
  const part = body.subarray(start, end);
  const content = { "content-range": `bytes ${start}-${end - 1}/${body.length}` };
  return { status: 206, headers: { ...headers, ...content }, setCookies: [], body: part };
}

const error = (status: number, code: string) => xml(status, `<Error><Code>${code}</Code></Error>`);

const xml = (status: number, text: string): OriginResponse => ({
  status,
  headers: { "content-type": "application/xml" },
  setCookies: [],
  body: new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`),
});
