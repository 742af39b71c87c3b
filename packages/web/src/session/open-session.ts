import { createSignal } from "solid-js";
import { noSession, type Session, SessionError } from "./session.ts";
import { CONFIG_KEY, parseSiteConfig, type UserPool } from "./site-config.ts";

/** Creates the session of a user pool. Its code is loaded only if a pool is configured. */
export type PoolSessionFactory = (pool: UserPool) => Promise<Session>;

/**
 * A session that reads `config.json` when it is first needed: when data is refused, or when the reader signs in or out.
 * The first figure does not wait for it.
 * @param poolSession `null` in a build without sign-in; with a configured pool, that is an error
 */
export function openSession(fetch: typeof globalThis.fetch, poolSession: PoolSessionFactory | null): Session {
  let opened: Promise<Session> | null = null;
  const [current, setCurrent] = createSignal<Session>(noSession);

  async function open(): Promise<Session> {
    const { userPool } = await readConfig(fetch);
    if (userPool === null) return noSession;
    if (poolSession === null) {
      throw new SessionError(
        "This site requires sign-in, and this build of the page has none. Deploy a newer page.",
      );
    }
    return setCurrent(await poolSession(userPool));
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
    signIn: async (backTo) => (await session()).signIn(backTo),
    completeSignIn: async () => (await session()).completeSignIn(),
    signOut: async () => (await session()).signOut(),
  };
}

async function readConfig(fetch: typeof globalThis.fetch) {
  const response = await fetch(CONFIG_KEY);
  // The file is absent where there is no sign-in.
  if (response.status === 404 || response.status === 403) return { userPool: null };
  if (!response.ok)
    throw new SessionError(
      `The server answered the request for ${CONFIG_KEY} with status ${response.status}. Try again later.`,
    );
  return parseSiteConfig(await response.json());
}
