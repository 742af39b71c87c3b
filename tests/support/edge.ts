import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { isDrawn } from "@dapanoskop/edge";
import { readBuiltPage } from "../../packages/cli/src/server/built-page.ts";
import type { ViewerRequest } from "./cloudfront/cloudfront-edge.ts";
import { type CognitoOptions, type LocalCognito, startCognito } from "./cognito.ts";
import { type DeployedEdge, deployedEdge } from "./deployed-edge.ts";
import { selfSigned } from "./self-signed.ts";

/** The deployed system on loopback: CloudFront, its buckets, the session handler, and a user pool. */
export interface Edge extends Omit<DeployedEdge, "answer"> {
  /** `https://127.0.0.1:…`, with a self-signed certificate. */
  readonly origin: string;
  readonly cognito: LocalCognito;
  /** Responses in order: `POST /auth/refresh 200`. */
  readonly answered: readonly string[];
  close(): Promise<void>;
}

export interface EdgeOptions extends Omit<CognitoOptions, "callbackUrls" | "logoutUrls"> {
  readonly store: ArtifactStore;
  readonly allowedGroups?: readonly string[];
}

/** Starts the system with the page that `npm run build` built. */
export async function startEdge({ store, allowedGroups = [], ...pool }: EdgeOptions): Promise<Edge> {
  const site = await readBuiltPage();
  if (site === null) throw new Error("The page is not built. Run npm run build.");
  let answer = (_: IncomingMessage, response: ServerResponse): Promise<void> | void => void response.end();
  const answered: string[] = [];
  const server = createServer(selfSigned(new Date()), (request, response) => {
    response.once("finish", () =>
      answered.push(`${request.method} ${request.url?.split("?")[0]} ${response.statusCode}`),
    );
    Promise.resolve(answer(request, response)).catch((failure: unknown) => {
      response.writeHead(500, { "content-type": "text/plain" }).end(String(failure));
    });
  });
  const host = await listening(server);
  const origin = `https://${host}`;
  const cognito = await startCognito({
    ...pool,
    callbackUrls: [`${origin}/callback`],
    logoutUrls: [`${origin}/`],
  });
  const deployed = await deployedEdge({
    store,
    host,
    allowedGroups,
    pool: cognito,
    // The bucket has only files. The CloudFront Function decides which addresses are pages.
    pageFile: (path) => (isDrawn(path) ? null : (site.at(path)?.body ?? null)),
  });
  answer = async (request, response) => {
    const { status, headers, setCookies, body } = await deployed.answer(await viewerRequest(request));
    if (setCookies.length > 0) response.setHeader("set-cookie", setCookies);
    response.writeHead(status, headers).end(body);
  };
  return {
    ...deployed,
    origin,
    cognito,
    answered,
    async close() {
      await cognito.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function viewerRequest(request: IncomingMessage): Promise<ViewerRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(",") : (value ?? ""),
  ]);
  return {
    scheme: "https",
    method: request.method ?? "",
    target: request.url ?? "",
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(`127.0.0.1:${address.port}`);
      else reject(new Error("The local edge has no port."));
    });
  });
}
