import { describe, expect, it } from "vitest";
import { attackClasses, validTokens } from "../session/testing/attack-cases.ts";
import { accessClaims, CLIENT, settings, testPool, token } from "../session/testing/index.ts";
import { tokenKeys } from "../tokens/index.ts";
import { tokenCaller } from "./token-caller.ts";

const VARIANTS = 40;
const CI = "ci1example23456789";
const at = () => Math.floor(Date.now() / 1_000);

function aVerifier(changes: Parameters<typeof settings>[0] = {}) {
  const current = settings({ apiCiClientIds: [CI], ...changes });
  const pool = testPool();
  const authenticate = tokenCaller(async () => current, tokenKeys(pool.fetch, Date.now), Date.now);
  return {
    pool,
    verify: (header: string | null) =>
      authenticate(
        new Request("https://api.invalid", header === null ? {} : { headers: { authorization: header } }),
      ),
  };
}

const outcome = (verified: Promise<unknown>) =>
  verified.then(
    () => "accepted",
    (error: { readonly code?: unknown; readonly message?: unknown }) => `${error.code}: ${error.message}`,
  );

const REFUSED = "unauthenticated: There is no valid access token. Sign in again.";

// These are about a pair of tokens, and the access token alone is a good one.
const ofPairs = new Set(["the same token twice", "another person in one of them"]);
const ofAccessTokens = attackClasses.filter(({ title }) => !ofPairs.has(title));

/** Whether the header arrives as it is: HTTP itself removes white space around a value. */
const arrives = (header: string): boolean => {
  try {
    return new Headers({ authorization: header }).get("authorization") === header;
  } catch {
    return false;
  }
};

describe(`the token attack cases, through the API: ${ofAccessTokens.length} classes`, () => {
  it.each(ofAccessTokens.map((one) => [one.title, one] as const))("none gets in: %s", async (_, one) => {
    const { verify, pool } = aVerifier(one.settings);
    const wrong: unknown[] = [];
    const good = validTokens(at()).access;
    expect(await outcome(verify(`Bearer ${String(good)}`))).toBe("accepted");
    for (let variant = 0; variant < VARIANTS; variant += 1) {
      const { access } = one.make(variant, at());
      // A class forges the ID token in every other variant: then the access token is a good one.
      const isGood = access === validTokens(at()).access || (await isGoodToken(access));
      if (typeof access !== "string" || isGood) continue;
      if (!arrives(`Bearer ${access}`)) continue;
      const refused = await outcome(verify(`Bearer ${access}`));
      if (refused !== REFUSED) wrong.push({ variant, access, refused });
    }
    expect(wrong).toEqual([]);
    expect(pool.asked.filter(({ path }) => path.endsWith("jwks.json")).length).toBeLessThanOrEqual(2);
  });
});

const goods = new Set<unknown>();
async function isGoodToken(access: unknown): Promise<boolean> {
  // The cases give the same good token for a second.
  for (const second of [at() - 2, at() - 1, at(), at() + 1]) goods.add(token(accessClaims(second)));
  return goods.has(access);
}

