import type { FunctionUrlAnswer } from "../function-url.ts";
import { HOST, NONCE } from "./test-pool.ts";

export interface RequestChanges {
  readonly path?: string;
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export const OPEN = { code: "c-1", code_verifier: "v".repeat(43), nonce: NONCE };

/** A request as a function URL behind CloudFront delivers it. */
export function testRequest(changes: RequestChanges = {}): unknown {
  const { path = "/auth/session", method = "POST", query = "", cookies = [] } = changes;
  const headers = {
    "content-type": "application/json",
    origin: `https://${HOST}`,
    "sec-fetch-site": "same-origin",
    "x-dapanoskop": "1",
    host: "abcdefg.lambda-url.eu-central-1.on.aws",
    ...changes.headers,
  };
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    cookies,
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    requestContext: { requestId: "r-1", http: { method, path, protocol: "HTTP/1.1" } },
    body: changes.body ?? (path === "/auth/session" ? JSON.stringify(OPEN) : "{}"),
    isBase64Encoded: changes.isBase64Encoded ?? false,
  };
}

/** A browser's jar, as far as it is needed: what was set and not taken away, as `name=value`. */
export function jar(...answers: readonly FunctionUrlAnswer[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const line of answers.flatMap(({ cookies }) => cookies)) {
    const [pair = "", ...attributes] = line.split("; ");
    const name = pair.slice(0, pair.indexOf("="));
    if (attributes.includes("Max-Age=0")) kept.delete(name);
    else kept.set(name, pair);
  }
  return [...kept.values()];
}
