import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { DEFAULT_PORT } from "../options/shared-options.ts";
import { portError, portErrorCode } from "../port-error.ts";
import { type Answer, answer, sentence } from "./answer.ts";
import { type BuiltPage, readBuiltPage } from "./built-page.ts";
import { encoded } from "./encoded.ts";

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a store to this machine only, until it is closed.
 * @param port `null` takes the usual one, or a free one where that is taken; 0 takes a free one
 * @throws CommandError when the port that was asked for is taken or may not be used
 */
export async function listen(store: ArtifactStore, port: number | null): Promise<RunningServer> {
  const site = await readBuiltPage();
  const server = createServer((request, response) => void respond(request, response, store, site));
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end(rawAnswer(sentence(400, "This is no request that can be read.")));
    else socket.destroy();
  });
  await open(server, port);
  const address = server.address();
  const taken = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${taken}/`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function open(server: Server, port: number | null): Promise<void> {
  try {
    await bind(server, port ?? DEFAULT_PORT);
  } catch (error) {
    if (port === null && portErrorCode(error) !== null) return bind(server, 0);
    throw portError(port ?? DEFAULT_PORT, error);
  }
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // Loopback and nothing else: no sign-in stands before these files.
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  store: ArtifactStore,
  site: BuiltPage | null,
): Promise<void> {
  const { status, headers, body } = await answer(
    {
      method: request.method ?? "",
      target: request.url ?? "",
      host: request.headers.host ?? null,
      ifNoneMatch: request.headers["if-none-match"] ?? null,
    },
    store,
    site,
  );
  request.resume();
  const sent = encoded(body, headers["content-type"] ?? "", String(request.headers["accept-encoding"] ?? ""));
  response.writeHead(
    status,
    status === 304 ? headers : { ...headers, ...sent.headers, "content-length": sent.body.length },
  );
  response.end(request.method === "HEAD" || status === 304 ? undefined : sent.body);
}

function rawAnswer({ status, headers, body }: Answer): string {
  const lines = Object.entries({ ...headers, "content-length": body.length, connection: "close" });
  return `HTTP/1.1 ${status} Bad Request\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${new TextDecoder().decode(body)}`;
}
