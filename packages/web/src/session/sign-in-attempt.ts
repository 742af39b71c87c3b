/** A sign-in under way, as this tab remembers it while the reader is away at the user pool. No token is in it. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  /** PKCE's secret (RFC 7636): 43 characters. */
  readonly verifier: string;
  /** Where the reader wanted to go: a path of ours with its query. */
  readonly backTo: string;
}

const KEY = "dapanoskop sign-in";

/** Begins one, with 256 random bits in each of its secrets. One tab has one attempt: a new one takes its place. */
export function beginAttempt(storage: Storage, backTo: string): SignInAttempt {
  const attempt = { state: secret(), nonce: secret(), verifier: secret(), backTo };
  storage.setItem(KEY, JSON.stringify(attempt));
  return attempt;
}

/** Takes the attempt out of the storage before anything is done with it, so that no answer is taken twice. */
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

/** What the user pool is shown of the verifier: S256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

const secret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
