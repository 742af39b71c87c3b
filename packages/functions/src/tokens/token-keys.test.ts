import { describe, expect, it } from "vitest";
import { anRsaKey, jwks, poolKey } from "../session/testing/index.ts";
import { Refused, Unavailable } from "./refused.ts";
import { tokenKeys } from "./token-keys.ts";

const URI = "https://pool.example/.well-known/jwks.json";
const MINUTE = 60_000;

/** A pool whose keys, clock and answers the test holds. */
function testPool(first: string) {
  let [body, time, asked]: [string | null, number, number] = [first, 0, 0];
  const keys = tokenKeys(
    async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (body === null) throw new TypeError("fetch failed");
      return new Response(body);
    },
    () => time,
  );
  return {
    key: (kid: string) => keys.getJwk(URI, { header: { alg: "RS256", kid }, payload: {} }),
    asked: () => asked,
    now: (text: string | null) => {
      body = text;
    },
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

const other = anRsaKey("other");

describe("the pool's keys", () => {
  it("are read once for concurrent callers, and then kept", async () => {
    const pool = testPool(jwks(["a", poolKey]));
    const found = await Promise.all(Array.from({ length: 20 }, () => pool.key("a")));
    expect(new Set(found.map(({ kid }) => kid))).toEqual(new Set(["a"]));
    await pool.key("a");
    expect(pool.asked()).toBe(1);
  });

  it("are read again for an unknown key id, at most every 30 seconds", async () => {
    const pool = testPool(jwks(["a", poolKey]));
    await pool.key("a");
    for (let second = 0; second < 90; second += 1) {
      await expect(pool.key(`made-up-${second}`)).rejects.toBeInstanceOf(Refused);
      pool.pass(1_000);
    }
    expect(pool.asked()).toBe(3);
  });

  it("are found soon after the pool has new ones", async () => {
    const pool = testPool(jwks(["a", poolKey]));
    await pool.key("a");
    pool.now(jwks(["a", poolKey], ["b", other]));
    pool.pass(30_000);
    expect((await pool.key("b")).kid).toBe("b");
  });

  it("are refused within an hour after the pool withdrew them", async () => {
    const pool = testPool(jwks(["a", poolKey]));
    await pool.key("a");
    pool.now(jwks(["b", other]));
    pool.pass(59 * MINUTE);
    await pool.key("a");
    pool.pass(2 * MINUTE);
    await expect(pool.key("a")).rejects.toBeInstanceOf(Refused);
  });

  it("stay valid while the pool does not answer; unknown ones are an outage", async () => {
    const pool = testPool(jwks(["a", poolKey]));
    await pool.key("a");
    pool.now(null);
    pool.pass(120 * MINUTE);
    expect((await pool.key("a")).kid).toBe("a");
    pool.pass(MINUTE);
    await expect(pool.key("b")).rejects.toBeInstanceOf(Unavailable);
  });

  it("are read again two seconds after a failed read, not at once", async () => {
    const pool = testPool("");
    pool.now(null);
    await expect(pool.key("a")).rejects.toBeInstanceOf(Unavailable);
    await expect(pool.key("a")).rejects.toBeInstanceOf(Unavailable);
    expect(pool.asked()).toBe(1);
    pool.now(jwks(["a", poolKey]));
    pool.pass(2_000);
    expect((await pool.key("a")).kid).toBe("a");
  });

  it("are only those for RS256", async () => {
    const [good] = JSON.parse(jwks(["a", poolKey])).keys;
    const wrong = [
      { ...good, kid: "enc", use: "enc" },
      { ...good, kid: "rs512", alg: "RS512" },
      { ...good, kid: "ec", kty: "EC" },
      { ...good, kid: "short", n: good.n.slice(0, 170) },
      { kty: "oct", kid: "oct", k: "AAAA" },
      { ...good, kid: 7 },
      null,
      "key",
    ];
    const pool = testPool(JSON.stringify({ keys: [...wrong, { ...good, use: undefined, alg: undefined }] }));
    expect((await pool.key("a")).n).toBe(good.n);
    pool.pass(MINUTE);
    for (const kid of ["enc", "rs512", "ec", "short", "oct", "7"]) {
      await expect(pool.key(kid)).rejects.toBeInstanceOf(Refused);
    }
  });

  it.each([
    "<html>",
    "[]",
    "{}",
    '{"keys":{}}',
    '{"keys":[],"keys":[]}',
    `{"keys":[${"0,".repeat(64)}0]}`,
    " ".repeat(70_000),
  ])("that are no list of keys cannot be decided by", async (body) => {
    await expect(testPool(body).key("a")).rejects.toBeInstanceOf(Unavailable);
  });
});
