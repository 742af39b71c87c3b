import {
  DEFAULT_CACHE_CONTROL,
  deployedHeaders,
  type EdgeFunction,
  type EdgeRule,
  type EdgeTime,
  edgeTimes,
  strictTransport,
} from "@dapanoskop/edge";
import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Auth } from "./auth.ts";
import type { InputRow, Platform } from "./platform.ts";

/** CloudFront's managed policies: caches nothing; forwards everything but the Host header, which would break the signature. */
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** What a behaviour needs of a path rule. */
export const ruleRow = ({ path, origin, methods, edge, request, readers }: EdgeRule) => ({
  path,
  origin,
  methods,
  cache: edge,
  request,
  signedIn: readers === "signed-in",
});

/** Behaviours by the rules of packages/edge: CloudFront answers as `dapanoskop serve` does. */
export function createBehaviors(platform: Platform, auth: Auth) {
  const { choose, equal, isSet, element } = platform;
  const functions = createRequestFunctions(platform);
  const caches = createCachePolicies(platform);
  const headers = createHeadersPolicy(platform);
  return (
    row: InputRow<ReturnType<typeof ruleRow>>,
  ): Aws.types.input.cloudfront.DistributionDefaultCacheBehavior => {
    const takesAll = equal(row.methods, "all");
    return {
      targetOriginId: row.origin,
      viewerProtocolPolicy: choose(takesAll, "https-only", "redirect-to-https"),
      allowedMethods: choose<string[]>(
        takesAll,
        ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        ["GET", "HEAD"],
      ),
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      cachePolicyId: element(caches, row.cache),
      originRequestPolicyId: choose<string | undefined>(
        takesAll,
        ALL_VIEWER_EXCEPT_HOST,
        undefined,
      ) as Input<string>,
      responseHeadersPolicyId: headers.id,
      trustedKeyGroups: choose<string[] | undefined>(
        row.signedIn,
        [auth.keyGroup.id] as never,
        undefined,
      ) as Input<string[]>,
      functionAssociations: platform
        .forEach(choose(isSet(row.request), [row.request as string], []), (name) => ({
          eventType: "viewer-request",
          functionArn: element(functions, name),
        }))
        .map((association) => association),
    };
  };
}

const FUNCTIONS: Readonly<Record<EdgeFunction, string>> = {
  "page-request": "Maps the page's addresses to its files.",
  "data-request": "Maps the data's addresses to published files.",
};

/** @returns the ARN of each edge function; their code is in `infra/edge/` */
function createRequestFunctions({ aws, inputs, text, file, orDefault, table, local }: Platform) {
  const row = (name: EdgeFunction, code: Input<string>) => ({ comment: FUNCTIONS[name], code });
  const domain = { DOMAIN_NAME: orDefault(inputs.domain_name, "") };
  const rows = {
    "page-request": row("page-request", file("edge/page-request.js", domain)),
    "data-request": row("data-request", file("edge/data-request.js")),
  };
  const arns = table(
    "edge_functions",
    rows,
    (row, key, label) =>
      new aws.cloudfront.Function(label("request"), {
        name: text`${inputs.name_prefix}-${key}`,
        runtime: "cloudfront-js-2.0",
        comment: row.comment,
        publish: true,
        code: row.code,
      }).arn,
  );
  return local("edge_function_arns", arns);
}

/** @returns the id of the cache policy of each caching time */
function createCachePolicies({ aws, inputs, text, table, local }: Platform) {
  const rows = {
    "for-good": { seconds: edgeTimes["for-good"] },
    briefly: { seconds: edgeTimes.briefly },
  };
  const ids = table(
    "cache_policies",
    rows,
    ({ seconds }, key, label) =>
      new aws.cloudfront.CachePolicy(label("cache"), {
        name: text`${inputs.name_prefix}-${key}`,
        comment: text`Dapanoskop: caches for ${seconds} seconds.`,
        minTtl: seconds,
        defaultTtl: seconds,
        maxTtl: seconds,
        parametersInCacheKeyAndForwardedToOrigin: {
          cookiesConfig: { cookieBehavior: "none" },
          headersConfig: { headerBehavior: "none" },
          queryStringsConfig: { queryStringBehavior: "none" },
          enableAcceptEncodingBrotli: true,
          enableAcceptEncodingGzip: true,
        },
      }).id,
  );
  return local<Record<EdgeTime, Input<string>>>("cache_policy_ids", { ...ids, never: CACHING_DISABLED });
}

/** Headers that have an argument of their own in CloudFront. */
const SECURITY_HEADERS: readonly string[] = [
  "content-security-policy",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "strict-transport-security",
];

function createHeadersPolicy({ aws, inputs, text, map }: Platform) {
  const custom = Object.entries(deployedHeaders)
    .filter(([name]) => !SECURITY_HEADERS.includes(name))
    .map(([header, value]) => ({ header, value, override: true }));
  // A file's own cache-control remains: written over every answer of a path, an error would be cached as long as a file.
  const byDefault = { header: "cache-control", value: DEFAULT_CACHE_CONTROL, override: false };
  return new aws.cloudfront.ResponseHeadersPolicy("security", {
    name: text`${inputs.name_prefix}-security`,
    comment: "Dapanoskop: headers of every answer.",
    securityHeadersConfig: {
      contentSecurityPolicy: { contentSecurityPolicy: header("content-security-policy"), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: "DENY", override: true },
      referrerPolicy: { referrerPolicy: "no-referrer", override: true },
      strictTransportSecurity: {
        accessControlMaxAgeSec: strictTransport.maxAge,
        includeSubdomains: strictTransport.includeSubdomains,
        override: true,
      },
    },
    customHeadersConfig: {
      items: map("custom_headers", [...custom, byDefault], ({ header, value, override }) => ({
        header,
        value,
        override,
      })),
    },
  });
}

function header(name: string): string {
  const value = deployedHeaders[name];
  if (value === undefined) throw new Error(`packages/edge has no header ${name}.`);
  return value;
}
