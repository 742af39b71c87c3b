import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Unavailable } from "../tokens/index.ts";
import { cachedSettings, parseSettings } from "./settings.ts";
import { edgeKey } from "./testing/index.ts";

const pem = edgeKey.publicKey.export({ type: "spki", format: "pem" });
const written = {
  host: "d111111abcdef8.cloudfront.net",
  user_pool_id: "eu-central-1_AbCdEfGhI",
  sign_in_host: "bill.auth.eu-central-1.amazoncognito.com",
  client_id: "1example23456789",
  allowed_groups: ["finance"],
  signing_keys: [{ key_pair_id: "K2JCJMDEHXQW5F", kms_key_id: "arn:aws:kms:x", public_key: pem }],
};

describe("the settings", () => {
  it("have host, pool, client and keys; every address in them becomes https", () => {
    const settings = parseSettings(JSON.stringify(written));
    expect(settings).toMatchObject({
      host: written.host,
      issuers: [
        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
        "https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
      ],
      signInUrl: "https://bill.auth.eu-central-1.amazoncognito.com",
      clientId: "1example23456789",
      allowedGroups: ["finance"],
    });
    expect(settings.signingKeys[0].publicKey.equals(edgeKey.publicKey)).toBe(true);
  });

  it("have the clients of CI where the parameter has some, and otherwise none", () => {
    const clients = (more: object) => parseSettings(JSON.stringify({ ...written, ...more })).apiCiClientIds;
    expect(clients({})).toEqual([]);
    expect(clients({ api_ci_client_ids: ["1ci", "2ci"] })).toEqual(["1ci", "2ci"]);
  });

  it.each([
    ["cn-north-1", "amazonaws.com.cn"],
    ["us-gov-west-1", "amazonaws.com"],
  ])("have the issuers of the pool's partition: %s", (region, domain) => {
    const settings = parseSettings(JSON.stringify({ ...written, user_pool_id: `${region}_AbCdEfGhI` }));
    expect(settings.issuers).toEqual([
      `https://cognito-idp.${region}.${domain}/${region}_AbCdEfGhI`,
      `https://issuer-cognito-idp.${region}.${domain}/${region}_AbCdEfGhI`,
    ]);
  });

  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({
    type: "spki",
    format: "pem",
  });
  it.each([
    ["host", { host: "https://evil.example" }],
    ["host", { host: "evil.example/*" }],
    ["api_ci_client_ids.0", { api_ci_client_ids: ["1ci 2ci"] }],
    ["host", { host: "*" }],
    ["host", { host: "" }],
    ["sign_in_host", { sign_in_host: "a b" }],
    ["user_pool_id", { user_pool_id: "eu-central-1_x/../../" }],
    ["user_pool_id", { user_pool_id: "evil.example#_x" }],
    ["client_id", { client_id: "" }],
    ["allowed_groups", { allowed_groups: "finance" }],
    ["allowed_groups.0", { allowed_groups: [""] }],
    ["signing_keys", { signing_keys: [] }],
    ["signing_keys.0.key_pair_id", { signing_keys: [{ ...written.signing_keys[0], key_pair_id: "a; b\n" }] }],
    ["insecure", { insecure: true }],
    ["public_key", { signing_keys: [{ ...written.signing_keys[0], public_key: "none" }] }],
    ["public_key", { signing_keys: [{ ...written.signing_keys[0], public_key: ec }] }],
  ])("that are wrong are named: %s", (name, changes) => {
    const text = JSON.stringify({ ...written, ...changes });
    expect(() => parseSettings(text)).toThrow(Unavailable);
    expect(() => parseSettings(text)).toThrow(name);
  });

  it("are refused with a sentence where they are not JSON", () => {
    expect(() => parseSettings("host=…")).toThrow("The settings of the session handler are not JSON.");
    expect(() => parseSettings('{"host":"a","host":"b"}')).toThrow("not JSON");
  });

  it("are read once for five minutes, and remain in use while they cannot be read again", async () => {
    let [time, read, fails] = [1_772_955_015_000, 0, false];
    const settings = cachedSettings(
      {
        async read() {
          read += 1;
          if (fails) throw new Error("throttled");
          return JSON.stringify({ ...written, client_id: `client${read}` });
        },
      },
      () => time,
    );
    expect((await settings()).clientId).toBe("client1");
    time += 299_000;
    expect((await settings()).clientId).toBe("client1");
    time += 2_000;
    expect((await settings()).clientId).toBe("client2");
    fails = true;
    time += 301_000;
    expect((await settings()).clientId).toBe("client2");
    fails = false;
    time += 301_000;
    expect((await settings()).clientId).toBe("client4");
  });
});
