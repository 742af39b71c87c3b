import { expect, it } from "vitest";
import { cloudFront } from "./cloudfront.ts";
import { childText, element, texts } from "./xml.ts";

// What the module's tests need CloudFront to refuse. apply.test.ts shows what it accepts.

const edge = cloudFront("123456789012");

const send = (method: string, path: string, body = "", ifMatch: string | null = null) => {
  const response = edge.respond({
    method,
    path: path.split("/"),
    query: new URLSearchParams(),
    ifMatch,
    body,
  });
  const [code = ""] = texts(String(response.body), "Code");
  return { ...response, body: String(response.body), refusal: `${response.status} ${code}` };
};
const made = (path: string, body: string) => childText(send("POST", path, body).body.slice(1), "Id") ?? "";
const change = (method: string, path: string, body = "") =>
  send(method, path, body, send("GET", path).headers.etag);

const cachePolicy = (name: string) => element("CachePolicyConfig", element("Name", name));
const publicKey = (name: string, key: string) =>
  element("PublicKeyConfig", element("Name", name), element("EncodedKey", key));
const keyGroup = (key: string) =>
  element("KeyGroupConfig", element("Name", "g"), element("Items", element("PublicKey", key)));
const distribution = (...behavior: readonly string[]) => {
  const origins = element("Origins", element("Items", element("Origin", element("Id", "app"))));
  return element("DistributionConfig", origins, element("DefaultCacheBehavior", ...behavior));
};
const aFunction = element(
  "CreateFunctionRequest",
  element("Name", "page"),
  element("FunctionConfig", ""),
  element("FunctionCode", ""),
);
const ARN = "arn:aws:cloudfront::123456789012:function/page";

it("refuses what does not exist, is used by another resource, has a taken name or is not published", () => {
  const key = made("public-key", publicKey("k", "PEM"));
  const group = made("key-group", keyGroup(key));
  const policy = made("cache-policy", cachePolicy("data"));
  made("function", aFunction);
  const refusals = [
    send("POST", "cache-policy", cachePolicy("data")),
    send("POST", "key-group", keyGroup("E0")),
    send("POST", "distribution", distribution(element("TargetOriginId", "other"))),
    send("POST", "distribution", distribution(element("CachePolicyId", "E0"))),
    send("POST", "distribution", distribution(element("FunctionARN", ARN))),
    send("DELETE", `cache-policy/${policy}`, "", "an old version"),
    send("GET", "streaming-distribution"),
    change("PUT", `public-key/${key}/config`, publicKey("k", "OTHER")),
  ];
  change("POST", "function/page/publish");
  const behavior = [
    element("KeyGroup", group),
    element("CachePolicyId", policy),
    element("FunctionARN", ARN),
  ];
  const site = made("distribution", distribution(...behavior));
  const used = [`public-key/${key}`, `key-group/${group}`, `cache-policy/${policy}`, "function/page"];
  expect([...refusals, ...used.map((path) => change("DELETE", path))].map(({ refusal }) => refusal)).toEqual([
    "409 CachePolicyAlreadyExists",
    "404 NoSuchPublicKey",
    "404 NoSuchOrigin",
    "404 NoSuchCachePolicy",
    "404 NoSuchFunction",
    "412 PreconditionFailed",
    "501 NotImplemented",
    "400 CannotChangeImmutablePublicKeyFields",
    "409 PublicKeyInUse",
    "409 KeyGroupInUse",
    "409 CachePolicyInUse",
    "409 FunctionInUse",
  ]);
  for (const path of [`distribution/${site}`, "function/page", `key-group/${group}`, `public-key/${key}`]) {
    expect(change("DELETE", path).status).toBe(204);
  }
  expect(edge.contents()).toEqual(["cache-policy data"]);
});
