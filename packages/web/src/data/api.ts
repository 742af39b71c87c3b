import type { Session } from "../session/session.ts";
import { DataError } from "./failure.ts";

/** Requests to the API under `/api/`. */
export interface Api {
  /** Whether the site has the API. @throws SessionError, TypeError where the site's configuration cannot be read */
  isOn(): Promise<boolean>;
  /**
   * Sends a request, and once more with another access token where the first one was refused.
   * @param parse checks the answer's JSON
   * @throws DataError with the API's own sentence where it has one
   */
  request<Answer>(request: ApiRequest, parse: (json: unknown) => Answer): Promise<Answer>;
}

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below `/api`, each part encoded: `/plans/shop/4f1c`. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** An answer whose body is no JSON, or broke off. */
const NO_JSON = Symbol("no JSON");

/** A path below `/api`. Its parts may be any strings. */
export const apiPath = (...parts: readonly string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part)}`).join("");

/** The API of the page's own origin, with the session's access token. */
export function makeApi(fetch: typeof globalThis.fetch, session: Session): Api {
  async function send({ method, path, body }: ApiRequest, token: string | null): Promise<Response> {
    try {
      return await fetch(`/api${path}`, {
        method,
        headers: {
          accept: "application/json",
          // A page of another origin cannot send this header.
          "x-dapanoskop": "1",
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new DataError("offline", "The API could not be reached: there is no connection.", { cause });
    }
  }

  async function accepted(request: ApiRequest): Promise<Response> {
    const token = await session.accessToken();
    const response = await send(request, token);
    if (response.status !== 401 || token === null) return response;
    const other = await session.accessToken(token);
    return other === null ? response : send(request, other);
  }

  return {
    isOn: () => session.hasApi(),
    async request(request, parse) {
      const response = await accepted(request);
      const json: unknown = await response.json().catch(() => NO_JSON);
      if (!response.ok) throw refusal(response.status, json);
      if (json === NO_JSON && response.status !== 204)
        throw new DataError(
          "server",
          "The answer of the API broke off, or is no JSON. Try again in a minute.",
        );
      try {
        return parse(json);
      } catch (cause) {
        throw new DataError(
          "newer",
          "The API answered in a form that this page cannot read: one of the two is newer. Load the page again.",
          { cause },
        );
      }
    },
  };
}

/** An answer that is not a success. */
function refusal(status: number, json: unknown): DataError {
  const sentence = sentenceOf(json);
  if (status === 401 || status === 403)
    return new DataError("refused", "Your session has ended, or you have no access to this.");
  if (status === 404)
    return new DataError("missing", sentence ?? "This does not exist, or does not belong to you.");
  if (status === 429)
    return new DataError("server", "The API had too many requests. Try again in a few seconds.");
  if (status < 500 && sentence !== null) return new DataError("invalid", sentence);
  return new DataError(
    "server",
    sentence ?? `The API answered with status ${status}. Try again in a minute.`,
  );
}

/** The sentence of an error's body. */
function sentenceOf(json: unknown): string | null {
  if (typeof json !== "object" || json === null || !("message" in json)) return null;
  return typeof json.message === "string" && json.message !== "" ? json.message.slice(0, 500) : null;
}
