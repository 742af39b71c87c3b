import { gzipSync } from "node:zlib";
import { isPlainPath } from "@dapanoskop/api";
import { securityHeaders } from "@dapanoskop/edge";
import * as v from "valibot";

/** What API Gateway takes as an answer to an event of payload format 2.0. */
export interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const schema = v.object({
  rawPath: v.string(),
  rawQueryString: v.optional(v.string(), ""),
  headers: v.record(v.string(), v.string()),
  requestContext: v.object({
    requestId: v.optional(v.string(), "unknown"),
    http: v.object({ method: v.string() }),
  }),
  body: v.optional(v.string()),
  isBase64Encoded: v.optional(v.boolean(), false),
});

/** No operation has this path. */
const NOWHERE = "/";

export interface GatewayRequest {
  readonly request: Request;
  readonly requestId: string;
}

/** The request in an event of an HTTP API. `null` for an event that is none. */
export function gatewayRequest(event: unknown): GatewayRequest | null {
  const parsed = v.safeParse(schema, event);
  if (!parsed.success) return null;
  const { rawPath, rawQueryString, headers, requestContext, body, isBase64Encoded } = parsed.output;
  // The host is of no interest: routes are paths.
  const url = new URL("https://api.invalid");
  url.pathname = isPlainPath(rawPath) ? rawPath : NOWHERE;
  url.search = rawQueryString;
  try {
    const request = new Request(url, {
      method: requestContext.http.method,
      headers,
      body: body === undefined || body === "" ? null : Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
    });
    return { request, requestId: requestContext.requestId.slice(0, 64) };
  } catch {
    // A method that fetch refuses, such as TRACE, or a body where there is none.
    return null;
  }
}

/** From so many bytes an answer is compressed, where the client takes it. */
const COMPRESSED_FROM = 100_000;

/** Of an answer of a Lambda function: AWS takes 6 MB, with its headers and as JSON text. */
const LARGEST_ANSWER = 5_500_000;

/** An answer that no operation of the API has given. */
export const refusal = (statusCode: number, error: string, message: string): GatewayAnswer => ({
  statusCode,
  headers: { ...securityHeaders, "content-type": "application/json", "cache-control": "no-store" },
  body: `${JSON.stringify({ error, message })}\n`,
  isBase64Encoded: false,
});

const TOO_LARGE = refusal(
  413,
  "too_large",
  "The answer is larger than AWS delivers. Accept gzip, or ask for less.",
);

export async function gatewayAnswer(
  response: Response,
  acceptEncoding: string | null,
): Promise<GatewayAnswer> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  const isZipped = body.length >= COMPRESSED_FROM && /\bgzip\b/.test(acceptEncoding ?? "");
  const sent = isZipped ? gzipSync(body).toString("base64") : body.toString("utf8");
  // Quotes and backslashes of the text are escaped on the way.
  const bytes = isZipped ? sent.length : JSON.stringify(sent).length;
  if (bytes > LARGEST_ANSWER) return TOO_LARGE;
  return {
    statusCode: response.status,
    headers: isZipped ? { ...headers, "content-encoding": "gzip", vary: "accept-encoding" } : headers,
    body: sent,
    isBase64Encoded: isZipped,
  };
}
