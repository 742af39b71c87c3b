import { createServer } from "node:http";
import { onTestFinished } from "vitest";

/** How a bucket of the stand-in differs from one that can be published to. */
export type BucketFault =
  | "missing"
  | "denied"
  | "in another region"
  | "of another account"
  | "ignores conditions"
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
        return response.writeHead(200, { etag: '"d41d8cd98f00b204e9800998ecf8427e"' }).end();
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
      return headers["if-match"] === undefined
        ? answer(200, "")
        : answer(404, error("NoSuchKey", "The specified key does not exist."));
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

const error = (code: string, message: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`;

const LIST =
  '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix></Prefix><KeyCount>0</KeyCount><MaxKeys>1</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>';
