import { createServer, type IncomingHttpHeaders } from "node:http";
import { onTestFinished } from "vitest";

/** How a bucket of the stand-in differs from one that can be published to. */
export type BucketFault =
  | "missing"
  | "denied"
  | "in another region"
  | "of another account"
  | "ignores conditions"
  | "ignores If-None-Match"
  | "has no conditions"
  | "read only"
  | "key denied";

export interface BucketStandIn {
  readonly url: string;
  /** The keys that were written. */
  readonly written: readonly string[];
}

/** S3 on loopback with one bucket, as far as a check of it goes: lists, heads, conditional writes. */
export async function bucketStandIn(fault: BucketFault | null = null): Promise<BucketStandIn> {
  const written: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const isPut = method === "PUT";
      const answer = (status: number, body: string) =>
        response
          .writeHead(status, { "content-type": "application/xml", "x-amz-bucket-region": "eu-central-1" })
          .end(method === "HEAD" ? "" : body);
      if (fault === "missing")
        return answer(404, error("NoSuchBucket", "The specified bucket does not exist"));
      if (fault === "denied") return answer(403, error("AccessDenied", "Access Denied"));
      if (fault === "in another region")
        return response
          .writeHead(301, { "content-type": "application/xml" })
          .end(
            method === "HEAD"
              ? ""
              : error(
                  "PermanentRedirect",
                  "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
                ),
          );
      const isForeign =
        fault === "of another account" && headers["x-amz-expected-bucket-owner"] !== undefined;
      if (isForeign) return answer(403, error("AccessDenied", "Access Denied"));
      if (!isPut) return answer(200, LIST);
      if (fault === "ignores conditions") {
        written.push(url);
        return response.writeHead(200, { etag: EMPTY }).end();
      }
      if (fault === "has no conditions")
        return answer(
          501,
          error("NotImplemented", "A header you provided implies functionality that is not implemented"),
        );
      if (fault === "read only") return answer(403, error("AccessDenied", "Access Denied"));
      if (fault === "key denied")
        return answer(
          403,
          error(
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/emulated is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-central-1:123456789012:key/1 because no identity-based policy allows the kms:GenerateDataKey action",
          ),
        );
      const isThere = written.includes(url);
      const refusal = refused(headers, isThere, fault === "ignores If-None-Match");
      if (refusal !== null)
        return answer(isThere ? 412 : 404, error(refusal, "The condition does not hold."));
      written.push(url);
      return response.writeHead(200, { etag: EMPTY }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, written };
}

/** The ETag of an empty object. */
const EMPTY = '"d41d8cd98f00b204e9800998ecf8427e"';

/** What S3 answers to a write whose condition does not hold. Every object here is empty. */
function refused(headers: IncomingHttpHeaders, isThere: boolean, ignoresNone: boolean): string | null {
  const match = headers["if-match"];
  if (match !== undefined && !isThere) return "NoSuchKey";
  if (match !== undefined && match !== EMPTY) return "PreconditionFailed";
  return headers["if-none-match"] === "*" && isThere && !ignoresNone ? "PreconditionFailed" : null;
}

const error = (code: string, message: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`;

const LIST =
  '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix></Prefix><KeyCount>0</KeyCount><MaxKeys>1</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>';
