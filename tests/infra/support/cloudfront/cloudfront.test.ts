import { describe, expect, it } from "vitest";
import type { Answer } from "./answer.ts";
import { cloudFront } from "./cloudfront.ts";
import { text, texts } from "./xml.ts";

/** A CloudFront with short words for what a client asks. */
function anEdge() {
  const edge = cloudFront("123456789012");
  const ask = (method: string, address: string, body = "", ifMatch: string | null = null) => {
    const { pathname, searchParams } = new URL(address, "http://cloudfront");
    const path = pathname.slice(1).split("/");
    return edge.answer({ method, path, query: searchParams, ifMatch, body });
  };
  const make = (address: string, body: string) => {
    const answer = ask("POST", address, body);
    expect(answer.status, said(answer)).toBe(201);
    return { id: text(said(answer), "Id") ?? "", etag: answer.headers?.etag ?? "" };
  };
  const change = (method: string, address: string, body = "") =>
    ask(method, address, body, ask("GET", address.replace(/\/publish$/, "/describe")).headers?.etag ?? null);
  return { ...edge, ask, make, change };
}

const said = ({ body = "" }: Answer) => body.toString();
const refused = (answer: Answer) => [answer.status, text(said(answer), "Code")];

const aCachePolicy = (name: string, ttl = 60) =>
  `<CachePolicyConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><MaxTTL>${ttl}</MaxTTL><Name>${name}</Name></CachePolicyConfig>`;

const anOriginRequestPolicy = (name: string, header: string) =>
  `<OriginRequestPolicyConfig><HeadersConfig><Headers><Items><Name>${header}</Name></Items></Headers></HeadersConfig><Name>${name}</Name></OriginRequestPolicyConfig>`;

const aFunction = (code: string) =>
  `<CreateFunctionRequest><Name>page</Name><FunctionConfig><Comment>Where a path leads</Comment><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>${Buffer.from(code).toString("base64")}</FunctionCode></CreateFunctionRequest>`;

const aDistribution = (reference: string, behaviour: string, enabled = true) =>
  `<DistributionConfig><CallerReference>${reference}</CallerReference><DefaultCacheBehavior><TargetOriginId>app</TargetOriginId><TrustedKeyGroups><Enabled>true</Enabled></TrustedKeyGroups>${behaviour}</DefaultCacheBehavior><Origins><Quantity>1</Quantity><Items><Origin><Id>app</Id></Origin></Items></Origins><Enabled>${enabled}</Enabled></DistributionConfig>`;

const withTags = (config: string) =>
  `<DistributionConfigWithTags>${config}<Tags><Items><Tag><Key>Project</Key><Value>a &amp; b</Value></Tag></Items></Tags></DistributionConfigWithTags>`;

