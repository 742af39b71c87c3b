import type { IncomingMessage } from "node:http";
import { AwsError } from "./aws-error.ts";

/** The maximum size of a request, in bytes. Requests to Cost Explorer have some kilobytes. */
const LARGEST_BODY = 1_048_576;

/** Reads a request's body as text. @throws AwsError beyond 1 MB; the rest of the body is not read */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) {
      throw new AwsError("RequestEntityTooLargeException", "The request body is larger than 1 MB.", 413);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
