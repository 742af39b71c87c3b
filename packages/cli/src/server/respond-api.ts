import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { API_BASE, type ApiHandler, isPlainPath } from "@dapanoskop/api";
import { isLocalHost } from "@dapanoskop/edge";
import { newRequestId } from "./local-api.ts";
import { type HttpResponse, NOT_LOCAL, sentence } from "./respond.ts";

export const isApiTarget = (target: string): boolean => new RegExp(`^${API_BASE}(/|\\?|$)`).test(target);

/**
 * The API's answer to a request of this machine. There is no sign-in, so a page of another site must not act in its reader's
 * name: the host must be one of this machine's names, and a request that changes something must not come from another origin.
 * Bodies are JSON by their content type, which a foreign page cannot send without a preflight, and none is answered.
 */
export async function respondApi(request: IncomingMessage, api: ApiHandler): Promise<HttpResponse> {
  const host = request.headers.host ?? "";
  if (!isLocalHost(host)) return NOT_LOCAL;
  const { origin, "sec-fetch-site": site } = request.headers;
  const isForeign =
    (origin !== undefined && origin !== `http://${host}`) || site === "cross-site" || site === "same-site";
  if (isForeign && request.method !== "GET") return sentence(403, "This request comes from another site.");
  const received = fetchRequest(request, host);
  if (received === null) return sentence(400, "This is no request that the API reads.");
  const response = await api(received, newRequestId());
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}

/** No operation has this path. */
const NOWHERE = "/";

/** `null` where fetch refuses the method or the address. */
function fetchRequest(request: IncomingMessage, host: string): Request | null {
  const { method = "GET", url = "" } = request;
  const target = isPlainPath(url.replace(/\?.*$/s, "")) ? url : NOWHERE;
  const hasBody = method !== "GET" && method !== "HEAD";
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  try {
    const init = { method, headers, ...(hasBody && { body: Readable.toWeb(request), duplex: "half" }) };
    return new Request(new URL(target, `http://${host}`), init as RequestInit);
  } catch {
    return null;
  }
}