describe("a policy", () => {
  it("comes back as it was written, with a version", () => {
    const { ask, make } = anEdge();
    const { id, etag } = make("/cache-policy", aCachePolicy("data"));
    const whole = ask("GET", `/cache-policy/${id}`);
    expect(whole.headers?.etag).toBe(etag);
    expect(said(whole)).toContain(
      "<CachePolicyConfig><MaxTTL>60</MaxTTL><Name>data</Name></CachePolicyConfig>",
    );
    expect(texts(said(ask("GET", `/cache-policy/${id}/config`)), "MaxTTL")).toEqual(["60"]);
  });

  it("is changed and deleted by the version that there is, by no other and by none", () => {
    const { ask, make, contents } = anEdge();
    const { id, etag } = make("/cache-policy", aCachePolicy("data"));
    const at = `/cache-policy/${id}`;
    expect(refused(ask("PUT", at, aCachePolicy("data", 61)))).toEqual([400, "InvalidIfMatchVersion"]);
    const changed = ask("PUT", at, aCachePolicy("data", 61), etag);
    expect(texts(said(changed), "MaxTTL")).toEqual(["61"]);
    expect(refused(ask("PUT", at, aCachePolicy("data", 62), etag))).toEqual([412, "PreconditionFailed"]);
    expect(refused(ask("DELETE", at, "", etag))).toEqual([412, "PreconditionFailed"]);
    expect(ask("DELETE", at, "", changed.headers?.etag ?? null).status).toBe(204);
    expect(contents()).toEqual([]);
  });

  it("has its name alone, whatever the names within it", () => {
    const { ask, make } = anEdge();
    make("/origin-request-policy", anOriginRequestPolicy("auth", "Origin"));
    make("/origin-request-policy", anOriginRequestPolicy("other", "Origin"));
    const again = ask("POST", "/origin-request-policy", anOriginRequestPolicy("auth", "Host"));
    expect(refused(again)).toEqual([409, "OriginRequestPolicyAlreadyExists"]);
  });

  it("that is not there is missed in its own words", () => {
    const { ask } = anEdge();
    expect(refused(ask("GET", "/cache-policy/E0"))).toEqual([404, "NoSuchCachePolicy"]);
    expect(refused(ask("GET", "/response-headers-policy/E0"))).toEqual([404, "NoSuchResponseHeadersPolicy"]);
    expect(refused(ask("GET", "/origin-access-control/E0"))).toEqual([404, "NoSuchOriginAccessControl"]);
    expect(refused(ask("GET", "/public-key/E0"))).toEqual([404, "NoSuchPublicKey"]);
    expect(refused(ask("GET", "/key-group/E0"))).toEqual([404, "NoSuchResource"]);
  });
});

describe("a public key", () => {
  const aKey = (comment: string, key = "PEM") =>
    `<PublicKeyConfig><CallerReference>1</CallerReference><Name>k</Name><EncodedKey>${key}</EncodedKey><Comment>${comment}</Comment></PublicKeyConfig>`;

  it("changes its comment and never its value", () => {
    const { make, change } = anEdge();
    const { id } = make("/public-key", aKey("old"));
    expect(change("PUT", `/public-key/${id}/config`, aKey("new")).status).toBe(200);
    const other = change("PUT", `/public-key/${id}/config`, aKey("new", "OTHER"));
    expect(refused(other)).toEqual([400, "CannotChangeImmutablePublicKeyFields"]);
  });

  it("stays while a key group has it", () => {
    const { ask, make, change } = anEdge();
    const { id } = make("/public-key", aKey("new"));
    const keyGroup = make(
      "/key-group",
      `<KeyGroupConfig><Items><PublicKey>${id}</PublicKey></Items><Name>g</Name></KeyGroupConfig>`,
    );
    expect(refused(change("DELETE", `/public-key/${id}`))).toEqual([409, "PublicKeyInUse"]);
    expect(ask("DELETE", `/key-group/${keyGroup.id}`, "", keyGroup.etag).status).toBe(204);
    expect(change("DELETE", `/public-key/${id}`).status).toBe(204);
  });
});

describe("a function", () => {
  it("is in development until it is published, and its live code stays until it is published again", () => {
    const { ask, make, change } = anEdge();
    make("/function", aFunction("one"));
    const live = () => ask("GET", "/function/page?Stage=LIVE");
    expect(refused(live())).toEqual([404, "NoSuchFunctionExists"]);
    expect(change("POST", "/function/page/publish").status).toBe(200);
    expect(said(live())).toBe("one");

    expect(change("PUT", "/function/page", aFunction("<two> & ü")).status).toBe(200);
    expect(said(ask("GET", "/function/page?Stage=DEVELOPMENT"))).toBe("<two> & ü");
    expect(text(said(ask("GET", "/function/page/describe")), "Status")).toBe("UNPUBLISHED");
    expect(said(live())).toBe("one");
    change("POST", "/function/page/publish");
    expect(said(live())).toBe("<two> & ü");
  });

  it("has at most 10 KB", () => {
    const { ask } = anEdge();
    expect(refused(ask("POST", "/function", aFunction("x".repeat(10_241))))).toEqual([
      413,
      "FunctionSizeLimitExceeded",
    ]);
  });

  it("is associated once it lives, and then stays while it is", () => {
    const { ask, make, change } = anEdge();
    make("/function", aFunction("one"));
    const association = "<FunctionARN>arn:aws:cloudfront::123456789012:function/page</FunctionARN>";
    const early = ask("POST", "/distribution?WithTags", aDistribution("1", association));
    expect(refused(early)).toEqual([400, "InvalidFunctionAssociation"]);
    change("POST", "/function/page/publish");
    make("/distribution?WithTags", aDistribution("1", association));
    expect(refused(change("DELETE", "/function/page"))).toEqual([409, "FunctionInUse"]);
  });
});

