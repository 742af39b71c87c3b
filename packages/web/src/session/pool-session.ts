import type { Signal } from "solid-js";
import { authRequests } from "./auth-requests.ts";
import { type Session, SessionError } from "./session.ts";
import { challengeOf, startAttempt, takeAttempt } from "./sign-in-attempt.ts";
import type { UserPool } from "./site-config.ts";

/** What the session of a user pool uses of the browser. */
export interface PoolSessionDependencies {
  readonly fetch: typeof globalThis.fetch;
  /** The site has the API: the reader signs in for its scopes as well. */
  readonly hasApi: boolean;
  /** The signed-in user's name. The caller creates the signal, so that this file does not load Solid. */
  readonly user: Signal<string | null>;
  /** Of the page: `https://cost.example.com`. */
  readonly origin: string;
  /** The user pool's answer in the address; empty unless the reader returns from signing in. */
  readonly answer: URLSearchParams;
  /** Of this tab. */
  readonly storage: Storage;
  /** Shared by all tabs: only one at a time changes the cookies. */
  readonly locks: Pick<LockManager, "request">;
  /** Messages to and from the other tabs. */
  readonly tabs: Pick<BroadcastChannel, "postMessage" | "onmessage">;
  /** Opens another address. */
  navigate(address: string): void;
  /** Loads the page again, so that no data that was read stays in memory. */
  reload(): void;
}

const LOCK = "dapanoskop session";

/** A small file with the same access rule as all data. */
const PROBE = "/data/index.json";

/** Of the user pool's resource server. */
const API_SCOPES = "dapanoskop/read dapanoskop/write";

/** What a tab reports to the others. */
type TabMessage = { readonly is: "renewed"; readonly user: string } | { readonly is: "ended" };

/**
 * The session of a Cognito user pool: authorization code flow with PKCE, state and nonce. The auth handler keeps the
 * tokens in cookies that scripts cannot read; the page keeps the user's name, and in memory the access token for the API.
 */
export function poolSession({ domain, clientId }: UserPool, dependencies: PoolSessionDependencies): Session {
  const { origin, storage, tabs, fetch, answer } = dependencies;
  const auth = authRequests(fetch);
  const [user, setUser] = dependencies.user;
  let renewing: Promise<boolean> | null = null;
  /** Whether this tab knows who is signed in, or that nobody is. */
  let isUserKnown = false;
  let accessToken: string | null = null;

  const withLock = <Result>(act: () => Promise<Result>): Promise<Result> =>
    dependencies.locks.request(LOCK, act);
  const broadcast = (message: TabMessage) => tabs.postMessage(message);

  tabs.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data.is === "ended") return dependencies.reload();
    isUserKnown = true;
    setUser(data.user);
  };

  function setSignedIn(name: string): void {
    isUserKnown = true;
    setUser(name);
    broadcast({ is: "renewed", user: name });
  }

  async function refresh(): Promise<boolean> {
    const admitted = await auth.refresh();
    isUserKnown = true;
    accessToken = admitted?.accessToken ?? null;
    if (admitted === null) setUser(null);
    else setSignedIn(admitted.name);
    return admitted !== null;
  }

  return {
    user,
    renew() {
      // Another tab may have renewed the session while this one waited for the lock.
      renewing ??= withLock(async () => (await canRead(fetch)) || refresh()).finally(() => {
        renewing = null;
      });
      return renewing;
    },
    async loadUser() {
      await withLock(async () => isUserKnown || refresh());
    },
    hasApi: async () => dependencies.hasApi,
    async accessToken(refused) {
      // Several requests may have been refused at once: the first of them renews the session.
      await withLock(async () => {
        if (accessToken === null || accessToken === refused) await refresh();
      });
      return accessToken;
    },
    async signIn(backTo) {
      const { state, nonce, verifier } = startAttempt(storage, backTo);
      const query = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: `${origin}/callback`,
        scope: dependencies.hasApi ? `openid email ${API_SCOPES}` : "openid email",
        state,
        nonce,
        code_challenge: await challengeOf(verifier),
        code_challenge_method: "S256",
      });
      dependencies.navigate(`${domain}/oauth2/authorize?${query}`);
    },
    async completeSignIn() {
      const attempt = takeAttempt(storage);
      if (attempt === null) {
        throw new SessionError(
          "This tab did not start a sign-in, or its answer was already used. Sign in again.",
        );
      }
      if (answer.get("state") !== attempt.state) {
        throw new SessionError(
          "This answer does not belong to the sign-in that this tab started, so it was not used. Sign in again.",
        );
      }
      const code = answer.get("code");
      if (code === null) {
        throw new SessionError(
          "The user pool refused the sign-in. Sign in again, or ask the administrator of its users.",
        );
      }
      const admitted = await withLock(() => auth.open(code, attempt.verifier, attempt.nonce));
      if (admitted === null) {
        throw new SessionError(
          "The sign-in was refused: it took too long, was already used, or your account has no access to these figures. Sign in again, or ask the administrator of the user pool.",
        );
      }
      setSignedIn(admitted.name);
      return ownPath(attempt.backTo, origin);
    },
    async signOut() {
      const isEnded = await withLock(() => auth.close());
      // The cookies may be deleted in both cases: the other tabs reload and find out.
      broadcast({ is: "ended" });
      if (!isEnded) {
        throw new SessionError(
          "Signing out is not complete: the sign-in service could not end your session everywhere. This browser may already be signed out; other browsers stay signed in for up to 12 hours. Try again in a minute.",
        );
      }
      // The user pool has a session of its own.
      dependencies.navigate(
        `${domain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: `${origin}/` })}`,
      );
    },
  };
}

async function canRead(fetch: typeof globalThis.fetch): Promise<boolean> {
  const { ok } = await fetch(PROBE, { method: "HEAD", cache: "no-store" });
  return ok;
}

function ownPath(backTo: string, origin: string): string {
  if (!URL.canParse(backTo, origin)) return "/";
  const url = new URL(backTo, origin);
  return url.origin === origin ? `${url.pathname}${url.search}` : "/";
}
