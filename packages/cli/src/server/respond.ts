import type { ArtifactStore } from "@dapanoskop/core/store";
import { isArtifactKey } from "@dapanoskop/dataset";
import {
  contentTypeOf,
  DEFAULT_CACHE_CONTROL,
  isDrawn,
  isLocalHost,
  ruleOf,
  securityHeaders,
} from "@dapanoskop/edge";
import { errorSentence } from "../error-sentence.ts";
import type { BuiltPage } from "./built-page.ts";

/** What the server uses of a request. */
export interface HttpRequest {
  readonly method: string;
  /** The path and query as they arrived, neither decoded nor normalized. */
  readonly target: string;
  readonly host: string | null;
  readonly ifNoneMatch: string | null;
}

/** A complete response. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The answer to every address of the page where it was not built. No figures: the page and `dapanoskop show` have them. */
const NOT_BUILT =
  "The page is not built yet. Run npm run build, then start serve again. To read the report in the terminal, run dapanoskop show.";

/** Without a user pool in its configuration the page needs no sign-in. */
const CONFIG = "/config.json";

/** Keys have no other characters, so no path is decoded. */
const PLAIN_PATH = /^\/[A-Za-z0-9._/-]*$/;

/**
 * The response of `serve` to a request. Only published keys are read from the store.
 * @param hasApi whether the page is told that the API answers under `/api/`
 */
export async function respond(
  request: HttpRequest,
  store: ArtifactStore,
  page: BuiltPage | null = null,
  hasApi = false,
): Promise<HttpResponse> {
  if (request.host === null || !isLocalHost(request.host)) return NOT_LOCAL;
  if (request.method !== "GET" && request.method !== "HEAD") {
    const refused = sentence(405, "This server answers GET and HEAD only.");
    return { ...refused, headers: { ...refused.headers, allow: "GET, HEAD" } };
  }
  const [path = ""] = request.target.split("?");
  if (!PLAIN_PATH.test(path) || path.split("/").includes("..")) {
    return sentence(400, "This address has characters that no published file has.");
  }
  try {
    if (path === CONFIG)
      return cacheable(path, response(200, contentTypeOf(path), encode(hasApi ? '{"api":true}\n' : "{}\n")));
    if (path.startsWith("/data/")) return await file(path, store, request.ifNoneMatch);
    const asset = page?.at(path) ?? null;
    if (asset !== null) return cacheable(path, response(200, asset.contentType, asset.body));
    if (page === null && isDrawn(path)) return sentence(200, NOT_BUILT);
    return sentence(404, "There is nothing here. The page is at /, the published files are under /data/.");
  } catch (error) {
    return sentence(500, errorSentence(error));
  }
}

async function file(path: string, store: ArtifactStore, ifNoneMatch: string | null): Promise<HttpResponse> {
  const key = path.slice("/data/".length);
  const object = isArtifactKey(key) ? await store.get(key) : null;
  if (object === null) return sentence(404, "No file is published under this address.");
  const etag = object.etag.startsWith('"') ? object.etag : `"${object.etag}"`;
  if (ifNoneMatch !== null && matches(ifNoneMatch, etag)) {
    return cacheable(path, { status: 304, headers: { ...securityHeaders, etag }, body: new Uint8Array() });
  }
  const plain = response(200, contentTypeOf(key), object.body);
  return cacheable(path, { ...plain, headers: { ...plain.headers, etag } });
}

/** A response with the cache rule that the deployment has for the path. */
const cacheable = (path: string, { status, headers, body }: HttpResponse): HttpResponse => ({
  status,
  headers: { ...headers, "cache-control": ruleOf(path).browser },
  body,
});

/** An answer of one sentence, as plain text. */
export const sentence = (status: number, text: string): HttpResponse =>
  response(status, "text/plain; charset=utf-8", encode(`${text}\n`));

const response = (status: number, contentType: string, body: Uint8Array): HttpResponse => ({
  status,
  headers: { ...securityHeaders, "content-type": contentType, "cache-control": DEFAULT_CACHE_CONTROL },
  body,
});

const matches = (ifNoneMatch: string, etag: string) =>
  ifNoneMatch
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === "*" || tag === etag);

const encode = (text: string) => new TextEncoder().encode(text);

/** The answer to a page of another name, whose name resolves to this machine. */
export const NOT_LOCAL: HttpResponse = sentence(403, "This server answers to localhost and 127.0.0.1 only.");
