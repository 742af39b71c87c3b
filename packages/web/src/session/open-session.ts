import { createSignal } from "solid-js";
import { noSession, type Session, SessionError } from "./session.ts";
import { CONFIG_KEY, parseSiteConfig, type SiteConfig, type UserPool } from "./site-config.ts";

/** Creates the session of a user pool. Its code is loaded only if a pool is configured. */
export type PoolSessionFactory = (pool: UserPool, hasApi: boolean) => Promise<Session>;

/**
 * A session that reads `config.json` when it is first needed: when data is refused, when the reader signs in or out, or when
 * the page asks for the API. The first figure does not wait for it.
 * @param poolSession `null` in a build without sign-in; with a configured pool, that is an error
 */
export function openSession(fetch: typeof globalThis.fetch, poolSession: PoolSessionFactory | null): Session {
  let opened: Promise<Session> | null = null;
  let known: Promise<SiteConfig> | null = null;
  const [current, setCurrent] = createSignal<Session>(noSession);

  const config = (): Promise<SiteConfig> => {
    known ??= readConfig(fetch).catch((error: unknown) => {
      known = null; // the next call tries again
      throw error;
    });
    return known;
  };

  async function open(): Promise<Session> {
    const { userPool, hasApi } = await config();
    if (userPool === null) return noSession;
    if (poolSession === null) {
      throw new SessionError(
        "This site requires sign-in, and this build of the page has none. Deploy a newer page.",
      );
    }
    return setCurrent(await poolSession(userPool, hasApi));
  }

  const session = (): Promise<Session> => {
    opened ??= open().catch((error: unknown) => {
      opened = null; // the next call tries again
      throw error;
    });
    return opened;
  };

  return {
    user: () => current().user(),
    renew: async () => (await session()).renew(),
    loadUser: async () => (await session()).loadUser(),
    hasApi: async () => (await config()).hasApi,
    accessToken: async (refused) => (await session()).accessToken(refused),
    signIn: async (backTo) => (await session()).signIn(backTo),
    completeSignIn: async () => (await session()).completeSignIn(),
    signOut: async () => (await session()).signOut(),
  };
}

async function readConfig(fetch: typeof globalThis.fetch): Promise<SiteConfig> {
  const response = await fetch(CONFIG_KEY);
  // The file is absent where there is no sign-in.
  if (response.status === 404 || response.status === 403) return { userPool: null, hasApi: false };
  if (!response.ok)
    throw new SessionError(
      `The server answered the request for ${CONFIG_KEY} with status ${response.status}. Try again later.`,
    );
  return parseSiteConfig(await response.json());
}
