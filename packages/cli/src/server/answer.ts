import type { ArtifactStore } from "@dapanoskop/core/store";
import { isArtifactKey } from "@dapanoskop/dataset";
import { contentTypeOf, isDrawn, ruleOf, securityHeaders, UNLESS_SAID } from "@dapanoskop/edge";
import { errorSentence } from "../error-sentence.ts";
import type { BuiltPage } from "./built-page.ts";

export interface Request {
  readonly method: string;
  /** As it came over the wire: nothing decoded, nothing made short. */
  readonly target: string;
  readonly host: string | null;
  readonly ifNoneMatch: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The answer to every address of the page where it was not built. No figures: the page and `dapanoskop show` have them. */
const NOT_BUILT =
  "The page is not built yet. Run npm run build, then start serve again. To read the report in the terminal, run dapanoskop show.";

/** On this machine nobody signs in, so the page is told of no user pool. */
const CONFIG = "/config.json";

/** Only these names are us. A page elsewhere that lets its own name point to 127.0.0.1 brings that name along. */
const OURS = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** A key never needs any other character, so nothing is ever decoded, and nothing can hide in an encoding. */
const PLAIN_PATH = /^\/[A-Za-z0-9._/-]*$/;

/** What `serve` says to a request. Only published keys are ever asked of the store. */
export async function answer(
  request: Request,
  store: ArtifactStore,
  site: BuiltPage | null = null,
): Promise<Answer> {
  if (request.host === null || !OURS.test(request.host)) {
    return sentence(403, "This server answers to localhost and 127.0.0.1 only.");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    const refused = sentence(405, "Only GET and HEAD are answered here.");
    return { ...refused, headers: { ...refused.headers, allow: "GET, HEAD" } };
  }
  const [path = ""] = request.target.split("?");
  if (!PLAIN_PATH.test(path) || path.split("/").includes("..")) {
    return sentence(400, "This address holds characters that no published file has.");
  }
  try {
    if (path === CONFIG) return kept(path, found(200, contentTypeOf(path), encode("{}\n")));
    if (path.startsWith("/data/")) return await file(path, store, request.ifNoneMatch);
    const asset = site?.at(path) ?? null;
    if (asset !== null) return kept(path, found(200, asset.contentType, asset.body));
    if (site === null && isDrawn(path)) return sentence(200, NOT_BUILT);
    return sentence(404, "There is nothing here. The page is at /, the published files are under /data/.");
  } catch (error) {
    return sentence(500, errorSentence(error));
  }
}

async function file(path: string, store: ArtifactStore, ifNoneMatch: string | null): Promise<Answer> {
  const key = path.slice("/data/".length);
  const object = isArtifactKey(key) ? await store.get(key) : null;
  if (object === null) return sentence(404, "No file is published under this address.");
  const etag = object.etag.startsWith('"') ? object.etag : `"${object.etag}"`;
  if (ifNoneMatch !== null && matches(ifNoneMatch, etag)) {
    return kept(path, { status: 304, headers: { ...securityHeaders, etag }, body: new Uint8Array() });
  }
  const plain = found(200, contentTypeOf(key), object.body);
  return kept(path, { ...plain, headers: { ...plain.headers, etag } });
}

/** What was found under a path is kept as the deployed page's browser keeps it. */
const kept = (path: string, { status, headers, body }: Answer): Answer => ({
  status,
  headers: { ...headers, "cache-control": ruleOf(path).browser },
  body,
});

/** An answer of one sentence, as plain text. */
export const sentence = (status: number, text: string): Answer =>
  found(status, "text/plain; charset=utf-8", encode(`${text}\n`));

const found = (status: number, contentType: string, body: Uint8Array): Answer => ({
  status,
  headers: { ...securityHeaders, "content-type": contentType, "cache-control": UNLESS_SAID },
  body,
});

const matches = (ifNoneMatch: string, etag: string) =>
  ifNoneMatch
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === "*" || tag === etag);

const encode = (text: string) => new TextEncoder().encode(text);
