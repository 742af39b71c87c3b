import type { Signal } from "solid-js";
import { authRequests } from "./auth-requests.ts";
import { type Session, SessionError } from "./session.ts";
import { beginAttempt, challengeOf, takeAttempt } from "./sign-in-attempt.ts";
import type { UserPool } from "./site-config.ts";

/** What the session of a user pool needs from the browser. */
export interface PoolSessionDependencies {
  readonly fetch: typeof globalThis.fetch;
  /** The name that is greeted. Handed in, so that this file needs nothing of the page's. */
  readonly user: Signal<string | null>;
  /** Of the page: `https://cost.example.com`. */
  readonly origin: string;
  /** What the user pool answered in the address; empty where this is no way back. */
  readonly answer: URLSearchParams;
  /** Of this tab. */
  readonly storage: Storage;
  /** Of all tabs: what changes the cookies is done by one at a time. */
  readonly locks: Pick<LockManager, "request">;
  /** To the other tabs. */
  readonly tabs: Pick<BroadcastChannel, "postMessage" | "onmessage">;
  /** Goes to another address. */
  leave(address: string): void;
  /** Draws the page afresh: nothing that was read stays in memory. */
  restart(): void;
}

export const LOCK = "dapanoskop session";

/** Cheap to ask, and behind the same door as every figure. */
const DATA = "/data/index.json";

/** What tabs tell each other. */
type News = { readonly is: "renewed"; readonly user: string } | { readonly is: "ended" };

/**
 * The session of a Cognito user pool: code flow with PKCE, state and nonce; then the auth handler keeps everything in
 * cookies that no script can read. Here remains nothing but the name that is greeted.
 */
export function poolSession({ domain, clientId }: UserPool, dependencies: PoolSessionDependencies): Session {
  const { origin, storage, tabs, fetch, answer } = dependencies;
  const auth = authRequests(fetch);
  const [user, setUser] = dependencies.user;
  let renewing: Promise<boolean> | null = null;
  /** The handler has told this tab who is reading, or that nobody is. */
  let isAnswered = false;

  const alone = <Result>(act: () => Promise<Result>): Promise<Result> =>
    dependencies.locks.request(LOCK, act);
  const tell = (news: News) => tabs.postMessage(news);

  tabs.onmessage = ({ data }: MessageEvent<News>) => {
    if (data.is === "ended") return dependencies.restart();
    isAnswered = true;
    setUser(data.user);
  };

  function welcome(name: string): void {
    isAnswered = true;
    setUser(name);
    tell({ is: "renewed", user: name });
  }

  async function refresh(): Promise<boolean> {
    const admitted = await auth.refresh();
    isAnswered = true;
    if (admitted === null) setUser(null);
    else welcome(admitted.name);
    return admitted !== null;
  }

  return {
    user,
    renew() {
      // While this tab waited, another one may have renewed the session, or opened one.
      renewing ??= alone(async () => (await mayRead(fetch)) || refresh()).finally(() => {
        renewing = null;
      });
      return renewing;
    },
    async greet() {
      await alone(async () => isAnswered || refresh());
    },
    async signIn(backTo) {
      const { state, nonce, verifier } = beginAttempt(storage, backTo);
      const query = new URLSearchParams({
        response_type: "code",
        client_id: clientId,
        redirect_uri: `${origin}/callback`,
        scope: "openid email",
        state,
        nonce,
        code_challenge: await challengeOf(verifier),
        code_challenge_method: "S256",
      });
      dependencies.leave(`${domain}/oauth2/authorize?${query}`);
    },
    async complete() {
      const attempt = takeAttempt(storage);
      if (attempt === null) {
        throw new SessionError(
          "This tab has begun no sign-in, or its answer was used already. Sign in again.",
        );
      }
      if (answer.get("state") !== attempt.state) {
        throw new SessionError(
          "This is not the answer to the sign-in that this tab began, so it was not used. Sign in again.",
        );
      }
      const code = answer.get("code");
      if (code === null) {
        throw new SessionError("The user pool let nobody in. Sign in again, or ask who keeps its users.");
      }
      const admitted = await alone(() => auth.open(code, attempt.verifier, attempt.nonce));
      if (admitted === null) {
        throw new SessionError(
          "The sign-in was refused: it took too long, was used already, or your account may not see these figures. Sign in again, or ask who keeps its users.",
        );
      }
      welcome(admitted.name);
      return pathOfOurs(attempt.backTo, origin);
    },
    async signOut() {
      const isEnded = await alone(() => auth.close());
      // The cookies may be gone either way: the other tabs look for themselves.
      tell({ is: "ended" });
      if (!isEnded) {
        throw new SessionError(
          "Signing out is not complete: the sign-in service could not end your session everywhere. This browser may have forgotten it already; elsewhere it ends within 12 hours. Try again in a minute.",
        );
      }
      // The user pool remembers the reader too.
      dependencies.leave(
        `${domain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: `${origin}/` })}`,
      );
    },
  };
}

async function mayRead(fetch: typeof globalThis.fetch): Promise<boolean> {
  const { ok } = await fetch(DATA, { method: "HEAD", cache: "no-store" });
  return ok;
}

function pathOfOurs(backTo: string, origin: string): string {
  if (!URL.canParse(backTo, origin)) return "/";
  const url = new URL(backTo, origin);
  return url.origin === origin ? `${url.pathname}${url.search}` : "/";
}
