/** A sign-in that this tab started. It is kept while the reader is at the user pool, and contains no token. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  /** The PKCE code verifier (RFC 7636), 43 characters. */
  readonly verifier: string;
  /** The path of this page, with its query, to return to. */
  readonly backTo: string;
}

const KEY = "dapanoskop sign-in";

/** Starts a sign-in, with 256 random bits in each secret. A tab has one attempt: a new one replaces it. */
export function startAttempt(storage: Storage, backTo: string): SignInAttempt {
  const attempt = { state: secret(), nonce: secret(), verifier: secret(), backTo };
  storage.setItem(KEY, JSON.stringify(attempt));
  return attempt;
}

/** Removes the attempt from the storage and returns it, so that an answer cannot be used twice. */
export function takeAttempt(storage: Storage): SignInAttempt | null {
  const text = storage.getItem(KEY);
  storage.removeItem(KEY);
  if (text === null) return null;
  try {
    const { state, nonce, verifier, backTo } = JSON.parse(text);
    const isWhole = [state, nonce, verifier, backTo].every((part) => typeof part === "string");
    return isWhole ? { state, nonce, verifier, backTo } : null;
  } catch {
    return null;
  }
}

/** The PKCE code challenge of a verifier, by method S256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

const secret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