describe("an access token", () => {
  const verifyClaims = async (
    changes: Record<string, unknown>,
    options: Parameters<typeof settings>[0] = {},
  ) => aVerifier(options).verify(`Bearer ${token(accessClaims(at(), changes))}`);
  const ci = { client_id: CI, sub: CI, "cognito:groups": undefined, username: undefined };

  it("is needed, as a bearer", async () => {
    const { verify } = aVerifier();
    const good = token(accessClaims(at()));
    for (const header of [
      null,
      "",
      good,
      `Basic ${good}`,
      `Bearer`,
      `Bearer  `,
      `Bearer ${good} x`,
      `Token ${good}`,
    ]) {
      expect(await outcome(verify(header)), String(header)).toBe(REFUSED);
    }
    expect(await outcome(verify(`bearer ${good}`))).toBe("accepted");
  });

  it("of a person owns what is theirs and their groups'", async () => {
    const caller = await verifyClaims({
      "cognito:groups": ["finance", "Ünit 7#"],
      scope: "openid dapanoskop/read dapanoskop/write",
    });
    expect(caller.subject).toBe("user:b4d8-zoe");
    expect(caller.owners.map(({ name }) => name)).toEqual([
      "user:b4d8-zoe",
      "group:finance",
      "group:Ünit 7#",
    ]);
    expect(caller.owners.map(({ owner }) => owner)).toEqual([
      "user:b4d8-zoe",
      "group:finance",
      expect.stringMatching(/^group:=[0-9a-f]{64}$/),
    ]);
    expect([...caller.scopes].sort()).toEqual(["read", "write"]);
  });

  it("without a scope of ours permits nothing, whatever looks like one", async () => {
    for (const scope of [
      "",
      "openid",
      "read",
      "dapanoskop/",
      "dapanoskop/Read",
      "xdapanoskop/read",
      "dapanoskop/read,dapanoskop/write",
      "dapanoskop/readwrite",
    ]) {
      expect([...(await verifyClaims({ scope })).scopes]).toEqual([]);
    }
  });

  it("of a client of CI owns what is the client's, and before it what its group scopes prove", async () => {
    const plain = await verifyClaims({ ...ci, scope: "dapanoskop/plans" });
    expect(plain).toMatchObject({
      subject: `client:${CI}`,
      owners: [{ name: `client:${CI}` }],
      scopes: new Set(["plans"]),
    });
    const grouped = await verifyClaims({ ...ci, scope: "dapanoskop/plans dapanoskop-group/finance" });
    expect(grouped.owners.map(({ name }) => name)).toEqual(["group:finance", `client:${CI}`]);
    // It may be valid for an hour, as Cognito's own default is; a person's may not.
    expect((await verifyClaims({ ...ci, exp: at() + 3_600 })).subject).toBe(`client:${CI}`);
    expect(await outcome(verifyClaims({ ...ci, exp: at() + 3_700 }))).toBe(REFUSED);
    expect(await outcome(verifyClaims({ exp: at() + 3_600 }))).toBe(REFUSED);
  });

  it("proves no group by a scope where it is a person's, and none by a claim where it is a client's", async () => {
    const person = await verifyClaims({ "cognito:groups": [], scope: "dapanoskop-group/finance" });
    expect(person.owners.map(({ name }) => name)).toEqual(["user:b4d8-zoe"]);
    const client = await verifyClaims({ ...ci, "cognito:groups": ["finance"] });
    expect(client.owners.map(({ name }) => name)).toEqual([`client:${CI}`]);
  });

  it("with a subject that its client cannot have is refused", async () => {
    expect(await outcome(verifyClaims({ client_id: CLIENT, sub: CLIENT }))).toBe(REFUSED);
    expect(await outcome(verifyClaims({ ...ci, sub: "b4d8-zoe" }))).toBe(REFUSED);
    expect(await outcome(verifyClaims({ ...ci }, { apiCiClientIds: [] }))).toBe(REFUSED);
  });

  it("of a person in none of the allowed groups is refused, of a client of CI is not", async () => {
    const only = { allowedGroups: ["finance"] };
    expect(await outcome(verifyClaims({ "cognito:groups": ["other"] }, only))).toBe(REFUSED);
    expect(await outcome(verifyClaims({ ...ci }, { ...only, apiCiClientIds: [CI] }))).toBe("accepted");
  });

  it("that cannot be verified now is an outage, not a refusal", async () => {
    const { verify, pool } = aVerifier();
    pool.answers.set("/.well-known/jwks.json", () => new Response("no", { status: 500 }));
    expect(await outcome(verify(`Bearer ${token(accessClaims(at()))}`))).toMatch(/^unavailable: /);
  });
});
