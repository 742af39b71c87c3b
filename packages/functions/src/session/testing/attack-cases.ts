import { createHmac, createPublicKey, createSign, generateKeyPairSync, sign } from "node:crypto";
import type { TokenUse } from "../../tokens/index.ts";
import type { SessionSettings } from "../settings.ts";
import { anRsaKey } from "./rsa-keys.ts";
import {
  accessClaims,
  atHash,
  CLIENT,
  type Claims,
  HEADER,
  ISSUER,
  idClaims,
  NONCE,
  part,
  poolKey,
  raw,
  signed,
  token,
} from "./test-pool.ts";

/** What a token endpoint might answer for the two tokens. */
export interface CraftedTokens {
  readonly access: unknown;
  readonly id: unknown;
}

/** A way to be hostile, with as many variants as are asked for. */
export interface AttackClass {
  readonly title: string;
  readonly settings?: Partial<SessionSettings>;
  /** Each number is another attempt. `at`: seconds since 1970. */
  make(variant: number, at: number): CraftedTokens;
}

const stranger = anRsaKey("stranger");
const strangerEc = generateKeyPairSync("ec", { namedCurve: "P-256" });

type Forge = (claims: Claims, use: TokenUse, variant: number, at: number) => unknown;

/** The claims of a token that would hold, told apart by their number. */
const fair = (use: TokenUse, at: number, variant: number, changes: Claims = {}): Claims =>
  (use === "access" ? accessClaims : idClaims)(at, { jti: `j-${variant}`, ...changes });

export const validTokens = (at: number): CraftedTokens => {
  const access = token(accessClaims(at));
  return { access, id: token(idClaims(at, { at_hash: atHash(access) })) };
};

const goods = new Map<string, string>();

/** A token that would hold, made once a second: signing is what this takes long for. */
function good(use: TokenUse, at: number): string {
  const name = `${use} ${at}`;
  const made = goods.get(name) ?? token(use === "access" ? accessClaims(at) : idClaims(at));
  goods.set(name, made);
  return made;
}

/** A class that forges the access token in every other variant, and the ID token in the others. */
function either(title: string, forge: Forge, settings?: Partial<SessionSettings>): AttackClass {
  return {
    title,
    ...(settings === undefined ? {} : { settings }),
    make(variant, at) {
      const use: TokenUse = variant % 2 === 0 ? "access" : "id";
      const forged = forge(fair(use, at, variant), use, variant, at);
      return use === "access"
        ? { access: forged, id: good("id", at) }
        : { access: good("access", at), id: forged };
    },
  };
}

/** Forges only the ID token: what an access token does not have. */
const onlyId = (title: string, forge: Forge): AttackClass => ({
  title,
  make: (variant, at) => ({
    access: good("access", at),
    id: forge(fair("id", at, variant), "id", variant, at),
  }),
});

/** Forges only the access token: what is read from nowhere else. */
const onlyAccess = (title: string, forge: Forge, settings?: Partial<SessionSettings>): AttackClass => ({
  title,
  ...(settings === undefined ? {} : { settings }),
  make: (variant, at) => ({
    access: forge(fair("access", at, variant), "access", variant, at),
    id: good("id", at),
  }),
});

const pick = <Value>(values: readonly Value[], variant: number): Value => {
  const value = values[Math.floor(variant / 2) % values.length];
  if (value === undefined) throw new Error("Nothing to pick from.");
  return value;
};
const without = (claims: Claims, ...names: readonly string[]): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
const clientClaim = (use: TokenUse) => (use === "access" ? "client_id" : "aud");
/** JSON with one value written as no serialiser would. */
const written = (claims: Claims, name: string, json: string): string =>
  JSON.stringify({ ...claims, [name]: "\u0001" }).replace('"\\u0001"', () => json);
