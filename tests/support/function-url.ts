import type { IncomingMessage, ServerResponse } from "node:http";
import { type FunctionUrlResponse, lambdaOrigin } from "./cloudfront/lambda-origin.ts";

/** Serves a handler over HTTP as a function URL does. For test servers without a distribution. */
export function functionUrl(
  handler: (event: unknown) => Promise<FunctionUrlResponse>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const origin = lambdaOrigin(handler);
  return async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const [uri = "", query = ""] = (request.url ?? "/").split("?");
    const headers = Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : (value ?? ""),
    ]);
    const answer = await origin({
      method: request.method ?? "",
      uri,
      query,
      headers: Object.fromEntries(headers),
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, { ...answer.headers, "set-cookie": [...answer.setCookies] });
    response.end(answer.body);
  };
}
