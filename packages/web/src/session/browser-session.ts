import { createSignal } from "solid-js";
import { openSession } from "./open-session.ts";
import type { Session } from "./session.ts";

/** How long after the page stands the reader is greeted, in milliseconds: the figures come first. */
const FIGURES_FIRST = 1_500;

/** Where the user pool sends a reader back to. */
const CALLBACK = "/callback";

/**
 * The session of this tab. To be made before anything else reads the address: links that keep the query would keep the
 * user pool's answer too.
 * The code of a user pool's session is fetched where `config.json` names one.
 */
export function browserSession(fetch: typeof globalThis.fetch): Session {
  const answer = takeAnswer();
  const session = openSession(fetch, async (pool) => {
    const { poolSession } = await import("./pool-session.ts");
    return poolSession(pool, {
      fetch,
      user: createSignal<string | null>(null),
      origin: location.origin,
      answer,
      storage: sessionStorage,
      locks: navigator.locks,
      tabs: new BroadcastChannel("dapanoskop session"),
      leave: (address) => location.assign(address),
      restart: () => location.reload(),
    });
  });
  // A greeting that fails is not worth a word: the figures are there, and the next one may have better luck.
  const greet = () => setTimeout(() => void session.greet().catch(() => undefined), FIGURES_FIRST);
  if (document.readyState === "complete") greet();
  else addEventListener("load", greet);
  return session;
}

/** Takes the answer out of address and history. */
function takeAnswer(): URLSearchParams {
  if (location.pathname !== CALLBACK) return new URLSearchParams();
  const answer = new URLSearchParams(location.search);
  history.replaceState(history.state, "", CALLBACK);
  return answer;
}
