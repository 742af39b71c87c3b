import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { testClock, testRandom } from "@dapanoskop/core/testing";
import { onTestFinished, vi } from "vitest";
import { withoutAwsSettings } from "../../testing/scripted-source.ts";
import { type S3StoreOptions, s3Store } from "../s3-store.ts";

/** A request as it arrived. */
export interface S3Request {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Answers one request, or does not. */
export type S3Step = (response: ServerResponse, request: S3Request) => void;

export interface ScriptedS3 {
  readonly store: ArtifactStore;
  readonly requests: readonly S3Request[];
  /** How many connections were opened. */
  readonly connections: () => number;
  /** How many of them are still open. */
  readonly open: () => number;
  /** How long the store slept, in milliseconds, on a clock that does not wait. */
  readonly sleeps: readonly number[];
  readonly url: string;
}

/**
 * A store on a loopback server that answers by its steps in order, one a request, and by the last one from then on: with
 * S3's own answers, and with answers that S3 never gives.
 */
export async function scriptedS3(
  steps: readonly [S3Step, ...S3Step[]],
  options: Partial<S3StoreOptions> = {},
): Promise<ScriptedS3> {
  const requests: S3Request[] = [];
  let connections = 0;
  let open = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const received = { method, url, headers, body: Buffer.concat(chunks) };
      requests.push(received);
      const step = steps[Math.min(requests.length, steps.length) - 1] ?? steps[0];
      step(response, received);
    });
  });
  server.on("connection", (socket) => {
    connections += 1;
    open += 1;
    socket.once("close", () => {
      open -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  withoutAwsSettings();
  vi.stubEnv("AWS_ENDPOINT_URL_S3", url);
  const clock = testClock();
  const store = s3Store({
    bucket: "bill",
    prefix: "data",
    client: { region: "us-east-1", credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" } },
    clock,
    random: testRandom(),
    ...options,
  });
  return { store, requests, connections: () => connections, open: () => open, sleeps: clock.sleeps, url };
}

/** Any answer. */
export const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}, body: string | Uint8Array = ""): S3Step =>
  (response, { method }) => {
    response.writeHead(status, { ...headers }).end(method === "HEAD" ? undefined : body);
  };

/** An object, as S3 returns it. */
export const gives = (body: string, headers: Readonly<Record<string, string>> = {}): S3Step =>
  answers(200, { etag: '"e1"', "content-length": String(Buffer.byteLength(body)), ...headers }, body);

/** A put that was done. */
export const writes = (etag = '"e1"'): S3Step => answers(200, { etag });

/** An error as S3 writes it. A HEAD gets its status only. */
export const refuses = (
  status: number,
  code: string,
  message = "no",
  { headers = {}, more = "" }: { headers?: Readonly<Record<string, string>>; more?: string } = {},
): S3Step =>
  answers(
    status,
    { "content-type": "application/xml", ...headers },
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}` +
      "<RequestId>4442587FB7D0A2F9</RequestId><HostId>host</HostId></Error>",
  );

/** The connection breaks before an answer. */
export const drops: S3Step = (response) => {
  response.socket?.destroy();
};

/** The connection breaks in the middle of an object. */
export const breaksOff: S3Step = (response) => {
  response.writeHead(200, { etag: '"e1"', "content-length": "1000" });
  response.write("half", () => setTimeout(() => response.socket?.destroy(), 10));
};

/** Receives the request and never answers. */
export const isSilent: S3Step = () => {};

/** An object without an end, a character every so many milliseconds. */
export const trickles =
  (milliseconds: number): S3Step =>
  (response) => {
    response.writeHead(200, { etag: '"e1"', "content-length": "1000000" });
    const timer = setInterval(() => response.write(" "), milliseconds);
    response.once("close", () => clearInterval(timer));
  };
