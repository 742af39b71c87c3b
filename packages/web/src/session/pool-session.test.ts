import { createSignal } from "solid-js";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type PoolSessionDependencies, poolSession } from "./pool-session.ts";

const pool = { domain: "https://pool.example.com", clientId: "abc" };
const zoe = { access_token: "secret", expires_at: 1, user: { name: "Zoë Müller", email: null } };

let mayRead: boolean;
let auth: () => Response;
const requests: string[] = [];
const opened: string[] = [];

/** A tab that sends its messages to the given other tabs. */
function aTab(answer = "", others: PoolSessionDependencies["tabs"][] = [], hasApi = false) {
  const tabs: PoolSessionDependencies["tabs"] = {
    onmessage: null,
    postMessage: (data) => {
      for (const { onmessage } of others) {
        onmessage?.call(new BroadcastChannel("unused"), new MessageEvent("message", { data }));
      }
    },
  };
  const reload = vi.fn();
  const session = poolSession(pool, {
    fetch: async (input, init) => {
      requests.push(`${init?.method} ${input}`);
      if (String(input) === "/data/index.json") return new Response(null, { status: mayRead ? 200 : 403 });
      const response = auth();
      mayRead = response.ok;
      return response;
    },
    hasApi,
    user: createSignal<string | null>(null),
    origin: "https://cost.example.com",
    answer: new URLSearchParams(answer),
    storage: sessionStorage,
    locks: { request: oneByOne as LockManager["request"] },
    tabs,
    navigate: (address) => void opened.push(address),
    reload,
  });
  return { session, tabs, reload };
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
  requests.length = 0;
  opened.length = 0;
});

/** The state that this tab sent to the user pool. */
const stateOf = () => new URL(opened.at(-1) ?? "").searchParams.get("state") ?? "";

