import { describe, expect, it, vi } from "vitest";
import { openSession } from "./open-session.ts";
import { noSession } from "./session.ts";
import { parseSiteConfig } from "./site-config.ts";

const answering = (body: string, status = 200) => vi.fn(async () => new Response(body, { status }));
const pool = { domain: "https://auth.example.com", client_id: "abc" };

describe("a session", () => {
  it("reads no configuration until data is refused", () => {
    const fetch = answering("{}");
    expect(openSession(fetch, null).user()).toBeNull();
    expect(fetch).not.toHaveBeenCalled();
  });

  it("reads config.json once for several refused requests", async () => {
    const fetch = answering(JSON.stringify({ user_pool: pool }));
    const renew = vi.fn(async () => true);
    const session = openSession(fetch, async () => ({ ...noSession, renew, user: () => "Zoë Müller" }));
    expect(await Promise.all([session.renew(), session.renew()])).toEqual([true, true]);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(session.user()).toBe("Zoë Müller");
  });

  it("reads config.json once for the API and the user pool, and again after a failure", async () => {
    const fetch = answering(JSON.stringify({ user_pool: pool, api: true }));
    fetch.mockResolvedValueOnce(new Response("", { status: 503 }));
    const session = openSession(fetch, async (_, hasApi) => ({
      ...noSession,
      accessToken: async () => (hasApi ? "token" : null),
    }));
    await expect(session.hasApi()).rejects.toThrow(/503/);
    expect(await session.hasApi()).toBe(true);
    expect(await session.accessToken()).toBe("token");
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("cannot be renewed without a user pool", async () => {
    expect(await openSession(answering("{}"), null).renew()).toBe(false);
    expect(await openSession(answering("", 404), null).renew()).toBe(false);
  });

  it("reports a build without sign-in, and a config.json that cannot be read", async () => {
    const named = answering(JSON.stringify({ user_pool: pool }));
    await expect(openSession(named, null).renew()).rejects.toThrow(/Deploy a newer page/);
    await expect(openSession(answering("", 500), null).renew()).rejects.toThrow(/500/);
  });
});

describe("config.json", () => {
  it("has a user pool or none", () => {
    expect(parseSiteConfig({})).toEqual({ userPool: null, hasApi: false });
    expect(parseSiteConfig({ user_pool: pool })).toEqual({
      userPool: { domain: "https://auth.example.com", clientId: "abc" },
      hasApi: false,
    });
  });

  it("names the API only by true", () => {
    expect(parseSiteConfig({ api: true }).hasApi).toBe(true);
    expect(parseSiteConfig({ api: "true", user_pool: pool }).hasApi).toBe(false);
    expect(parseSiteConfig({ api: true, user_pool: pool }).hasApi).toBe(true);
  });

  it.each([
    { domain: "javascript:alert(1)", client_id: "abc" },
    { domain: "http://auth.example.com", client_id: "abc" },
    { domain: "https://auth.example.com/path", client_id: "abc" },
    { domain: "https://auth.example.com" },
    "pool",
  ])("is refused with an invalid user pool: %j", (user_pool) => {
    expect(() => parseSiteConfig({ user_pool })).toThrow(TypeError);
  });
});
