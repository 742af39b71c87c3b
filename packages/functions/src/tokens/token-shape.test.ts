import { describe, expect, it } from "vitest";
import { accessClaims, HEADER, idClaims, part, token } from "../session/testing/index.ts";
import { Refused } from "./refused.ts";
import { checkTokenShape, LONGEST_TOKEN } from "./token-shape.ts";

const claims = accessClaims(1_800_000_000);
const reasonFor = (text: string, use: "access" | "id" = "access"): string | null => {
  try {
    checkTokenShape(text, use);
    return null;
  } catch (failure) {
    return failure instanceof Refused ? failure.reason : "unexpected";
  }
};

describe("the shape of a token", () => {
  it("is Cognito's: kid and alg in the header", () => {
    expect(reasonFor(token(claims))).toBeNull();
    expect(reasonFor(token(idClaims(1_800_000_000)), "id")).toBeNull();
  });

  it("may have a type, for an access token also that of RFC 9068", () => {
    expect(reasonFor(token(claims, { ...HEADER, typ: "JWT" }))).toBeNull();
    expect(reasonFor(token(claims, { ...HEADER, typ: "at+jwt" }))).toBeNull();
    expect(reasonFor(token(claims, { ...HEADER, typ: "at+jwt" }), "id")).toBe("token-typ");
  });

  // These are refused before any key is asked for, and whatever a key says that it is for.
  it.each([
    ["token-alg", token(claims, { ...HEADER, alg: "none" })],
    ["token-alg", token(claims, { ...HEADER, alg: "HS256" })],
    ["token-alg", token(claims, { ...HEADER, alg: "RS512" })],
    ["token-alg", token(claims, { kid: "key-1" })],
    ["token-kid", token(claims, { alg: "RS256" })],
    ["token-header", token(claims, { ...HEADER, jku: "https://evil.example" })],
    ["token-shape", `${part(HEADER)}.${part(claims)}`],
    ["token-shape", `${token(claims)}.AAAA`],
    ["token-shape", part(HEADER)],
    ["token-base64", `${token(claims)}.`],
    ["token-base64", `${token(claims)}=`],
    ["token-base64", ""],
    ["token-json", `${part([])}.${part(claims)}.AAAA`],
    ["token-json", `${part(HEADER)}.${part("claims")}.AAAA`],
    ["token-size", "a".repeat(LONGEST_TOKEN + 1)],
  ])("is refused for its %s", (reason, text) => {
    expect(reasonFor(text)).toBe(reason);
  });

  it.each([
    ["k".repeat(128), null],
    ["k".repeat(129), "token-kid"],
    ["", "token-kid"],
    ["a b", "token-kid"],
    [7, "token-kid"],
  ])("has a key id of 1 to 128 characters: %#", (kid, reason) => {
    expect(reasonFor(token(claims, { ...HEADER, kid }))).toBe(reason);
  });

  it("has a type that fits its use", () => {
    const typed = (typ: unknown, use: "access" | "id") => reasonFor(token(claims, { ...HEADER, typ }), use);
    expect([typed("JWT", "id"), typed("jwt", "id"), typed("jwt", "access"), typed(null, "access")]).toEqual([
      null,
      "token-typ",
      "token-typ",
      "token-typ",
    ]);
  });

  it("has 4,096 characters at most", () => {
    expect(LONGEST_TOKEN).toBe(4_096);
    // As long as it may be, and then no token for another reason.
    expect(reasonFor("a".repeat(LONGEST_TOKEN))).toBe("token-shape");
  });

  it("accepts a token with a hundred groups", () => {
    const groups = Array.from({ length: 100 }, (_, at) => `cost-center-${at}`);
    expect(reasonFor(token({ ...claims, "cognito:groups": groups }))).toBeNull();
  });
});
