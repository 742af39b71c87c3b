import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ApiHandler } from "@dapanoskop/api";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { DEFAULT_PORT } from "../options/shared-options.ts";
import { portError, portErrorCode } from "../port-error.ts";
import { type BuiltPage, readBuiltPage } from "./built-page.ts";
import { compressed } from "./compressed.ts";
import { type HttpResponse, respond, sentence } from "./respond.ts";
import { isApiTarget, respondApi } from "./respond-api.ts";

/** A server that listens on loopback. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a store to this machine only, until it is closed.
 * @param api answers under `/api/`; `null`: nothing does
 * @param port `null` takes the default port, or a free one where that is in use; 0 takes a free one
 * @throws CommandError when the given port is in use or not allowed
 */
export async function listen(
  store: ArtifactStore,
  port: number | null,
  api: ApiHandler | null = null,
): Promise<RunningServer> {
  const served: ServedSite = { store, page: await readBuiltPage(), api };
  const server = createServer((request, response) => void handle(request, response, served));
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end(rawResponse(sentence(400, "The request cannot be read.")));
    else socket.destroy();
  });
  await open(server, port);
  const address = server.address();
  const listening = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${listening}/`,
    port: listening,
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
    // Loopback only: these files have no sign-in.
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

interface ServedSite {
  readonly store: ArtifactStore;
  readonly page: BuiltPage | null;
  readonly api: ApiHandler | null;
}

async function handle(request: IncomingMessage, response: ServerResponse, site: ServedSite): Promise<void> {
  const { status, headers, body } = await answerOf(request, site);
  request.resume();
  const sent = compressed(
    body,
    headers["content-type"] ?? "",
    String(request.headers["accept-encoding"] ?? ""),
  );
  response.writeHead(
    status,
    status === 304 || status === 204
      ? headers
      : { ...headers, ...sent.headers, "content-length": sent.body.length },
  );
  response.end(request.method === "HEAD" || status === 304 || status === 204 ? undefined : sent.body);
}

function answerOf(request: IncomingMessage, { store, page, api }: ServedSite): Promise<HttpResponse> {
  if (api !== null && isApiTarget(request.url ?? "")) return respondApi(request, api);
  const received = {
    method: request.method ?? "",
    target: request.url ?? "",
    host: request.headers.host ?? null,
    ifNoneMatch: request.headers["if-none-match"] ?? null,
  };
  return respond(received, store, page, api !== null);
}

function rawResponse({ status, headers, body }: HttpResponse): string {
  const lines = Object.entries({ ...headers, "content-length": body.length, connection: "close" });
  return `HTTP/1.1 ${status} Bad Request\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${new TextDecoder().decode(body)}`;
}