describe("a distribution", () => {
  it("is in progress after every change until somebody looks again", () => {
    const { ask, make, change } = anEdge();
    const status = (answer: Answer) => text(said(answer), "Status");
    const made = ask("POST", "/distribution?WithTags", aDistribution("1", ""));
    expect(status(made)).toBe("InProgress");
    const at = `/distribution/${text(said(made), "Id")}`;
    expect(status(ask("GET", at))).toBe("Deployed");
    expect(status(change("PUT", `${at}/config`, aDistribution("1", "", false)))).toBe("InProgress");
    expect(make("/distribution?WithTags", aDistribution("2", "")).id).not.toBe("");
  });

  it("is deleted when it is disabled and deployed, not before", () => {
    const { ask, make, change, contents } = anEdge();
    const at = `/distribution/${make("/distribution?WithTags", aDistribution("1", "")).id}`;
    expect(refused(change("DELETE", at))).toEqual([409, "DistributionNotDisabled"]);
    const disabled = change("PUT", `${at}/config`, aDistribution("1", "", false));
    const etag = disabled.headers?.etag ?? null;
    expect(refused(ask("DELETE", at, "", etag))).toEqual([409, "DistributionNotDisabled"]);
    ask("GET", at);
    expect(ask("DELETE", at, "", etag).status).toBe(204);
    expect(contents()).toEqual([]);
  });

  it("names nothing that is not there", () => {
    const { ask } = anEdge();
    const made = (behaviour: string) => refused(ask("POST", "/distribution", aDistribution("1", behaviour)));
    expect(made("<CachePolicyId>E0</CachePolicyId>")).toEqual([404, "NoSuchCachePolicy"]);
    expect(made("<KeyGroup>E0</KeyGroup>")).toEqual([400, "TrustedKeyGroupDoesNotExist"]);
    expect(made("<TargetOriginId>E0</TargetOriginId>")).toEqual([404, "NoSuchOrigin"]);
    const managed = "<CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId>";
    expect(ask("POST", "/distribution", aDistribution("1", managed)).status).toBe(201);
  });

  it("holds what it names", () => {
    const { make, change } = anEdge();
    const { id } = make("/cache-policy", aCachePolicy("data"));
    make("/distribution", aDistribution("1", `<CachePolicyId>${id}</CachePolicyId>`));
    expect(refused(change("DELETE", `/cache-policy/${id}`))).toEqual([409, "CachePolicyInUse"]);
  });

  it("has the tags that it was made with, until they change", () => {
    const { ask, make } = anEdge();
    const { id } = make("/distribution?WithTags", withTags(aDistribution("1", "")));
    const resource = `Resource=arn:aws:cloudfront::123456789012:distribution/${id}`;
    const tags = () => texts(said(ask("GET", `/tagging?${resource}`)), "Value");
    expect(tags()).toEqual(["a & b"]);
    const more = "<Tags><Items><Tag><Key>Environment</Key><Value>test</Value></Tag></Items></Tags>";
    ask("POST", `/tagging?Operation=Tag&${resource}`, more);
    ask(
      "POST",
      `/tagging?Operation=Untag&${resource}`,
      "<TagKeys><Items><Key>Project</Key></Items></TagKeys>",
    );
    expect(tags()).toEqual(["test"]);
  });
});

describe("what CloudFront is not asked here", () => {
  it("ends with an error that says so", () => {
    const { ask } = anEdge();
    expect(refused(ask("GET", "/streaming-distribution"))).toEqual([501, "NotImplemented"]);
    expect(refused(ask("GET", "/cache-policy"))).toEqual([501, "NotImplemented"]);
  });
});