describe("a session of a user pool", () => {
  it("is renewed once for all requests that were refused, in all tabs", async () => {
    const one = aTab();
    const two = aTab("", [one.tabs]);
    const renewals = [one, one, two, two].map(({ session }) => session.renew());
    expect(await Promise.all(renewals)).toEqual([true, true, true, true]);
    expect(requests.filter((each) => each === "POST /auth/refresh")).toHaveLength(1);
  });

  it("ends when the handler refuses it, and stays when the handler cannot decide", async () => {
    auth = () => new Response(null, { status: 401 });
    expect(await aTab().session.renew()).toBe(false);
    auth = () => new Response(null, { status: 503 });
    await expect(aTab().session.renew()).rejects.toThrow(/could not check your access .*status 503/);
    auth = () => Response.json({ user: { name: 7 } });
    await expect(aTab().session.renew()).rejects.toThrow(/could not check your access/);
  });

  it("requests the name of the user once for all tabs", async () => {
    const one = aTab();
    const two = aTab("", [one.tabs]);
    await two.session.loadUser();
    await one.session.loadUser();
    expect([one, two].map(({ session }) => session.user())).toEqual(["Zoë Müller", "Zoë Müller"]);
    expect(requests).toEqual(["POST /auth/refresh"]);
  });

  it("asks for the scopes of the API where the site has one", async () => {
    await aTab("", [], true).session.signIn("/plans");
    expect(new URL(opened[0] ?? "").searchParams.get("scope")).toBe(
      "openid email dapanoskop/read dapanoskop/write",
    );
  });

  it("keeps the access token in memory, and renews it once for all requests that the API refused", async () => {
    const { session } = aTab();
    let issued = 0;
    auth = () => Response.json({ ...zoe, access_token: `token ${++issued}` });
    expect(await Promise.all([session.accessToken(), session.accessToken()])).toEqual(["token 1", "token 1"]);
    const refused = ["token 1", "token 1"];
    expect(await Promise.all(refused.map((token) => session.accessToken(token)))).toEqual([
      "token 2",
      "token 2",
    ]);
    expect(await session.accessToken()).toBe("token 2");
    expect(requests).toEqual(["POST /auth/refresh", "POST /auth/refresh"]);
    expect(sessionStorage.length + localStorage.length).toBe(0);
  });

  it("has no access token after it ended, and says when the handler cannot decide", async () => {
    const { session } = aTab();
    await session.accessToken();
    auth = () => new Response(null, { status: 503 });
    await expect(session.accessToken("secret")).rejects.toThrow(/could not check your access/);
    auth = () => new Response(null, { status: 401 });
    expect(await session.accessToken("secret")).toBeNull();
  });

  it("sends no access token to the other tabs", async () => {
    const sent: unknown[] = [];
    const other: PoolSessionDependencies["tabs"] = {
      postMessage: () => undefined,
      onmessage: (event: MessageEvent) => void sent.push(event.data),
    };
    await aTab("", [other]).session.accessToken();
    expect(sent).toEqual([{ is: "renewed", user: "Zoë Müller" }]);
  });

  it("starts a sign-in with secrets of 256 bits; the verifier leaves the tab only as a hash", async () => {
    await aTab().session.signIn("/storage?period=2026-01");
    const url = new URL(opened[0] ?? "");
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

  it("ends in every tab and at the user pool when the user signs out", async () => {
    const other = aTab();
    const one = aTab("", [other.tabs]);
    auth = () => new Response(null, { status: 204 });
    await one.session.signOut();
    expect(requests).toEqual(["POST /auth/logout"]);
    expect(other.reload).toHaveBeenCalledOnce();
    expect(opened).toEqual([
      "https://pool.example.com/logout?client_id=abc&logout_uri=https%3A%2F%2Fcost.example.com%2F",
    ]);
  });

  it("reports a sign-out that the handler could not complete, and completes it when tried again", async () => {
    const other = aTab();
    const one = aTab("", [other.tabs]);
    auth = () => new Response(null, { status: 503 });
    await expect(one.session.signOut()).rejects.toThrow(/not complete.*up to 12 hours.*Try again/);
    // The cookies may be deleted, so the other tab reloads.
    expect(other.reload).toHaveBeenCalledOnce();
    expect(opened).toEqual([]);
    auth = () => new Response(null, { status: 204 });
    await one.session.signOut();
    expect(opened).toHaveLength(1);
  });

  it("reports an unknown result when the handler was not reached, and changes no other tab", async () => {
    const other = aTab();
    const one = aTab("", [other.tabs]);
    auth = () => {
      throw new TypeError("Failed to fetch");
    };
    await expect(one.session.signOut()).rejects.toThrow(
      "Whether you are signed out is unknown: the sign-in service was not reached. Check the connection and try again.",
    );
    expect(other.reload).not.toHaveBeenCalled();
    expect(opened).toEqual([]);
  });
});

describe("an answer from the user pool", () => {
  it.each([
    ["/workload?name=%3Cb%3E&period=2026-01", "/workload?name=%3Cb%3E&period=2026-01"],
    ["https://elsewhere.example.com/", "/"],
    ["//elsewhere.example.com", "/"],
    ["/\\elsewhere.example.com", "/"],
  ])("returns to %s only if it is a path of this page", async (backTo, place) => {
    await aTab().session.signIn(backTo);
    expect(await aTab(`code=c&state=${stateOf()}`).session.completeSignIn()).toBe(place);
  });

  it("is used once: the attempt is deleted before the code is sent", async () => {
    await aTab().session.signIn("/");
    const tab = aTab(`code=c&state=${stateOf()}`);
    auth = () => {
      expect(sessionStorage.length).toBe(0);
      return Response.json(zoe);
    };
    await tab.session.completeSignIn();
    await expect(tab.session.completeSignIn()).rejects.toThrow(/did not start a sign-in/);
    expect(requests).toEqual(["POST /auth/session"]);
  });

  it.each([
    ["a wrong state", "code=c&state=other", /does not belong to the sign-in/],
    ["no state", "code=c", /does not belong to the sign-in/],
  ])("with %s is not sent to the handler", async (_, answer, words) => {
    await aTab().session.signIn("/");
    await expect(aTab(answer).session.completeSignIn()).rejects.toThrow(words);
    expect(requests).toEqual([]);
    expect(sessionStorage.length).toBe(0);
  });

  it("that the user pool or the handler refuses is reported with the next step", async () => {
    await aTab().session.signIn("/");
    const denied = aTab(`error=access_denied&state=${stateOf()}`);
    await expect(denied.session.completeSignIn()).rejects.toThrow(/refused the sign-in/);
    await aTab().session.signIn("/");
    auth = () => new Response(null, { status: 401 });
    await expect(aTab(`code=c&state=${stateOf()}`).session.completeSignIn()).rejects.toThrow(/was refused/);
  });

  it("is not used when the stored attempt is damaged", async () => {
    for (const memory of ["{", "{}", '{"state":1}', "null"]) {
      sessionStorage.setItem("dapanoskop sign-in", memory);
      await expect(aTab("code=c&state=1").session.completeSignIn()).rejects.toThrow(
        /did not start a sign-in/,
      );
    }
  });
});
