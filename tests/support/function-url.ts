import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The response of a handler behind a function URL (payload format 2.0). */
export interface FunctionUrlResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

/**
 * Serves a handler over HTTP as CloudFront and a function URL do: it converts a request to an event and the result to a
 * response. For test servers that simulate the distribution.
 */
export function functionUrl(
  handler: (event: unknown) => Promise<FunctionUrlResponse>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const answer = await handler(await eventOf(request));
    response.writeHead(answer.statusCode, { ...answer.headers, "set-cookie": [...answer.cookies] });
    response.end(answer.body);
  };
}

async function eventOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const [rawPath = "", rawQueryString = ""] = (request.url ?? "/").split("?");
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(",") : (value ?? ""),
  ]);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    cookies: request.headers.cookie?.split("; ") ?? [],
    headers: Object.fromEntries(headers),
    requestContext: { requestId: randomUUID(), http: { method: request.method ?? "", path: rawPath } },
    body: Buffer.concat(chunks).toString("base64"),
    isBase64Encoded: true,
  };
}
