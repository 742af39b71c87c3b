import { randomUUID } from "node:crypto";
import type { Origin, OriginRequest } from "./cloudfront-edge.ts";

/** The response of a handler behind a function URL (payload format 2.0). */
export interface FunctionUrlResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** A function behind a function URL, which converts a request to an event and the result to a response. */
export function lambdaOrigin(handler: (event: unknown) => Promise<FunctionUrlResponse>): Origin {
  return async (request) => {
    const { statusCode, headers, cookies, body } = await handler(eventOf(request));
    return { status: statusCode, headers, setCookies: cookies, body: Buffer.from(body) };
  };
}

function eventOf({ method, uri, query, headers, body }: OriginRequest): unknown {
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: uri,
    rawQueryString: query,
    cookies: headers.cookie?.split("; ") ?? [],
    headers: { ...headers, host: "abcdefg.lambda-url.eu-central-1.on.aws" },
    requestContext: { requestId: randomUUID(), http: { method, path: uri } },
    body: Buffer.from(body).toString("base64"),
    isBase64Encoded: true,
  };
}
