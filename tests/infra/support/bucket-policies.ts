import type { Asking, Reply } from "./pass-on.ts";

type Ask = (asking: Asking) => Promise<Reply>;

/**
 * The policies of buckets, kept in front of moto. moto 5.2.1 enforces a policy without reading its conditions, so that
 * a bucket which refuses what comes without TLS would refuse everything.
 */
export function bucketPolicies(): (asking: Asking, ask: Ask) => Promise<Reply | null> {
  const policies = new Map<string, Buffer>();
  return async (asking, ask) => {
    const { pathname, searchParams } = new URL(asking.path, "http://s3");
    const [, bucket = "", key = ""] = pathname.split("/");
    if (asking.service !== "s3" || key !== "") return null;
    if (!searchParams.has("policy")) {
      const isBucketItself = [...searchParams.keys()].every((name) => name === "x-id");
      if (asking.method === "DELETE" && isBucketItself) policies.delete(bucket);
      return null;
    }
    const there = await ask({
      ...asking,
      method: "HEAD",
      path: `/${bucket}`,
      rawHeaders: signed(asking),
      body: NONE,
    });
    if (there.status !== 200)
      return refusal(there.status, "NoSuchBucket", "The specified bucket does not exist");
    if (asking.method === "PUT") {
      if (!isJson(asking.body)) return refusal(400, "MalformedPolicy", "Policies must be valid JSON.");
      policies.set(bucket, asking.body);
      return { status: 204, rawHeaders: [], body: NONE };
    }
    if (asking.method === "DELETE") {
      policies.delete(bucket);
      return { status: 204, rawHeaders: [], body: NONE };
    }
    const policy = policies.get(bucket);
    if (policy === undefined) return refusal(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
    return { status: 200, rawHeaders: ["content-type", "application/json"], body: policy };
  };
}

const NONE = Buffer.alloc(0);

/** moto tells services apart by the signature's scope, so a request of ours carries the one that it serves. */
const signed = ({ headers }: Asking) => [
  "host",
  headers.host ?? "",
  "authorization",
  headers.authorization ?? "",
];

function isJson(body: Buffer): boolean {
  try {
    return typeof JSON.parse(body.toString("utf8")) === "object";
  } catch {
    return false;
  }
}

const refusal = (status: number, code: string, message: string): Reply => ({
  status,
  rawHeaders: ["content-type", "application/xml"],
  body: Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  ),
});
