import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";

/** A request as it arrived. */
export interface ReceivedPost {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers one request, or does not. */
export type ReceiverAnswer = (response: ServerResponse) => void;

export interface Receiver {
  /** With a secret in path and query, as webhooks have. */
  readonly url: string;
  readonly posts: readonly ReceivedPost[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A loopback server that gives every request the same answer. `null`: it closes each connection before it reads. */
export async function receiver(answer: ReceiverAnswer | null): Promise<Receiver> {
  const posts: ReceivedPost[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      posts.push({ method, path, headers, body: Buffer.concat(chunks).toString("utf8") });
      answer?.(response);
    });
  });
  server.on("connection", (socket) => {
    connections += 1;
    if (answer === null) socket.destroy();
  });
  const port = await portOf(server);
  return {
    url: `http://127.0.0.1:${port}${SECRET_PATH}`,
    posts,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A loopback server that answers the first bytes of a TLS handshake with these, and closes the connection. */
export async function answersTls(bytes: string | Uint8Array): Promise<Pick<Receiver, "url" | "close">> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(bytes));
  });
  const port = await portOf(server);
  return {
    url: `https://127.0.0.1:${port}${SECRET_PATH}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** Starts a server on a free port of loopback. */
async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

export const SECRET = "T0KEN-x9";
const SECRET_PATH = `/services/T0/B0/${SECRET}?sig=${SECRET}`;

export const says =
  (
    status: number,
    body: string | Uint8Array = "",
    headers: Readonly<Record<string, string>> = {},
  ): ReceiverAnswer =>
  (response) => {
    response.writeHead(status, { "content-type": "text/plain", ...headers }).end(body);
  };

/** Reads the request and never answers. */
export const isSilent: ReceiverAnswer = () => {};

/** Reads the request and closes the connection. */
export const drops: ReceiverAnswer = (response) => {
  response.socket?.destroy();
};

/** Begins an answer and closes the connection in its body. */
export const breaksOff =
  (status: number): ReceiverAnswer =>
  (response) => {
    response.writeHead(status, { "content-length": 1_000 });
    response.write("o", () => setTimeout(() => response.socket?.destroy(), 10));
  };

/** Begins an answer that does not end. */
export const trickles =
  (status: number): ReceiverAnswer =>
  (response) => {
    response.writeHead(status);
    const timer = setInterval(() => response.write("x"), 20);
    response.once("close", () => clearInterval(timer));
  };
