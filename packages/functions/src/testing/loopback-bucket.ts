import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A bucket in this process's memory, on loopback: what a collector asks of S3, and nothing more. */
export interface LoopbackBucket {
  readonly url: string;
  empty(): void;
  close(): Promise<void>;
}

interface StoredBytes {
  readonly body: Buffer;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/**
 * For measuring: it takes next to no time itself. One bucket of any name, path style, single objects and conditional
 * writes; no listing, no signatures.
 */
export async function loopbackBucket(): Promise<LoopbackBucket> {
  const objects = new Map<string, StoredBytes>();

  function put(key: string, request: IncomingMessage, body: Buffer): Reply {
    const { "if-none-match": ifNone, "if-match": ifMatch } = request.headers;
    const kept = objects.get(key);
    if (ifNone === undefined ? ifMatch !== kept?.etag : kept !== undefined) {
      return refusal(412, "PreconditionFailed");
    }
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    objects.set(key, { body, etag, headers: keptHeaders(request) });
    return { status: 200, headers: { etag }, body: "" };
  }

  function get(key: string): Reply {
    const kept = objects.get(key);
    if (kept === undefined) return refusal(404, "NoSuchKey");
    const { body, etag, headers } = kept;
    return { status: 200, headers: { ...headers, etag, "content-length": String(body.length) }, body };
  }

  function answer(request: IncomingMessage, response: ServerResponse, sent: Buffer): void {
    const key = new URL(request.url ?? "/", "http://bucket").pathname;
    const { status, headers, body } = request.method === "PUT" ? put(key, request, sent) : get(key);
    response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(request, response, Buffer.concat(chunks)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    empty: () => objects.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What S3 gives back with an object as it was told. */
function keptHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const pairs = Object.entries(headers).filter(
    ([name]) => name.startsWith("x-amz-meta-") || name === "x-amz-checksum-sha256",
  );
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]));
}

const refusal = (status: number, code: string): Reply => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
});
