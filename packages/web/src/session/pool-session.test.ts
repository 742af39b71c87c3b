import { createSignal } from "solid-js";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type PoolSessionDependencies, poolSession } from "./pool-session.ts";

const pool = { domain: "https://pool.example.com", clientId: "abc" };
const zoe = { access_token: "secret", expires_at: 1, user: { name: "Zoë Müller", email: null } };

let mayRead: boolean;
let auth: () => Response;
const asked: string[] = [];
const left: string[] = [];

/** A tab; what it sends to others is heard by those that it is given. */
function aTab(answer = "", others: PoolSessionDependencies["tabs"][] = []) {
  const tabs: PoolSessionDependencies["tabs"] = {
    onmessage: null,
    postMessage: (data) => {
      for (const { onmessage } of others) {
        onmessage?.call(new BroadcastChannel("unheard"), new MessageEvent("message", { data }));
      }
    },
  };
  const restart = vi.fn();
  const session = poolSession(pool, {
    fetch: async (input, init) => {
      asked.push(`${init?.method} ${input}`);
      if (String(input) === "/data/index.json") return new Response(null, { status: mayRead ? 200 : 403 });
      const response = auth();
      mayRead = response.ok;
      return response;
    },
    user: createSignal<string | null>(null),
    origin: "https://cost.example.com",
    answer: new URLSearchParams(answer),
    storage: sessionStorage,
    locks: { request: oneByOne as LockManager["request"] },
    tabs,
    leave: (address) => void left.push(address),
    restart,
  });
  return { session, tabs, restart };
}

let last: Promise<unknown> = Promise.resolve();
function oneByOne<Result>(_: string, act: () => Promise<Result>): Promise<Result> {
  const next = last.then(act);
  last = next.catch(() => undefined);
  return next;
}

beforeEach(() => {
  sessionStorage.clear();
  mayRead = false;
  auth = () => Response.json(zoe);
  asked.length = 0;
  left.length = 0;
});

/** The state with which this tab went to the user pool. */
const stateOf = () => new URL(left.at(-1) ?? "").searchParams.get("state") ?? "";

describe("a session of a user pool", () => {
  it("is renewed once, for all that were refused in any tab", async () => {
    const one = aTab();
    const two = aTab("", [one.tabs]);
    const renewals = [one, one, two, two].map(({ session }) => session.renew());
    expect(await Promise.all(renewals)).toEqual([true, true, true, true]);
    expect(asked.filter((each) => each === "POST /auth/refresh")).toHaveLength(1);
  });

  it("that the handler refuses is over, and one that could not be decided is not", async () => {
    auth = () => new Response(null, { status: 401 });
    expect(await aTab().session.renew()).toBe(false);
    auth = () => new Response(null, { status: 503 });
    await expect(aTab().session.renew()).rejects.toThrow(/could not be decided now \(503\)/);
    auth = () => Response.json({ user: { name: 7 } });
    await expect(aTab().session.renew()).rejects.toThrow(/could not be decided now/);
  });

  it("greets once: what any tab has learned is not asked again", async () => {
    const one = aTab();
    const two = aTab("", [one.tabs]);
    await two.session.greet();
    await one.session.greet();
    expect([one, two].map(({ session }) => session.user())).toEqual(["Zoë Müller", "Zoë Müller"]);
    expect(asked).toEqual(["POST /auth/refresh"]);
  });

  it("begins with secrets of 256 bits that leave the tab as hashes or to be compared", async () => {
    await aTab().session.signIn("/storage?period=2026-01");
    const url = new URL(left[0] ?? "");
    const { verifier, nonce, state } = JSON.parse(sessionStorage.getItem("dapanoskop sign-in") ?? "");
    expect(`${url.origin}${url.pathname}`).toBe("https://pool.example.com/oauth2/authorize");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: "code",
      client_id: "abc",
      redirect_uri: "https://cost.example.com/callback",
      scope: "openid email",
      state,
      nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    expect(new Set([verifier, nonce, state, url.searchParams.get("code_challenge")]).size).toBe(4);
    for (const secret of [verifier, nonce, state]) expect(secret).toMatch(/^[\w-]{43}$/);
  });

  it("ends in every tab, and at the user pool", async () => {
    const other = aTab();
    const one = aTab("", [other.tabs]);
    auth = () => new Response(null, { status: 204 });
    await one.session.signOut();
    expect(asked).toEqual(["POST /auth/logout"]);
    expect(other.restart).toHaveBeenCalledOnce();
    expect(left).toEqual([
      "https://pool.example.com/logout?client_id=abc&logout_uri=https%3A%2F%2Fcost.example.com%2F",
    ]);
  });

  it("that was not revoked is said to be open still, in a page that stays; trying again ends it", async () => {
    const other = aTab();
    const one = aTab("", [other.tabs]);
    auth = () => new Response(null, { status: 503 });
    await expect(one.session.signOut()).rejects.toThrow(/not complete.*within 12 hours.*Try again/);
    // The cookies may be gone: the other tab looks for itself.
    expect(other.restart).toHaveBeenCalledOnce();
    expect(left).toEqual([]);
    auth = () => new Response(null, { status: 204 });
    await one.session.signOut();
    expect(left).toHaveLength(1);
  });

  it("is of an unknown fate where the handler was not reached: no tab is disturbed", async () => {
    const other = aTab();
    const one = aTab("", [other.tabs]);
    auth = () => {
      throw new TypeError("Failed to fetch");
    };
    await expect(one.session.signOut()).rejects.toThrow(
      "Whether you are signed out is not known: the sign-in service was not reached. Check the connection and try again.",
    );
    expect(other.restart).not.toHaveBeenCalled();
    expect(left).toEqual([]);
  });
});

