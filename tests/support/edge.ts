import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { isArtifactKey } from "@dapanoskop/dataset";
import { contentTypeOf, DEFAULT_CACHE_CONTROL, deployedHeaders, isDrawn, ruleOf } from "@dapanoskop/edge";
import { logTo } from "@dapanoskop/functions/lambda";
import { type SessionSettings, sessionHandler } from "@dapanoskop/functions/session";
import { readBuiltPage } from "../../packages/cli/src/server/built-page.ts";
import { compressed } from "../../packages/cli/src/server/compressed.ts";
import { dataCookies } from "../../packages/functions/src/session/data-cookies.ts";
import { anRsaKey, localSigners } from "../../packages/functions/src/session/testing/rsa-keys.ts";
import { type CognitoOptions, type LocalCognito, startCognito } from "./cognito.ts";
import { edgeFunction, isRefusal } from "./edge-function.ts";
import { functionUrl } from "./function-url.ts";
import { selfSigned } from "./self-signed.ts";
import { cookiesOf, maySee } from "./signed-cookies.ts";

/** The deployed system on loopback: CloudFront, its buckets, the session handler, and a user pool. */
export interface Edge {
  /** `https://127.0.0.1:…`, with a self-signed certificate. */
  readonly origin: string;
  readonly cognito: LocalCognito;
  /** Responses in order: `POST /auth/refresh 200`. */
  readonly answered: readonly string[];
  /** Issued access tokens, in order. */
  readonly issued: readonly string[];
  /** Why the session handler refused, in order. */
  readonly reasons: readonly string[];
  /** A `cookie` header with access to the data, as the session handler issues it. */
  dataCookies(): Promise<string>;
  /** Expires the signed cookies issued so far. Those of the next renewal are valid. */
  endDataCookies(): void;
  /** Moves the clock of the edge and the session handler forward by some seconds. */
  pass(seconds: number): void;
  close(): Promise<void>;
}

export interface EdgeOptions extends Omit<CognitoOptions, "callbackUrls" | "logoutUrls"> {
  readonly store: ArtifactStore;
  readonly allowedGroups?: readonly string[];
}

/** Headers that CloudFront adds to every response. The cache-control of a file takes precedence. */
const ADDED = new Map(Object.entries({ ...deployedHeaders, "cache-control": DEFAULT_CACHE_CONTROL }));

/** Lifetime of data cookies, in seconds. */
const COOKIES_LIFE = 15 * 60;

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
    response.setHeaders(ADDED);
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

  const key = anRsaKey("edge");
  const reasons: string[] = [];
  const issued: string[] = [];
  let passed = 0;
  let cookieAge = 0;
  const settings: SessionSettings = {
    host,
    issuers: [cognito.issuer],
    signInUrl: cognito.url,
    clientId: cognito.clientId,
    allowedGroups,
    signingKeys: [key.signingKey],
  };
  const handle = sessionHandler({
    settings: async () => settings,
    signerOf: localSigners(key),
    fetch,
    now: () => Date.now() + passed * 1_000,
    log: logTo((line) => {
      const { reason } = JSON.parse(line) as { reason?: string };
      if (reason !== undefined) reasons.push(reason);
    }),
  });
  const auth = functionUrl(async (event) => {
    const given = await handle(event);
    if (given.statusCode === 200) issued.push(String(JSON.parse(given.body).access_token));
    return given;
  });

  const isSigned = (path: string, request: IncomingMessage): boolean => {
    const at = Date.now() / 1_000 + passed + cookieAge;
    return maySee(cookiesOf(request.headers.cookie), `${origin}${path}`, key.signingKey, at);
  };

  /** The two buckets, each by the address that reaches it. */
  const buckets = {
    async data(uri: string): Promise<Found | null> {
      const artifact = uri.slice(1);
      const found = isArtifactKey(artifact) ? await store.get(artifact) : null;
      return found && { body: found.body, headers: { etag: found.etag } };
    },
    async page(uri: string): Promise<Found | null> {
      // The bucket has only files. The CloudFront Function decides which addresses are pages.
      if (uri !== "/config.json") return isDrawn(uri) ? null : site.at(uri);
      const config = { user_pool: { domain: cognito.url, client_id: cognito.clientId } };
      return { body: Buffer.from(JSON.stringify(config)) };
    },
  };
  const functions = {
    "page-request": edgeFunction("page-request"),
    "data-request": edgeFunction("data-request"),
  };

  answer = async (request, response) => {
    const { method = "", url = "/" } = request;
    const [path = "/"] = url.split("?");
    const rule = ruleOf(path);
    if (rule.origin === "session") {
      await auth(request, response);
      if (response.statusCode === 200) cookieAge = 0;
      return;
    }
    // Method, signature, function and file are checked independently, and each refusal is the same.
    if (rule.methods === "read" && method !== "GET" && method !== "HEAD") return refuse(response);
    if (rule.readers === "signed-in" && !isSigned(path, request)) return refuse(response);
    const outcome =
      rule.request === null ? { method, uri: path } : functions[rule.request]({ method, uri: path });
    if (isRefusal(outcome)) {
      for (const [name, { value }] of Object.entries(outcome.headers)) response.setHeader(name, value);
      response.writeHead(outcome.statusCode, outcome.statusDescription).end();
      return;
    }
    const found = await buckets[rule.origin === "data" ? "data" : "page"](outcome.uri);
    // Without permission to list the bucket, S3 responds to a missing key with 403.
    if (found === null) return refuse(response);
    send(request, response, contentTypeOf(outcome.uri), found.body, {
      ...found.headers,
      "cache-control": rule.browser,
    });
  };

  return {
    origin,
    cognito,
    answered,
    issued,
    reasons,
    async dataCookies() {
      const at = Math.floor(Date.now() / 1_000) + passed;
      const cookies = await dataCookies(settings, localSigners(key), { at, sessionEnd: at + COOKIES_LIFE });
      return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
    },
    endDataCookies() {
      cookieAge = COOKIES_LIFE + 1;
    },
    pass(seconds) {
      passed += seconds;
    },
    async close() {
      await cognito.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Found {
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

function refuse(response: ServerResponse): void {
  response.writeHead(403, { "content-type": "application/xml" }).end("<Error/>");
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  contentType: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
): void {
  const sent = compressed(body, contentType, String(request.headers["accept-encoding"] ?? ""));
  response.writeHead(200, {
    ...headers,
    ...sent.headers,
    "content-type": contentType,
    "content-length": sent.body.length,
  });
  response.end(request.method === "HEAD" ? undefined : sent.body);
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
