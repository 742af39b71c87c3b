import { createSignal } from "solid-js";
import { openSession } from "./open-session.ts";
import type { Session } from "./session.ts";

/** Delay after the page has loaded, in milliseconds, before the user's name is requested: the figures come first. */
const USER_DELAY = 1_500;

/** The path that the user pool redirects to. */
const CALLBACK = "/callback";

/**
 * The session of this tab. Create it before anything else reads the address: it removes the user pool's answer from the
 * query, which links would keep otherwise. The code for a user pool is loaded only if `config.json` names one.
 */
export function browserSession(fetch: typeof globalThis.fetch): Session {
  const answer = takeAnswer();
  const session = openSession(fetch, async (pool, hasApi) => {
    const { poolSession } = await import("./pool-session.ts");
    return poolSession(pool, {
      fetch,
      hasApi,
      user: createSignal<string | null>(null),
      origin: location.origin,
      answer,
      storage: sessionStorage,
      locks: navigator.locks,
      tabs: new BroadcastChannel("dapanoskop session"),
      navigate: (address) => location.assign(address),
      reload: () => location.reload(),
    });
  });
  // A failure is not reported: the figures are shown without the name, and the next page load tries again.
  const loadUser = () => setTimeout(() => void session.loadUser().catch(() => undefined), USER_DELAY);
  if (document.readyState === "complete") loadUser();
  else addEventListener("load", loadUser);
  return session;
}

/** Removes the user pool's answer from the address and the history, and returns it. */
function takeAnswer(): URLSearchParams {
  if (location.pathname !== CALLBACK) return new URLSearchParams();
  const answer = new URLSearchParams(location.search);
  history.replaceState(history.state, "", CALLBACK);
  return answer;
}
