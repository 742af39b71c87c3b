import * as v from "valibot";
import { Refused } from "../tokens/index.ts";

/** A request as a Lambda function URL delivers it (payload format 2.0), as far as it is used. */
export interface FunctionUrlRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** A header's value; names are in lower case, a header that was sent twice is joined by a comma. */
  header(name: string): string | null;
  /** Every value of a cookie. */
  cookie(name: string): readonly string[];
  readonly body: Uint8Array;
}

export interface FunctionUrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** One `Set-Cookie` each. */
  readonly cookies: readonly string[];
  readonly body: string;
}

const schema = v.object({
  rawPath: v.string(),
  rawQueryString: v.optional(v.string(), ""),
  headers: v.record(v.string(), v.string()),
  cookies: v.optional(v.array(v.string()), []),
  requestContext: v.object({ http: v.object({ method: v.string() }) }),
  body: v.optional(v.string(), ""),
  isBase64Encoded: v.optional(v.boolean(), false),
});

/** @throws Refused */
export function readRequest(event: unknown): FunctionUrlRequest {
  const parsed = v.safeParse(schema, event);
  if (!parsed.success) throw new Refused("no-request", "The event is not a request of a function URL.");
  const { rawPath, rawQueryString, requestContext, body, isBase64Encoded } = parsed.output;
  const headers = new Map(Object.entries(parsed.output.headers));
  const cookies = parsed.output.cookies.map((pair): readonly [string, string] => {
    const at = pair.indexOf("=");
    return at < 0 ? ["", pair.trim()] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  });
  return {
    method: requestContext.http.method,
    path: rawPath,
    query: rawQueryString,
    header: (name) => headers.get(name) ?? null,
    cookie: (name) => cookies.filter(([other]) => other === name).map(([, value]) => value),
    body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8"),
  };
}

const requestContext = v.object({ requestContext: v.object({ requestId: v.string() }) });

/** Lambda's name of this request, to find it in the log by; `null` when it has none. */
export function requestIdOf(event: unknown): string | null {
  const parsed = v.safeParse(requestContext, event);
  return parsed.success ? parsed.output.requestContext.requestId.slice(0, 64) : null;
}
