import { describe, expect, it } from "vitest";
import { type CloudFrontResponse, cloudFront } from "./cloudfront.ts";
import { text, texts } from "./xml.ts";

/** A CloudFront, with short functions for requests to it. */
function anEdge() {
  const edge = cloudFront("123456789012");
  const send = (method: string, address: string, body = "", ifMatch: string | null = null) => {
    const { pathname, searchParams } = new URL(address, "http://cloudfront");
    const path = pathname.slice(1).split("/");
    return edge.respond({ method, path, query: searchParams, ifMatch, body });
  };
  const make = (address: string, body: string) => {
    const response = send("POST", address, body);
    expect(response.status, bodyOf(response)).toBe(201);
    return { id: text(bodyOf(response), "Id") ?? "", etag: response.headers?.etag ?? "" };
  };
  /** A change by the current version. */
  const change = (method: string, address: string, body = "") =>
    send(
      method,
      address,
      body,
      send("GET", address.replace(/\/(publish|config)$/, "")).headers?.etag ?? null,
    );
  return { ...edge, send, make, change };
}

const bodyOf = ({ body = "" }: CloudFrontResponse) => body.toString();
const refused = (response: CloudFrontResponse) => [response.status, text(bodyOf(response), "Code")];

const aCachePolicy = (ttl = 60) =>
  `<CachePolicyConfig><MaxTTL>${ttl}</MaxTTL><Headers><Name>Origin</Name></Headers><Name>data</Name></CachePolicyConfig>`;
const aKey = (comment: string, key = "PEM") =>
  `<PublicKeyConfig><CallerReference>1</CallerReference><Name>k</Name><EncodedKey>${key}</EncodedKey><Comment>${comment}</Comment></PublicKeyConfig>`;
const aKeyGroup = (key: string) =>
  `<KeyGroupConfig><Items><PublicKey>${key}</PublicKey></Items><Name>g</Name></KeyGroupConfig>`;
const aFunction = (code: string, name = "page") =>
  `<CreateFunctionRequest><Name>${name}</Name><FunctionConfig><Comment>c</Comment></FunctionConfig><FunctionCode>${Buffer.from(code).toString("base64")}</FunctionCode></CreateFunctionRequest>`;
const aDistribution = (behaviour: string, enabled = true, tags = "") =>
  `<DistributionConfigWithTags><DistributionConfig><CallerReference>1</CallerReference><DefaultCacheBehavior><TargetOriginId>app</TargetOriginId><TrustedKeyGroups><Enabled>true</Enabled></TrustedKeyGroups>${behaviour}</DefaultCacheBehavior><Origins><Items><Origin><Id>app</Id></Origin></Items></Origins><Enabled>${enabled}</Enabled></DistributionConfig>${tags}</DistributionConfigWithTags>`;
const PAGE_FUNCTION = "<FunctionARN>arn:aws:cloudfront::123456789012:function/page</FunctionARN>";

