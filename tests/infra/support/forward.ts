import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request to AWS with its whole body. */
export interface AwsRequest {
  readonly service: string;
  readonly region: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface AwsResponse {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** Headers that belong to one connection. */
const CONNECTION = ["connection", "keep-alive", "transfer-encoding", "expect"];

/** Sends a request to a server and returns its response: bodies byte for byte, headers in their spelling. */
export function forward(url: string, { method, path, rawHeaders, body }: AwsRequest): Promise<AwsResponse> {
  return new Promise((resolve, reject) => {
    const headers = [
      ...without(rawHeaders, [...CONNECTION, "content-length"]),
      "content-length",
      String(body.length),
    ];
    const { hostname, port } = new URL(url);
    const sent = httpRequest({ agent: false, hostname, port, method, path, headers }, (response) => {
      const { statusCode: status = 502, rawHeaders: given } = response;
      // The response to HEAD has the length of a body that does not come.
      const removed = method === "HEAD" ? CONNECTION : [...CONNECTION, "content-length"];
      buffer(response).then((body) => resolve({ status, rawHeaders: without(given, removed), body }), reject);
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

const without = (headers: readonly string[], names: readonly string[]): readonly string[] =>
  headers.filter((_, index) => !names.includes((headers[index - (index % 2)] ?? "").toLowerCase()));
