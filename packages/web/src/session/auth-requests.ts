import { SessionError } from "./session.ts";

/** Who the auth handler says is signed in; `null` where it refused. */
export type AdmittedUser = { readonly name: string } | null;

/** The page's requests to the auth handler at `/auth/*`. Its cookies are the browser's business: no script sees them. */
export interface AuthRequests {
  /** Hands over the code that came back from the user pool. @throws SessionError */
  open(code: string, verifier: string, nonce: string): Promise<AdmittedUser>;
  /** @throws SessionError when it could not be decided now: the session stays */
  refresh(): Promise<AdmittedUser>;
  /**
   * Takes the cookies away and revokes the session: `false` where the handler could not do both.
   * @throws SessionError when it was not reached: nothing is known then
   */
  close(): Promise<boolean>;
}

/** The handler itself is stopped after this long, in milliseconds. */
const TIMEOUT = 30_000;

export function authRequests(fetch: typeof globalThis.fetch): AuthRequests {
  async function post(path: string, content: object, lead = "The"): Promise<Response> {
    const body = JSON.stringify(content);
    try {
      return await fetch(path, {
        method: "POST",
        body,
        headers: {
          "content-type": "application/json",
          "x-dapanoskop": "1",
          // CloudFront signs the request to the function, but not its body.
          "x-amz-content-sha256": await sha256(body),
        },
        // A rotated token whose answer is lost ends the session: the answer is taken even while the page goes away.
        keepalive: true,
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch (cause) {
      throw new SessionError(`${lead} sign-in service was not reached. Check the connection and try again.`, {
        cause,
      });
    }
  }

  return {
    open: async (code, verifier, nonce) =>
      admitted(await post("/auth/session", { code, code_verifier: verifier, nonce })),
    refresh: async () => admitted(await post("/auth/refresh", {})),
    async close() {
      const { ok } = await post("/auth/logout", {}, "Whether you are signed out is not known: the");
      return ok;
    },
  };
}

/** The access token is left where it is: nothing here has a use for it, and what is not kept cannot be stolen. */
async function admitted(response: Response): Promise<AdmittedUser> {
  if (response.status === 401) return null;
  if (response.ok) {
    const name: unknown = (await response.json().catch(() => null))?.user?.name;
    if (typeof name === "string") return { name };
  }
  throw new SessionError(
    `Whether you may see these figures could not be decided now (${response.status}). Try again in a minute.`,
  );
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
