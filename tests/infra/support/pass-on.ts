import { type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request to AWS, whole. */
export interface Asking {
  readonly service: string;
  readonly region: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** Headers that belong to one connection and not to what it carries. */
const OF_THE_CONNECTION = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "expect",
]);

/** Asks the server at a URL and gives back what it says: bodies byte for byte, headers as they were spelled. */
export function passOn(url: string, { method, path, rawHeaders, body }: Asking): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = [...carried(rawHeaders), "content-length", String(body.length)];
    const { hostname, port } = new URL(url);
    const asked = request({ agent: false, hostname, port, method, path, headers }, async (answer) => {
      const { statusCode: status = 502, rawHeaders: said } = answer;
      try {
        resolve({ status, rawHeaders: lengthOf(method, said), body: await buffer(answer) });
      } catch (cause) {
        reject(cause);
      }
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

/** An answer to HEAD has the length of a body that does not come. */
const lengthOf = (method: string, headers: readonly string[]) =>
  method === "HEAD"
    ? carried(headers, new Set(["connection", "keep-alive", "transfer-encoding"]))
    : carried(headers);

function carried(headers: readonly string[], but = OF_THE_CONNECTION): readonly string[] {
  return headers.filter((_, index) => !but.has((headers[index - (index % 2)] ?? "").toLowerCase()));
}