const ofText = (json: string, header: unknown = HEADER): string => signed(`${part(header)}.${raw(json)}`);
const split = (text: string): readonly [string, string, string] => {
  const [header = "", payload = "", signature = ""] = text.split(".");
  return [header, payload, signature];
};
const flipped = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
};
const hmac = (claims: Claims, alg: string, secret: string | Buffer): string => {
  const parts = `${part({ ...HEADER, alg })}.${part(claims)}`;
  return `${parts}.${createHmac(`sha${alg.slice(2)}`, secret)
    .update(parts)
    .digest("base64url")}`;
};
const publicForms = (): readonly (string | Buffer)[] => {
  const key = createPublicKey(poolKey.privateKey);
  const pem = key.export({ type: "spki", format: "pem" }).toString();
  return [
    pem,
    pem.trim(),
    pem.replaceAll("\n", "\r\n"),
    key.export({ type: "pkcs1", format: "pem" }).toString(),
    key.export({ type: "spki", format: "der" }),
    key.export({ type: "pkcs1", format: "der" }),
    JSON.stringify(key.export({ format: "jwk" })),
    Buffer.from(String(key.export({ format: "jwk" }).n), "base64url"),
    "",
    "secret",
  ];
};
const strangerJwk = {
  ...stranger.publicKey.export({ format: "jwk" }),
  kid: "key-1",
  alg: "RS256",
  use: "sig",
};

/** Where the character that the padding bits hide in is: a part whose length leaves 2 or 3 over. */
const stray = (text: string): string => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return text.slice(0, -1) + (alphabet[alphabet.indexOf(text.slice(-1)) + 1] ?? "B");
};

