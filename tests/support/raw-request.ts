import { type IncomingHttpHeaders, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";

/** A response as it was sent: no redirect followed, nothing decompressed, nothing cached. */
export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Requests from a server on this machine; its certificate is self-signed. */
export function rawRequest(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const options = { headers, rejectUnauthorized: false };
    const request = url.startsWith("https:") ? overHttps(url, options) : overHttp(url, options);
    request.once("error", reject);
    request.once("response", (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        body += chunk;
      });
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
      response.once("error", reject);
    });
    request.end();
  });
}
