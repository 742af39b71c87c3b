import { describe, expect, it } from "vitest";
import { ask, type Fetch } from "./http.ts";
import { Unavailable } from "./refused.ts";

const bounds = { timeoutMs: 1_000, bytes: 4 };
const answering =
  (body: string | null, status = 200): Fetch =>
  () =>
    Promise.resolve(new Response(body, { status }));

describe("a request of the session function", () => {
  it("returns status and text, of as many bytes as allowed", async () => {
    expect(await ask(answering("four", 400), "https://idp.example/token", {}, bounds)).toEqual({
      status: 400,
      text: "four",
    });
    expect(await ask(answering(null, 204), "https://idp.example/token", {}, bounds)).toEqual({
      status: 204,
      text: "",
    });
  });

  it("is refused when the answer is one byte too long", async () => {
    await expect(ask(answering("fünf"), "https://idp.example/token", {}, bounds)).rejects.toThrow(
      "An answer is longer than 4 bytes.",
    );
  });

  it("follows no redirect, and names the server that did not answer and the time limit", async () => {
    let init: RequestInit = {};
    const failing: Fetch = (_, given) => {
      init = given;
      return Promise.reject(new TypeError("fetch failed"));
    };
    const error = await ask(failing, "https://idp.example/token", { method: "POST" }, bounds).catch(
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ message: "idp.example did not answer within 1000 ms." });
    expect([init.redirect, init.method]).toEqual(["error", "POST"]);
  });
});
