import { describe, expect, it, vi } from "vitest";
import { openSession } from "./open-session.ts";
import { noSession } from "./session.ts";
import { parseSiteConfig } from "./site-config.ts";

const answering = (body: string, status = 200) => vi.fn(async () => new Response(body, { status }));
const pool = { domain: "https://auth.example.com", client_id: "abc" };

describe("who is reading", () => {
  it("is nobody in particular until data is refused: nothing is asked before", () => {
    const fetch = answering("{}");
    expect(openSession(fetch, null).user()).toBeNull();
    expect(fetch).not.toHaveBeenCalled();
  });

  it("is asked of config.json once, however many were refused", async () => {
    const fetch = answering(JSON.stringify({ user_pool: pool }));
    const renew = vi.fn(async () => true);
    const session = openSession(fetch, async () => ({ ...noSession, renew, user: () => "Zoë Müller" }));
    expect(await Promise.all([session.renew(), session.renew()])).toEqual([true, true]);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(session.user()).toBe("Zoë Müller");
  });

  it("cannot be renewed where no user pool is named", async () => {
    expect(await openSession(answering("{}"), null).renew()).toBe(false);
    expect(await openSession(answering("", 404), null).renew()).toBe(false);
  });

  it("says so when this build knows no sign-in, and when config.json cannot be had", async () => {
    const named = answering(JSON.stringify({ user_pool: pool }));
    await expect(openSession(named, null).renew()).rejects.toThrow(/Deploy a newer page/);
    await expect(openSession(answering("", 500), null).renew()).rejects.toThrow(/500/);
  });
});

describe("config.json", () => {
  it("names a user pool, or none", () => {
    expect(parseSiteConfig({})).toEqual({ userPool: null });
    expect(parseSiteConfig({ user_pool: pool })).toEqual({
      userPool: { domain: "https://auth.example.com", clientId: "abc" },
    });
  });

  it.each([
    { domain: "javascript:alert(1)", client_id: "abc" },
    { domain: "http://auth.example.com", client_id: "abc" },
    { domain: "https://auth.example.com/path", client_id: "abc" },
    { domain: "https://auth.example.com" },
    "pool",
  ])("is refused where its pool cannot be one: %j", (user_pool) => {
    expect(() => parseSiteConfig({ user_pool })).toThrow(TypeError);
  });
});
