import { createSignal } from "solid-js";
import { noSession, type Session, SessionError } from "./session.ts";
import { CONFIG_KEY, parseSiteConfig, type UserPool } from "./site-config.ts";

/** Makes the session of a user pool. Its code is loaded only where a pool is named. */
export type PoolSession = (pool: UserPool) => Promise<Session>;

/**
 * A session that asks `config.json` at the first need: when data is refused, when somebody comes back from signing in,
 * or wants to sign out. So the first figure waits for no sign-in code, and loopback never asks at all.
 * @param poolSession `null` in a build that knows no sign-in; then a site with a pool says so
 */
export function openSession(fetch: typeof globalThis.fetch, poolSession: PoolSession | null): Session {
  let opened: Promise<Session> | null = null;
  const [current, setCurrent] = createSignal<Session>(noSession);

  async function open(): Promise<Session> {
    const { userPool } = await readConfig(fetch);
    if (userPool === null) return noSession;
    if (poolSession === null) {
      throw new SessionError(
        "This site asks for sign-in, and this build of the page has none. Deploy a newer page.",
      );
    }
    return setCurrent(await poolSession(userPool));
  }

  const session = (): Promise<Session> => {
    opened ??= open().catch((error: unknown) => {
      opened = null; // the next one may have better luck
      throw error;
    });
    return opened;
  };

  return {
    user: () => current().user(),
    renew: async () => (await session()).renew(),
    greet: async () => (await session()).greet(),
    signIn: async (backTo) => (await session()).signIn(backTo),
    complete: async () => (await session()).complete(),
    signOut: async () => (await session()).signOut(),
  };
}

async function readConfig(fetch: typeof globalThis.fetch) {
  const response = await fetch(CONFIG_KEY);
  // Absent where nobody signs in.
  if (response.status === 404 || response.status === 403) return { userPool: null };
  if (!response.ok)
    throw new SessionError(`${CONFIG_KEY} was answered with ${response.status}. Try again later.`);
  return parseSiteConfig(await response.json());
}
