import { describe, expect, it, vi } from "vitest";
import { noSession } from "../session/session.ts";
import { apiPath, makeApi } from "./api.ts";

const json = (body: unknown, status = 200) => Response.json(body, { status });
const asIs = (answer: unknown) => answer;

/** The API with these answers, one after the other. */
function answering(...answers: readonly Response[]) {
  const fetch = vi.fn(
    async (..._: Parameters<typeof globalThis.fetch>) =>
      answers[fetch.mock.calls.length - 1] ?? json(null, 500),
  );
  const headers = () => fetch.mock.calls.map(([, init]) => new Headers(init?.headers));
  return { fetch, headers };
}

describe("a request to the API", () => {
  it("goes to the page's own origin, with a header that other pages cannot send, and without a token on loopback", async () => {
    const { fetch, headers } = answering(json({ a: 1 }));
    const answer = await makeApi(fetch, noSession).request(
      { method: "GET", path: apiPath("plans", "a/b?c") },
      asIs,
    );
    expect(answer).toEqual({ a: 1 });
    expect(fetch.mock.calls[0]?.[0]).toBe("/api/plans/a%2Fb%3Fc");
    expect(headers()[0]?.get("x-dapanoskop")).toBe("1");
    expect(headers()[0]?.has("authorization")).toBe(false);
  });

  it("sends JSON", async () => {
    const { fetch, headers } = answering(json(null, 201));
    await makeApi(fetch, noSession).request({ method: "POST", path: "/budgets", body: { name: "ü" } }, asIs);
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ method: "POST", body: '{"name":"ü"}' });
    expect(headers()[0]?.get("content-type")).toBe("application/json");
  });

  it("is repeated once with another token where the first one was refused", async () => {
    const { fetch, headers } = answering(json({}, 401), json({ a: 1 }));
    const accessToken = vi.fn(async (refused?: string) => (refused === undefined ? "old" : "new"));
    const api = makeApi(fetch, { ...noSession, accessToken });
    expect(await api.request({ method: "GET", path: "/plans" }, asIs)).toEqual({ a: 1 });
    expect(headers().map((sent) => sent.get("authorization"))).toEqual(["Bearer old", "Bearer new"]);
    expect(accessToken.mock.calls).toEqual([[], ["old"]]);
  });

  it("asks the reader to sign in where no other token was to be had", async () => {
    const { fetch } = answering(json({}, 401));
    const accessToken = async (refused?: string) => (refused === undefined ? "old" : null);
    const request = makeApi(fetch, { ...noSession, accessToken }).request(
      { method: "GET", path: "/plans" },
      asIs,
    );
    await expect(request).rejects.toMatchObject({ kind: "refused" });
    expect(fetch).toHaveBeenCalledOnce();
  });

  it.each([
    [400, { message: "limit must be positive." }, "invalid", "limit must be positive."],
    [403, { message: "no" }, "refused", /no access/],
    [404, {}, "missing", /does not exist/],
    [422, "text", "server", /status 422/],
    [429, {}, "server", /too many requests/],
    [499, { message: "The request was ended." }, "invalid", "The request was ended."],
    [500, { message: "It failed." }, "server", "It failed."],
    [500, { message: "" }, "server", /status 500/],
    [500, { message: 7 }, "server", /status 500/],
    [400, { message: "x".repeat(501) }, "invalid", /^x{500}$/],
    [503, { message: "The table cannot be read." }, "server", "The table cannot be read."],
  ])("that is answered with %s is explained", async (status, body, kind, message) => {
    const request = makeApi(answering(json(body, status)).fetch, noSession).request(
      { method: "GET", path: "/" },
      asIs,
    );
    await expect(request).rejects.toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  it("that is not answered, or not as expected, is explained", async () => {
    const offline = makeApi(async () => Promise.reject(new TypeError("Failed to fetch")), noSession);
    await expect(offline.request({ method: "GET", path: "/" }, asIs)).rejects.toMatchObject({
      kind: "offline",
    });
    const parse = () => {
      throw new TypeError("not a plan");
    };
    const other = makeApi(answering(json({})).fetch, noSession).request({ method: "GET", path: "/" }, parse);
    await expect(other).rejects.toMatchObject({ kind: "newer" });
  });

  it.each([
    ["breaks off", '{"items":[{"id"'],
    ["is a page of something in between", "<html><body>Bad gateway</body></html>"],
  ])("whose answer %s is tried again, and no newer page is asked for", async (_, body) => {
    const request = makeApi(answering(new Response(body)).fetch, noSession).request(
      { method: "GET", path: "/plans" },
      asIs,
    );
    await expect(request).rejects.toMatchObject({
      kind: "server",
      message: expect.stringMatching(/no JSON/),
    });
  });
});
