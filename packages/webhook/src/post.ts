/** What came back from one request. */
export type PostResult =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** The first bytes of the body; `""` where it did not arrive whole. */
      readonly body: string;
      /** The header `Retry-After`, where it is a number of seconds. */
      readonly retryAfter: number | null;
    }
  /** No connection came about, or TLS was not agreed on. `code` is the system's, such as `ECONNREFUSED`. */
  | { readonly kind: "unsent"; readonly code: string }
  /** The certificate of the other side is not trusted: nothing was sent. */
  | { readonly kind: "untrusted"; readonly code: string }
  /** The request was sent, all or in part, and no answer arrived. */
  | { readonly kind: "lost"; readonly code: string };

/** So much of an answer is read: error codes are short. In bytes. */
const LONGEST_BODY = 4_096;

/**
 * Posts JSON once. No redirect is followed: it would send the figures to somebody else. Never throws.
 * @param timeout milliseconds for the whole of it, the body of the answer included
 */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  timeout: number,
): Promise<PostResult> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      // A connection that is kept may be dead by the next message, and then nobody knows whether that one was sent.
      headers: { "content-type": "application/json; charset=utf-8", connection: "close", ...headers },
      body,
      signal: AbortSignal.timeout(timeout),
    });
    return {
      kind: "answered",
      status: response.status,
      body: await beginning(response),
      retryAfter: secondsIn(response.headers.get("retry-after")),
    };
  } catch (error) {
    return failureOf(error);
  }
}

async function beginning(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LONGEST_BODY) break;
    }
  } catch {
    // The status has arrived and decides.
    return "";
  }
  return text.slice(0, LONGEST_BODY);
}

const secondsIn = (header: string | null): number | null =>
  header !== null && /^\d{1,6}$/.test(header) ? Number(header) : null;

/** What an error of `fetch` means. Its messages are left out: they may contain the address. */
export function failureOf(error: unknown): Exclude<PostResult, { kind: "answered" }> {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const message = textIn(cause, "message") ?? "";
  // The Fetch standard's name for a port that no request may go to; Node gives it no code.
  if (message === "bad port") return { kind: "unsent", code: message };
  const code = textIn(cause, "code") ?? textIn(cause, "name") ?? "unknown error";
  if (NOT_TRUSTED.test(code)) return { kind: "untrusted", code };
  const unsent =
    NO_CONNECTION.has(code) ||
    NO_HANDSHAKE.test(code) ||
    message.startsWith("Client network socket disconnected before secure TLS connection") ||
    ["connect", "getaddrinfo"].includes(textIn(cause, "syscall") ?? "") ||
    // Node tried every address of a host.
    textIn(cause, "name") === "AggregateError";
  return { kind: unsent ? "unsent" : "lost", code };
}

function textIn(value: unknown, key: string): string | null {
  const found: unknown = Reflect.get(Object(value), key);
  return typeof found === "string" ? found : null;
}

const NOT_TRUSTED = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/**
 * OpenSSL's errors of a TLS handshake: another protocol on this port, or no version or cipher in common. Errors that can
 * also come after the request, such as `ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR`, are not among them.
 */
const NO_HANDSHAKE =
  /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL|TLSV1_UNRECOGNIZED_NAME|.*_ALERT_(HANDSHAKE_FAILURE|PROTOCOL_VERSION))$/;
const NO_CONNECTION = new Set([
  "ECONNREFUSED",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "UND_ERR_CONNECT_TIMEOUT",
]);
