import { describe, expect, it } from "vitest";
import { logTo } from "../lambda/index.ts";
import type { FunctionUrlAnswer } from "./function-url.ts";
import { REFUSAL, sessionHandler } from "./index.ts";
import { type AttackClass, attackClasses, type CraftedTokens, validTokens } from "./testing/attack-cases.ts";
import { edgeKey, localSigners, settings, testPool, testRequest } from "./testing/index.ts";

const VARIANTS = 100;

const at = () => Math.floor(Date.now() / 1_000);

/** Tokens as the token endpoint would answer them, through the whole handler. */
function aGate(changes: AttackClass["settings"] = {}) {
  let answered: CraftedTokens = { access: null, id: null };
  const reasons = new Map<string, number>();
  const current = settings(changes);
  const pool = testPool();
  pool.answers.set("/oauth2/token", () =>
    Response.json({
      access_token: answered.access,
      id_token: answered.id,
      refresh_token: "r-1",
      token_type: "Bearer",
    }),
  );
  const handle = sessionHandler({
    settings: async () => current,
    signerOf: localSigners(edgeKey),
    fetch: pool.fetch,
    now: Date.now,
    log: logTo((line) => {
      const { reason } = JSON.parse(line);
      if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }),
  });
  return {
    reasons,
    pool,
    present(pair: CraftedTokens): Promise<FunctionUrlAnswer> {
      answered = pair;
      return handle(testRequest());
    },
  };
}

describe(`the token attack cases: ${attackClasses.length} hostile classes, ${VARIANTS} variants each`, () => {
  it.each(attackClasses.map((one) => [one.title, one] as const))("none gets in: %s", async (_, one) => {
    const gate = aGate(one.settings);
    expect((await gate.present(validTokens(at()))).statusCode).toBe(200);
    const seen = new Set<string>();
    const wrong: unknown[] = [];
    for (let variant = 0; variant < VARIANTS; variant += 1) {
      const pair = one.make(variant, at());
      seen.add(JSON.stringify(pair) ?? "");
      const answer = await gate.present(pair);
      const refused = answer.statusCode === 401 && answer.body === REFUSAL && answer.cookies.length === 0;
      if (!refused) wrong.push({ variant, pair, status: answer.statusCode });
    }
    expect(wrong).toEqual([]);
    expect(seen.size).toBe(VARIANTS);
    expect([...gate.reasons.values()].reduce((sum, count) => sum + count, 0)).toBe(VARIANTS);
    // Strangers' key ids lead to one question more at most.
    const asked = gate.pool.asked.filter(({ path }) => path.endsWith("jwks.json"));
    expect(asked.length).toBeLessThanOrEqual(2);
    expect((await gate.present(validTokens(at()))).statusCode).toBe(200);
  });

  it("has at least 37 classes with distinct names", () => {
    expect(new Set(attackClasses.map(({ title }) => title)).size).toBe(attackClasses.length);
    expect(attackClasses.length).toBeGreaterThanOrEqual(37);
  });
});
