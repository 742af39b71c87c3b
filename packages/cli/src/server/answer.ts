import { isMonth } from "@dapanoskop/core/calendar";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { isArtifactKey } from "@dapanoskop/dataset";
import { messageOf, renderHtml, renderSentencePage, stylesheet } from "@dapanoskop/dataset/report";
import { contentTypeOf, ruleOf, securityHeaders, UNLESS_SAID } from "@dapanoskop/edge";
import { explain } from "../explain.ts";
import { nothingPublished, readPublished } from "../published.ts";
import { CommandError, type World } from "../world.ts";
import type { Site } from "./site.ts";

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

/** The report as a plain page, for readers without JavaScript and before the page is built. */
const REPORT = "/report";
const STYLE = "/report.css";

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
  now: World["now"],
  site: Site | null = null,
): Promise<Answer> {
  if (request.host === null || !OURS.test(request.host)) {
    return sentence(403, "This server answers to localhost and 127.0.0.1 only.");
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    const refused = sentence(405, "Only GET and HEAD are answered here.");
    return { ...refused, headers: { ...refused.headers, allow: "GET, HEAD" } };
  }
  const [path = "", ...query] = request.target.split("?");
  if (!PLAIN_PATH.test(path) || path.split("/").includes("..")) {
    return sentence(400, "This address holds characters that no published file has.");
  }
  try {
    if (path === REPORT || (path === "/" && site === null)) return await report(query.join("?"), store, now);
    if (path === CONFIG) return kept(path, found(200, contentTypeOf(path), encode("{}\n")));
    if (path === STYLE) return found(200, "text/css; charset=utf-8", encode(stylesheet));
    if (path.startsWith("/data/")) return await file(path, store, request.ifNoneMatch);
    const asset = site?.at(path) ?? null;
    if (asset !== null) return kept(path, found(200, asset.contentType, asset.body));
    return sentence(404, "There is nothing here. The report is at /, the published files are under /data/.");
  } catch (error) {
    return problem(error instanceof CommandError ? 404 : 500, explain(error));
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

/** The report as a plain page: what `/` shows as well until the page itself is built. */
async function report(query: string, store: ArtifactStore, now: World["now"]): Promise<Answer> {
  const period = new URLSearchParams(query).get("period");
  if (period !== null && !isMonth(period)) return problem(404, "A month reads like 2026-03.");
  const published = await readPublished(store, period);
  if (published === null) return problem(200, nothingPublished(store.place));
  const html = renderHtml(messageOf(published, now()), {
    stylesheet: STYLE,
    periodHref: (other) => `${REPORT}?period=${encodeURIComponent(other)}`,
  });
  return found(200, "text/html; charset=utf-8", encode(html));
}

/** A page for a person who meets a problem. */
const problem = (status: number, text: string): Answer =>
  found(status, "text/html; charset=utf-8", encode(renderSentencePage("Dapanoskop", [[text]], STYLE)));

/** A line for whatever asked wrongly. */
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
