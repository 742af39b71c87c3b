import { SessionError } from "./session.ts";

/** The user that the auth handler signed in; `null` where it refused. */
export type AdmittedUser = { readonly name: string; readonly accessToken: string } | null;

/** The page's requests to the auth handler at `/auth/*`. Scripts cannot read its cookies. */
export interface AuthRequests {
  /** Exchanges the code from the user pool for a session. @throws SessionError */
  open(code: string, verifier: string, nonce: string): Promise<AdmittedUser>;
  /** Renews the session. @throws SessionError when that could not be decided; the session is unchanged */
  refresh(): Promise<AdmittedUser>;
  /**
   * Deletes the cookies and revokes the session; `false` where the handler could not do both.
   * @throws SessionError when the handler was not reached, so that the result is unknown
   */
  close(): Promise<boolean>;
}

/** The handler's own timeout, in milliseconds. */
const TIMEOUT = 30_000;

export function authRequests(fetch: typeof globalThis.fetch): AuthRequests {
  async function post(path: string, content: object, opening = "The"): Promise<Response> {
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
        // If the response with a rotated token were lost, the session would end: it arrives even when the page is closed.
        keepalive: true,
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch (cause) {
      throw new SessionError(
        `${opening} sign-in service was not reached. Check the connection and try again.`,
        {
          cause,
        },
      );
    }
  }

  return {
    open: async (code, verifier, nonce) =>
      admitted(await post("/auth/session", { code, code_verifier: verifier, nonce })),
    refresh: async () => admitted(await post("/auth/refresh", {})),
    async close() {
      const { ok } = await post("/auth/logout", {}, "Whether you are signed out is unknown: the");
      return ok;
    },
  };
}

async function admitted(response: Response): Promise<AdmittedUser> {
  if (response.status === 401) return null;
  if (response.ok) {
    const body = await response.json().catch(() => null);
    const [name, accessToken]: readonly unknown[] = [body?.user?.name, body?.access_token];
    if (typeof name === "string" && typeof accessToken === "string") return { name, accessToken };
  }
  throw new SessionError(
    `The sign-in service could not check your access to these figures (status ${response.status}). Try again in a minute.`,
  );
}

async function sha256(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
