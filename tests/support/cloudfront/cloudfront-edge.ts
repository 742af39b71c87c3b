import { createHash } from "node:crypto";
import { compressed } from "../../../packages/cli/src/server/compressed.ts";
import type { Distribution, EdgeBehavior } from "./distribution.ts";
import { edgeCache, type OriginResponse } from "./edge-cache.ts";
import { edgeFunction, isRefusal } from "./edge-function.ts";
import { matchesPattern, normalizedPath } from "./path-pattern.ts";
import { isSigned, type TrustedKey } from "./signed-request.ts";

// What CloudFront does with a request, as its Developer Guide says: methods, protocol, path patterns, signatures, functions, cache
// keys, forwarded parts and headers. Each refusal is independent of the others. What is not documented is decided so that less is
// refused than CloudFront may refuse.

/** A request as it arrived. */
export interface ViewerRequest {
  readonly scheme: "https" | "http";
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** By lower-case name; with `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface EdgeResponse extends OriginResponse {
  /** `null`: it did not come from an origin. */
  readonly from: "cache" | "origin" | null;
}

/** A request of the edge to an origin. */
export interface OriginRequest {
  readonly method: string;
  /** As the viewer sent it, or as the function changed it. */
  readonly uri: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Origin = (request: OriginRequest) => Promise<OriginResponse>;

export interface CloudFrontOptions {
  readonly distribution: Distribution;
  /** Of the distribution: `d111111abcdef8.cloudfront.net`. */
  readonly host: string;
  /** By their ids. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The public keys of the group at the moment. @param addresses of their resources */
  trusted(addresses: readonly string[]): readonly TrustedKey[];
  /** Seconds since 1970. */
  now(): number;
  /**
   * Whether paths are normalized before they are compared with patterns. It is documented that they are, but not how far: what is
   * refused must be refused both ways. Default: true.
   */
  readonly normalizes?: boolean;
}

/** Headers of a request that reach an origin without a policy that says so. */
const ALWAYS_FORWARDED = ["range", "if-none-match", "if-modified-since", "if-match"];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html: a URL has at most 8,192 bytes. */
const LONGEST_TARGET = 8_192;

export function cloudFrontEdge(
  options: CloudFrontOptions,
): (request: ViewerRequest) => Promise<EdgeResponse> {
  const { distribution, host, origins, now, normalizes = true } = options;
  const cache = edgeCache();
  const functions = new Map(
    distribution.behaviors.flatMap(({ functionName }) =>
      functionName === null ? [] : [[functionName, edgeFunction(functionName)] as const],
    ),
  );

  async function answer(request: ViewerRequest): Promise<EdgeResponse> {
    const [path = "", query = ""] = partsOf(request.target);
    const hosts = [host, ...distribution.aliases];
    if (!path.startsWith("/")) return refused(400);
    if (request.target.length > LONGEST_TARGET) return refused(414);
    if (!hosts.includes(request.headers.host ?? "")) return refused(403);
    const behavior = behaviorOf(distribution, normalizes ? normalizedPath(path) : path);
    const given = await atBehavior(behavior, request, path, query);
    return withPolicyHeaders(given, behavior);
  }

  async function atBehavior(
    behavior: EdgeBehavior,
    request: ViewerRequest,
    path: string,
    query: string,
  ): Promise<EdgeResponse> {
    const { method, headers, body } = request;
    if (request.scheme === "http") {
      return behavior.protocol === "https-only"
        ? refused(403)
        : { ...refused(301), headers: { location: `https://${headers.host}${request.target}` } };
    }
    if (!behavior.methods.has(method)) return refused(403);
    if ((method === "GET" || method === "HEAD") && body.length > 0) return refused(403);
    if (behavior.trustedKeys !== null) {
      const signed = { cookies: headers.cookie, query, url: `https://${headers.host}${path}` };
      if (!isSigned(signed, options.trusted(behavior.trustedKeys), now())) return refused(403);
    }
    let uri = path;
    if (behavior.functionName !== null) {
      const call = functions.get(behavior.functionName);
      const outcome = call?.({ method, uri: path, query, headers });
      if (outcome === undefined) return refused(503);
      if (isRefusal(outcome)) {
        const own = Object.entries(outcome.headers).map(([name, { value }]) => [name, value]);
        return { ...refused(outcome.statusCode), headers: Object.fromEntries(own) };
      }
      uri = outcome.uri;
    }
    if (uri === "/") uri = `/${distribution.rootObject}`;
    return fromOrigin(behavior, request, uri, query);
  }

  async function fromOrigin(
    behavior: EdgeBehavior,
    { method, headers, body }: ViewerRequest,
    uri: string,
    query: string,
  ): Promise<EdgeResponse> {
    const origin = origins.get(behavior.originId);
    if (origin === undefined) return refused(502);
    const isRead = method === "GET" || method === "HEAD";
    // No cache policy of the module has headers, cookies or queries in its key.
    const key = `${behavior.originId} ${uri}`;
    const isWhole = isRead && headers.range === undefined && headers["if-none-match"] === undefined;
    const kept = isWhole && !behavior.forwardsAll ? cache.get(key, now()) : null;
    if (kept !== null) return sent(kept, "cache", method, behavior, headers);
    const names = behavior.forwardsAll
      ? Object.keys(headers).filter((name) => name !== "host")
      : ALWAYS_FORWARDED;
    const forwarded = Object.fromEntries(
      names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    );
    const type = distribution.origins.get(behavior.originId);
    // CloudFront signs what it sends to a function, but not a body: the viewer says its hash, or the function refuses it.
    if (type === "lambda" && !isRead && headers["x-amz-content-sha256"] !== sha256(body)) return refused(403);
    const response = await origin({
      method: isWhole && !behavior.forwardsAll ? "GET" : method,
      uri,
      query: behavior.forwardsAll ? query : "",
      headers: forwarded,
      body: isRead ? new Uint8Array() : body,
    });
    if (isWhole && !behavior.forwardsAll) cache.put(key, response, behavior.times, now());
    return sent(response, "origin", method, behavior, headers);
  }

  return answer;
}