export const attackClasses: readonly AttackClass[] = [
  // Signatures
  either("alg none", (claims, _, variant) => {
    const alg = pick(["none", "None", "NONE", "nOnE", "none ", "", "null"], variant);
    const parts = `${part({ ...HEADER, alg })}.${part(claims)}`;
    return variant % 3 === 0 ? `${parts}.` : signed(parts);
  }),
  either("HS256 with the public key as the secret", (claims, _, variant) =>
    hmac(claims, "HS256", pick(publicForms(), variant)),
  ),
  either("HS384 and HS512 with the public key", (claims, _, variant) =>
    hmac(claims, pick(["HS384", "HS512"], variant), pick(publicForms(), variant >> 1)),
  ),
  either("another good algorithm, well signed", (claims, _, variant) => {
    const alg = pick(["RS384", "RS512", "PS256", "PS512"], variant);
    const parts = `${part({ ...HEADER, alg })}.${part(claims)}`;
    return `${parts}.${createSign(`RSA-SHA${alg.slice(2)}`)
      .update(parts)
      .sign(poolKey.privateKey, "base64url")}`;
  }),
  either("ES256 and EdDSA by a stranger", (claims, _, variant) => {
    const parts = `${part({ ...HEADER, alg: pick(["ES256", "EdDSA", "ES256K"], variant) })}.${part(claims)}`;
    const key = { key: strangerEc.privateKey, dsaEncoding: "ieee-p1363" as const };
    return `${parts}.${sign("sha256", Buffer.from(parts), key).toString("base64url")}`;
  }),
  either("alg missing, of another case or another type", (claims, _, variant) =>
    token(
      claims,
      pick<unknown>(
        [
          { kid: "key-1" },
          { ...HEADER, alg: "rs256" },
          { ...HEADER, alg: ["RS256"] },
          { ...HEADER, alg: { name: "RS256" } },
          { ...HEADER, alg: 256 },
          { ...HEADER, alg: null },
          { ...HEADER, alg: true },
          { ...HEADER, alg: "RS256 " },
          { ...HEADER, alg: "RS256\u0000" },
          { kid: "key-1", ALG: "RS256" },
        ],
        variant,
      ),
    ),
  ),
  either("a stranger's key under the pool's key id", (claims) => token(claims, HEADER, stranger.privateKey)),
  either("one bit of the signature turned", (claims, _, variant) => {
    const [header, payload, signature] = split(token(claims));
    return `${header}.${payload}.${flipped(Buffer.from(signature, "base64url"), variant * 19).toString("base64url")}`;
  }),
  either("one bit of the payload turned", (claims, _, variant) => {
    const [header, payload, signature] = split(token(claims));
    return `${header}.${flipped(Buffer.from(payload, "base64url"), variant * 23).toString("base64url")}.${signature}`;
  }),
  either("one bit of the header turned", (claims, _, variant) => {
    const [header, payload, signature] = split(token(claims));
    return `${flipped(Buffer.from(header, "base64url"), variant * 3).toString("base64url")}.${payload}.${signature}`;
  }),
  either("no signature", (claims, _, variant) => {
    const [header, payload] = split(token(claims));
    return `${header}.${payload}${pick([".", "", "..", ".=", ".A", ".AA"], variant)}`;
  }),
  either("a signature of zeros, ones, or of another length", (claims, _, variant) => {
    const [header, payload, signature] = split(token(claims));
    const bytes = Buffer.from(signature, "base64url");
    const forged = pick(
      [
        Buffer.alloc(256),
        Buffer.alloc(256, 255),
        Buffer.alloc(64),
        Buffer.concat([Buffer.alloc(1), bytes]),
        Buffer.concat([bytes, Buffer.alloc(1)]),
        bytes.subarray(1),
        bytes.subarray(0, 255),
        Buffer.concat([bytes, bytes]),
        Buffer.from(bytes).reverse(),
        Buffer.from([1]),
      ],
      variant,
    );
    return `${header}.${payload}.${forged.toString("base64url")}`;
  }),
  either("the signature of another token", (claims, use, variant, at) => {
    const [header, payload] = split(token(claims));
    const [, , signature] = split(token(fair(use, at, variant + 1_000)));
    return `${header}.${payload}.${signature}`;
  }),
  either("more rights under an old signature", (claims, _, variant) => {
    const [header, , signature] = split(token(claims));
    return `${header}.${part({ ...claims, "cognito:groups": ["admin", `g-${variant}`] })}.${signature}`;
  }),

  // Headers
  either("jku to a stranger's keys", (claims, _, variant) => {
    const jku = pick(
      ["https://evil.example/jwks.json", `${ISSUER}/.well-known/jwks.json`, "file:///x"],
      variant,
    );
    return token(claims, { ...HEADER, jku }, (variant % 3 === 0 ? poolKey : stranger).privateKey);
  }),
  either("jwk in the header", (claims, _, variant) =>
    token(claims, { ...HEADER, jwk: strangerJwk }, (variant % 3 === 0 ? poolKey : stranger).privateKey),
  ),
  either("x5u, x5c and x5t", (claims, _, variant) =>
    token(
      claims,
      {
        ...HEADER,
        ...pick<Claims>(
          [
            { x5u: "https://evil.example/cert.pem" },
            { x5c: ["MIIB"] },
            { x5t: "AAAA" },
            { "x5t#S256": "AAAA" },
          ],
          variant,
        ),
      },
      (variant % 3 === 0 ? poolKey : stranger).privateKey,
    ),
  ),
  either("a key id that leads elsewhere", (claims, _, variant) => {
    const kid = pick(
      [
        "../../../../dev/null",
        "key-1' OR '1'='1",
        "https://evil.example/key",
        "key-1\u0000",
        "key-1/../key-1",
        "__proto__",
        "constructor",
        "toString",
        "KEY-1",
        " key-1",
        "kéy-1",
        "x".repeat(2_000),
        "$(id)",
        "key-1,key-2",
      ],
      variant,
    );
    return token(claims, { ...HEADER, kid }, (variant % 3 === 0 ? poolKey : stranger).privateKey);
  }),
  either("a key id that is missing or no text", (claims, _, variant) =>
    token(claims, {
      alg: "RS256",
      ...pick<Claims>(
        [
          {},
          { kid: "" },
          { kid: null },
          { kid: 1 },
          { kid: ["key-1"] },
          { kid: { a: 1 } },
          { kid: true },
          { KID: "key-1" },
        ],
        variant,
      ),
    }),
  ),
  either("an unknown key id", (claims, _, variant) =>
    token(claims, { ...HEADER, kid: `key-${variant + 2}` }, stranger.privateKey),
  ),
  either("crit", (claims, _, variant) =>
    token(claims, {
      ...HEADER,
      ...pick<Claims>(
        [
          { crit: ["exp"], exp: 1 },
          { crit: [] },
          { crit: ["b64"], b64: false },
          { crit: "alg" },
          { crit: null },
          { crit: ["alg"] },
          { crit: ["http://example.org/x"], "http://example.org/x": true },
        ],
        variant,
      ),
    }),
  ),
  either("typ of something else", (claims, use, variant) =>
    token(claims, {
      ...HEADER,
      typ: pick<unknown>(
        [
          "JWE",
          "JOSE",
          "jwt+json",
          "secevent+jwt",
          "logout+jwt",
          "dpop+jwt",
          "",
          "jwt",
          null,
          1,
          ["JWT"],
          "JWT\u0000",
          use === "id" ? "at+jwt" : "AT+JWT",
        ],
        variant,
      ),
    }),
  ),
  either("a header that says more than it should", (claims, _, variant) =>
    token(claims, {
      ...HEADER,
      ...pick<Claims>(
        [
          { zip: "DEF" },
          { b64: false },
          { cty: "JWT" },
          { enc: "A256GCM" },
          { p2c: 1e9 },
          { epk: {} },
          { apu: "" },
          { iss: ISSUER },
          { "": 1 },
          { Alg: "none" },
        ],
        variant,
      ),
    }),
  ),
  either("a header with a key twice", (claims, _, variant) => {
    const json = pick(
      [
        '{"alg":"none","kid":"key-1","alg":"RS256"}',
        '{"alg":"RS256","kid":"key-1","alg":"none"}',
        '{"alg":"RS256","kid":"key-1","kid":"key-1"}',
        '{"alg":"RS256","kid":"evil","kid":"key-1"}',
        '{"alg":"RS256","\\u0061lg":"RS256","kid":"key-1"}',
        '{"alg":"RS256","kid":"key-1","k\\u0069d":"key-1"}',
      ],
      variant,
    );
    return signed(`${raw(json)}.${part(claims)}`);
  }),

  // Who and for whom
  either("another pool", (claims, _, variant) =>
    token({
      ...claims,
      iss: pick(
        [
          "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Another",
          "https://cognito-idp.us-east-1.amazonaws.com/eu-central-1_Dapanos",
          "https://accounts.google.com",
          "https://evil.example",
          "",
        ],
        variant,
      ),
    }),
  ),
  either("an issuer that is nearly ours", (claims, _, variant) =>
    token({
      ...claims,
      iss: pick<unknown>(
        [
          `${ISSUER}/`,
          ISSUER.toUpperCase(),
          ISSUER.replace("https", "http"),
          `${ISSUER}#`,
          `${ISSUER}?`,
          ` ${ISSUER}`,
          `${ISSUER}\u0000`,
          [ISSUER],
          { iss: ISSUER },
          ISSUER.replace("/eu", "//eu"),
          ISSUER.replace(".com", ".com.evil.example"),
          ISSUER.replace("o", "о"),
        ],
        variant,
      ),
    }),
  ),
  either("no issuer", (claims, _, variant) =>
    token(variant % 4 < 2 ? without(claims, "iss") : { ...claims, iss: null }),
  ),
  either("another client", (claims, use, variant) =>
    token({
      ...claims,
      [clientClaim(use)]: pick(
        ["other", CLIENT.toUpperCase(), `${CLIENT} `, CLIENT.slice(1), `${CLIENT}\u0000`, ""],
        variant,
      ),
    }),
  ),
  either("a client that is no text", (claims, use, variant) =>
    token({
      ...claims,
      [clientClaim(use)]: pick<unknown>(
        [[CLIENT], [CLIENT, "other"], { id: CLIENT }, null, 1, true, [], {}],
        variant,
      ),
    }),
  ),
  either("no client, or under the other token's name", (claims, use, variant) =>
    token({
      ...without(claims, clientClaim(use)),
      ...(variant % 4 < 2 ? {} : { [use === "access" ? "aud" : "client_id"]: CLIENT }),
    }),
  ),
  either("another token use", (claims, use, variant) =>
    token({
      ...claims,
      token_use: pick<unknown>(
        [use === "access" ? "id" : "access", "refresh", "ACCESS", "", null, [use], { use }, 1, `${use} `],
        variant,
      ),
    }),
  ),
  either("no token use", (claims) => token(without(claims, "token_use"))),
  {
    title: "the two tokens swapped",
    make: (variant, at) => ({
      access: token(fair("id", at, variant)),
      id: token(fair("access", at, variant, { nonce: NONCE })),
    }),
  },
  {
    title: "the same token twice",
    make(variant, at) {
      const one = token(
        fair(variant % 2 === 0 ? "access" : "id", at, variant, {
          aud: CLIENT,
          client_id: CLIENT,
          nonce: NONCE,
        }),
      );
      return { access: one, id: one };
    },
  },
  either("another person in one of them", (claims, _, variant) =>
    token({ ...claims, sub: `mallory-${variant}` }),
  ),
  either("a subject that is missing or no text", (claims, _, variant) =>
    token({
      ...without(claims, "sub"),
      ...pick<Claims>([{}, { sub: "" }, { sub: null }, { sub: 7 }, { sub: ["b4d8-zoe"] }], variant),
    }),
  ),
  onlyId("another nonce", (claims, _, variant) =>
    token({
      ...claims,
      nonce: pick<unknown>(
        [
          `${NONCE}n`,
          NONCE.slice(1),
          NONCE.toUpperCase(),
          "",
          `${NONCE}\u0000`,
          ` ${NONCE}`,
          [NONCE],
          { n: NONCE },
          null,
          1,
        ],
        variant,
      ),
    }),
  ),
  onlyId("no nonce", (claims) => token(without(claims, "nonce"))),
  onlyId("the hash of another access token", (claims, _, variant) =>
    token({
      ...claims,
      at_hash: pick<unknown>(
        [atHash("x"), atHash(`y${variant}`), "", null, 1, ["x"], "A".repeat(22)],
        variant,
      ),
    }),
  ),

  // Times
  either("expired", (claims, _, variant, at) =>
    token({ ...claims, iat: at - 600 - variant * variant, exp: at - variant * variant }),
  ),
  either("no exp", (claims, _, variant) =>
    token({
      ...without(claims, "exp"),
      ...pick<Claims>([{}, { exp: null }, { Exp: 9e9 }, { exp: [] }], variant),
    }),
  ),
  either("no iat", (claims, _, variant) =>
    token({
      ...without(claims, "iat"),
      ...pick<Claims>([{}, { iat: null }, { Iat: 1 }, { iat: {} }], variant),
    }),
  ),
  either("issued in the far future", (claims, _, variant, at) =>
    token({ ...claims, iat: at + 90 + variant * 1_000, exp: at + 390 + variant * 1_000 }),
  ),
  either("a life too long", (claims, _, variant, at) =>
    token({
      ...claims,
      iat: at - (variant % 7),
      exp: pick([at + 905, at + 86_400, at * 1_000, Number.MAX_SAFE_INTEGER], variant) + variant,
    }),
  ),
  either("ended before it began", (claims, _, variant, at) =>
    token({ ...claims, iat: at + 30, exp: at + 30 - (variant % 20) }),
  ),
  either("times as text", (claims, _, variant, at) =>
    token({
      ...claims,
      ...pick<Claims>(
        [
          { exp: `${at + 300}` },
          { iat: `${at}` },
          { exp: `${at + 300}`, iat: `${at}` },
          { exp: "never" },
          { exp: "0x7fffffff" },
          { exp: "" },
        ],
        variant,
      ),
    }),
  ),
  either("negative and zero times", (claims, _, variant, at) =>
    token({
      ...claims,
      ...pick<Claims>(
        [{ exp: -1 }, { exp: 0 }, { exp: -(at + 300) }, { iat: -1 }, { iat: 0 }, { iat: -at }],
        variant,
      ),
    }),
  ),
  either("times that are no whole numbers", (claims, _, variant, at) =>
    ofText(
      written(
        claims,
        pick(["exp", "iat"], variant >> 1),
        pick(
          [
            `${at}.5`,
            "1e999",
            "1e308",
            "-1e999",
            "9007199254740993",
            `${at + 300}.25`,
            "1e20",
            "1e-5",
            "true",
            "[1]",
          ],
          variant,
        ),
      ),
    ),
  ),
  either("times that JSON does not know", (claims, _, variant) =>
    ofText(
      written(
        claims,
        "exp",
        pick(["Infinity", "NaN", "0x7fffffff", "+1", "01", "1_000", "1n", "undefined", ".5e9"], variant),
      ),
    ),
  ),
  either("not yet", (claims, _, variant, at) =>
    token({
      ...claims,
      nbf: pick<unknown>([at + 200 + variant, 9_999_999_999, "0", null, at + 1e9, 1.5, -1], variant),
    }),
  ),
  either("a sign-in in the future or of no time", (claims, _, variant, at) =>
    token({ ...claims, auth_time: pick<unknown>([at + 7_200 + variant, "1", null, 1.5, -1, [at]], variant) }),
  ),

  // Groups
  either("groups as one text", (claims, _, variant) =>
    token({
      ...claims,
      "cognito:groups": pick(["finance", "", "finance,admin", "[finance]", `g-${variant}`], variant),
    }),
  ),
  either("groups that are no list of texts", (claims, _, variant) =>
    token({
      ...claims,
      "cognito:groups": pick<unknown>(
        [{ 0: "finance" }, [1], [["finance"]], [null], null, true, ["finance", 1], [{ name: "finance" }]],
        variant,
      ),
    }),
  ),
  onlyAccess(
    "no groups where some are asked for",
    (claims, _, variant) =>
      token({ ...without(claims, "cognito:groups"), ...(variant % 4 < 2 ? {} : { "cognito:groups": [] }) }),
    { allowedGroups: ["finance"] },
  ),
  onlyAccess(
    "groups that are nearly allowed",
    (claims, _, variant) =>
      token({
        ...claims,
        groups: ["finance"],
        "cognito:groups": pick(
          [
            ["Finance"],
            ["finance "],
            ["finance\u0000"],
            ["finance,admin"],
            ["fin", "ance"],
            ["fіnance"],
            ["*"],
            ["__proto__"],
          ],
          variant,
        ),
      }),
    { allowedGroups: ["finance"] },
  ),

  // Bytes
  either("more than 4 KB", (claims, _, variant) =>
    token({ ...claims, padding: "x".repeat(2_500 + variant * 200) }),
  ),
  either("cut short", (claims, _, variant) => token(claims).slice(0, -(1 + variant * 7))),
  either("padding", (claims, _, variant) => {
    const parts = [...split(token(claims))];
    const at = variant % 3;
    parts[at] = `${parts[at]}${pick(["=", "==", "===", "%3D"], variant)}`;
    return parts.join(".");
  }),
  either("base64 as it is written elsewhere", (claims, _, variant) => {
    const text = signed(`${part(HEADER)}.${part({ ...claims, n: "~~~???>>>" })}`);
    const standard = text.replaceAll("-", "+").replaceAll("_", "/");
    return standard === text ? `${text}+` : pick([standard, `${standard}=`, `${text}+`, `${text}/`], variant);
  }),
  either("stray bits behind the end of a part", (claims, _, variant) => {
    const [header, payload, signature] = split(token({ ...claims, x: "y".repeat(variant % 3) }));
    // 256 bytes leave two bits over, so that four signatures read the same.
    return variant % 4 < 2
      ? `${header}.${payload}.${stray(signature)}`
      : signed(`${raw(JSON.stringify(HEADER).padEnd(37 + (variant % 7)))}`.concat("A.", payload));
  }),
  either("white space", (claims, _, variant) => {
    const text = token(claims);
    const space = pick([" ", "\n", "\t", "\r\n", "\u00a0", "\u2028", "\ufeff", "\u200b"], variant);
    const at = pick(
      [0, text.length, 10, text.indexOf("."), text.indexOf(".") + 1, text.length - 5],
      variant >> 1,
    );
    return text.slice(0, at) + space + text.slice(at);
  }),
  either("NUL", (claims, _, variant) => {
    const text = token(claims);
    const at = (variant * 11) % (text.length + 1);
    return `${text.slice(0, at)}\u0000${text.slice(at)}`;
  }),
  either("letters that look alike, and emoji", (claims, _, variant) => {
    const text = token(claims);
    const at = (variant * 13) % text.length;
    return (
      text.slice(0, at) +
      pick(["а", "Ａ", "．", "💰", "é", "ﬁ", "\ud800", "\u202e"], variant) +
      text.slice(at + 1)
    );
  }),
  either("bytes that are not UTF-8", (claims, _, variant) => {
    const bad = pick(
      [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xc3]],
      variant,
    );
    const json = Buffer.from(JSON.stringify({ ...claims, name: "~" }));
    const at = json.indexOf("~");
    return signed(
      `${part(HEADER)}.${raw(Buffer.concat([json.subarray(0, at), Buffer.from(bad), json.subarray(at + 1)]))}`,
    );
  }),
  either("a payload with a key twice", (claims, _, variant) => {
    const twin = pick(
      [
        '"exp":1',
        '"exp":9999999999',
        '"token_use":"id"',
        '"aud":"x"',
        '"sub":"admin"',
        '"\\u0065xp":1',
        '"cognito:groups":["admin"]',
        '"iss":"x"',
        '"jti":"x"',
        '"a":{"b":1,"b":2}',
      ],
      variant,
    );
    const json = JSON.stringify({ ...claims, aud: CLIENT });
    return ofText(
      variant % 4 < 2
        ? json.replace("{", `{${twin},`)
        : `${json.slice(0, -1)},${twin}}`.replace('"jti":"j', '"jti":"k'),
    );
  }),
  either("a payload that is no object", (_, __, variant) =>
    ofText(
      pick(
        ["null", "[]", '"text"', "1", "true", `[${variant}]`, `"${variant}"`, "{}", `{"v":${variant}}`, " "],
        variant,
      ).padEnd(variant),
    ),
  ),
  either("a payload that is not plain JSON", (claims, _, variant) => {
    const json = JSON.stringify(claims);
    return ofText(
      pick(
        [
          `\ufeff${json}`,
          `${json}x`,
          `${json}${json}`,
          `${json}\u0000`,
          json.replaceAll('"', "'"),
          json.slice(0, -1),
          `${json.slice(0, -1)},}`,
          `//\n${json}`,
          json.replace("{", "{'a':1,"),
        ],
        variant,
      ),
    );
  }),
  either("claims in a prototype", (claims, use, variant) => {
    const hidden = JSON.stringify(claims);
    const name = pick(["__proto__", "constructor", "prototype"], variant);
    return ofText(
      `{"jti":"p-${variant}","${name}":${hidden}${variant % 4 < 2 ? "" : `,"token_use":"${use}"`}}`,
    );
  }),
  either("a token in a token", (claims, _, variant) => {
    const inner = token(claims);
    return pick(
      [
        () => ofText(JSON.stringify(inner), { ...HEADER, cty: "JWT" }),
        () => signed(`${part(HEADER)}.${raw(inner)}`),
        () => token({ token: inner }),
        () => token({ ...without(claims, "sub"), act: claims }),
        () => `${inner}.${inner}`,
      ],
      variant,
    )();
  }),
  either("four, five or two parts", (claims, _, variant) => {
    const [header, payload, signature] = split(token(claims));
    return pick(
      [
        `${header}.${payload}.${signature}.`,
        `.${header}.${payload}.${signature}`,
        `${header}.${payload}.${signature}.${payload}.${signature}`,
        `${header}.${payload}`,
        `${header}..${payload}.${signature}`,
        `${header}.${payload}.${signature}.${signature}`,
        `${header}${variant}`,
      ],
      variant,
    );
  }),
  either("no text at all", (claims, _, variant) =>
    pick<unknown>(
      [
        variant,
        -variant - 0.5,
        `${variant}`,
        `null ${variant}`,
        "\u0000".repeat(variant),
        [token(claims)],
        [null, variant],
        { token: token(claims) },
        { variant: null, [variant]: true },
      ],
      variant,
    ),
  ),
];