describe("an answer from the user pool", () => {
  it.each([
    ["/workload?name=%3Cb%3E&period=2026-01", "/workload?name=%3Cb%3E&period=2026-01"],
    ["https://elsewhere.example.com/", "/"],
    ["//elsewhere.example.com", "/"],
    ["/\\elsewhere.example.com", "/"],
  ])("leads back to %s only where that is ours", async (backTo, place) => {
    await aTab().session.signIn(backTo);
    expect(await aTab(`code=c&state=${stateOf()}`).session.complete()).toBe(place);
  });

  it("is used once, and forgotten before it is used", async () => {
    await aTab().session.signIn("/");
    const tab = aTab(`code=c&state=${stateOf()}`);
    auth = () => {
      expect(sessionStorage.length).toBe(0);
      return Response.json(zoe);
    };
    await tab.session.complete();
    await expect(tab.session.complete()).rejects.toThrow(/begun no sign-in/);
    expect(asked).toEqual(["POST /auth/session"]);
  });

  it.each([
    ["a wrong state", "code=c&state=other", /not the answer/],
    ["no state", "code=c", /not the answer/],
  ])("with %s is not handed over", async (_, answer, words) => {
    await aTab().session.signIn("/");
    await expect(aTab(answer).session.complete()).rejects.toThrow(words);
    expect(asked).toEqual([]);
    expect(sessionStorage.length).toBe(0);
  });

  it("that lets nobody in, or that the handler refuses, is explained", async () => {
    await aTab().session.signIn("/");
    const denied = aTab(`error=access_denied&state=${stateOf()}`);
    await expect(denied.session.complete()).rejects.toThrow(/let nobody in/);
    await aTab().session.signIn("/");
    auth = () => new Response(null, { status: 401 });
    await expect(aTab(`code=c&state=${stateOf()}`).session.complete()).rejects.toThrow(/was refused/);
  });

  it("is of no use where the tab's memory of it was tampered with", async () => {
    for (const memory of ["{", "{}", '{"state":1}', "null"]) {
      sessionStorage.setItem("dapanoskop sign-in", memory);
      await expect(aTab("code=c&state=1").session.complete()).rejects.toThrow(/begun no sign-in/);
    }
  });
});