describe("the emulator of CloudFront", () => {
  it("returns a document as it was written, changes it by its current version alone, and deletes it", () => {
    const { send, make, contents } = anEdge();
    const { id, etag } = make("/cache-policy", aCachePolicy());
    const at = `/cache-policy/${id}`;
    expect(send("GET", at).headers?.etag).toBe(etag);
    expect(bodyOf(send("GET", at))).toContain(aCachePolicy());
    expect(texts(bodyOf(send("GET", `${at}/config`)), "MaxTTL")).toEqual(["60"]);
    expect(refused(send("PUT", at, aCachePolicy(61)))).toEqual([400, "InvalidIfMatchVersion"]);
    const changed = send("PUT", at, aCachePolicy(61), etag);
    expect(texts(bodyOf(changed), "MaxTTL")).toEqual(["61"]);
    expect(refused(send("PUT", at, aCachePolicy(62), etag))).toEqual([412, "PreconditionFailed"]);
    expect(refused(send("DELETE", at, "", etag))).toEqual([412, "PreconditionFailed"]);
    expect(contents()).toEqual(["cache-policy data"]);
    expect(send("DELETE", at, "", changed.headers?.etag ?? null).status).toBe(204);
    expect(contents()).toEqual([]);
  });

  it.each([
    ["a name that is taken", "POST", "/cache-policy", aCachePolicy(), 409, "CachePolicyAlreadyExists"],
    ["a policy that does not exist", "GET", "/cache-policy/E0", "", 404, "NoSuchCachePolicy"],
    ["a key group that does not exist", "GET", "/key-group/E0", "", 404, "NoSuchResource"],
    ["an unknown key in a key group", "POST", "/key-group", aKeyGroup("E0"), 404, "NoSuchPublicKey"],
    [
      "a function of more than 10 KB",
      "POST",
      "/function",
      aFunction("x".repeat(10_241), "long"),
      413,
      "FunctionSizeLimitExceeded",
    ],
    [
      "a function that is not published",
      "POST",
      "/distribution",
      aDistribution(PAGE_FUNCTION),
      400,
      "InvalidFunctionAssociation",
    ],
    [
      "an unknown policy",
      "POST",
      "/distribution",
      aDistribution("<CachePolicyId>E0</CachePolicyId>"),
      404,
      "NoSuchCachePolicy",
    ],
    [
      "an unknown key group",
      "POST",
      "/distribution",
      aDistribution("<KeyGroup>E0</KeyGroup>"),
      400,
      "TrustedKeyGroupDoesNotExist",
    ],
    [
      "an unknown origin",
      "POST",
      "/distribution",
      aDistribution("<TargetOriginId>E0</TargetOriginId>"),
      404,
      "NoSuchOrigin",
    ],
    ["what it does not support", "GET", "/streaming-distribution", "", 501, "NotImplemented"],
    ["a list", "GET", "/cache-policy", "", 501, "NotImplemented"],
  ] as const)("refuses %s", (_, method, address, body, status, code) => {
    const { send, make } = anEdge();
    make("/cache-policy", aCachePolicy());
    make("/function", aFunction("one"));
    expect(refused(send(method, address, body))).toEqual([status, code]);
  });

  it("changes the comment of a public key and never its value", () => {
    const { make, change } = anEdge();
    const { id } = make("/public-key", aKey("old"));
    expect(change("PUT", `/public-key/${id}/config`, aKey("new")).status).toBe(200);
    const other = change("PUT", `/public-key/${id}/config`, aKey("new", "OTHER"));
    expect(refused(other)).toEqual([400, "CannotChangeImmutablePublicKeyFields"]);
  });

  it("keeps what another resource refers to", () => {
    const { make, change } = anEdge();
    const key = make("/public-key", aKey("new")).id;
    const group = make("/key-group", aKeyGroup(key)).id;
    const policy = make("/cache-policy", aCachePolicy()).id;
    make("/function", aFunction("one"));
    change("POST", "/function/page/publish");
    const behaviour = `${PAGE_FUNCTION}<KeyGroup>${group}</KeyGroup><CachePolicyId>${policy}</CachePolicyId>`;
    make("/distribution", aDistribution(behaviour));
    expect(refused(change("DELETE", `/public-key/${key}`))).toEqual([409, "PublicKeyInUse"]);
    expect(refused(change("DELETE", `/key-group/${group}`))).toEqual([409, "ResourceInUse"]);
    expect(refused(change("DELETE", `/cache-policy/${policy}`))).toEqual([409, "CachePolicyInUse"]);
    expect(refused(change("DELETE", "/function/page"))).toEqual([409, "FunctionInUse"]);
  });

  it("keeps a function in development until it is published, and its live code until it is published again", () => {
    const { send, make, change } = anEdge();
    make("/function", aFunction("one"));
    const live = () => send("GET", "/function/page?Stage=LIVE");
    expect(refused(live())).toEqual([404, "NoSuchFunctionExists"]);
    expect(change("POST", "/function/page/publish").status).toBe(200);
    expect(change("PUT", "/function/page", aFunction("<two> & ü")).status).toBe(200);
    expect(bodyOf(send("GET", "/function/page"))).toBe("<two> & ü");
    expect(text(bodyOf(send("GET", "/function/page/describe")), "Status")).toBe("UNPUBLISHED");
    expect(bodyOf(live())).toBe("one");
    change("POST", "/function/page/publish");
    expect(bodyOf(live())).toBe("<two> & ü");
  });

  it("deploys a distribution at the next read, and deletes it once it is disabled and deployed", () => {
    const { send, make, change, contents } = anEdge();
    const status = (response: CloudFrontResponse) => text(bodyOf(response), "Status");
    const at = `/distribution/${make("/distribution?WithTags", aDistribution("")).id}`;
    expect(status(send("GET", at))).toBe("Deployed");
    expect(refused(change("DELETE", at))).toEqual([409, "DistributionNotDisabled"]);
    const disabled = change("PUT", `${at}/config`, aDistribution("", false));
    expect(status(disabled)).toBe("InProgress");
    const etag = disabled.headers?.etag ?? null;
    expect(refused(send("DELETE", at, "", etag))).toEqual([409, "DistributionNotDisabled"]);
    send("GET", at);
    expect(send("DELETE", at, "", etag).status).toBe(204);
    expect(contents()).toEqual([]);
  });

  it("keeps the tags of a distribution until they change", () => {
    const { send, make } = anEdge();
    const tag = (key: string, value: string) =>
      `<Tags><Items><Tag><Key>${key}</Key><Value>${value}</Value></Tag></Items></Tags>`;
    const { id } = make("/distribution?WithTags", aDistribution("", true, tag("Project", "a &amp; b")));
    const resource = `Resource=arn:aws:cloudfront::123456789012:distribution/${id}`;
    const tags = () => texts(bodyOf(send("GET", `/tagging?${resource}`)), "Value");
    expect(tags()).toEqual(["a & b"]);
    send("POST", `/tagging?Operation=Tag&${resource}`, tag("Environment", "test"));
    const removed = "<TagKeys><Items><Key>Project</Key></Items></TagKeys>";
    send("POST", `/tagging?Operation=Untag&${resource}`, removed);
    expect(tags()).toEqual(["test"]);
  });
});