/** An address may be sent whole, with its scheme and host (RFC 9112, 3.2.2). */
function partsOf(target: string): readonly string[] {
  const path = target.replace(/^https?:\/\/[^/?]*/i, "");
  const at = path.indexOf("?");
  return at < 0 ? [path] : [path.slice(0, at), path.slice(at + 1)];
}

function behaviorOf({ behaviors }: Distribution, path: string): EdgeBehavior {
  const found = behaviors.find(({ pattern }) => matchesPattern(pattern, path));
  if (found === undefined) throw new Error("The distribution has no default behavior.");
  return found;
}

const refused = (status: number): EdgeResponse => ({
  status,
  headers: { "content-type": "text/html" },
  setCookies: [],
  body: new TextEncoder().encode("Request blocked.\n"),
  from: null,
});

function sent(
  response: OriginResponse,
  from: "cache" | "origin",
  method: string,
  behavior: EdgeBehavior,
  headers: Readonly<Record<string, string>>,
): EdgeResponse {
  const type = response.headers["content-type"] ?? "";
  const accepted = behavior.compresses ? (headers["accept-encoding"] ?? "") : "";
  const isWhole = response.status === 200 && behavior.originId !== "session";
  const coded = isWhole ? compressed(response.body, type, accepted) : { body: response.body, headers: {} };
  return {
    ...response,
    headers: { ...response.headers, ...coded.headers, "content-length": String(coded.body.length) },
    body: method === "HEAD" ? new Uint8Array() : coded.body,
    from,
  };
}

function withPolicyHeaders(response: EdgeResponse, { headers: policy }: EdgeBehavior): EdgeResponse {
  const headers: Record<string, string> = { ...response.headers };
  for (const { name, value, override } of policy) {
    if (override || headers[name] === undefined) headers[name] = value;
  }
  return { ...response, headers };
}

const sha256 = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
