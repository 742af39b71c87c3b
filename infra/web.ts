import {
  defaultRule,
  deployedHeaders,
  type EdgeFunction,
  type EdgeRule,
  type EdgeTime,
  edgeRules,
  edgeTimes,
  ruleOf,
  strictTransport,
  UNLESS_SAID,
} from "@dapanoskop/edge";
import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Auth } from "./auth.ts";
import { createBucketPolicies } from "./bucket-policies.ts";
import type { Pipeline } from "./pipeline.ts";
import type { InputRow, Platform, Site } from "./platform.ts";
import type { Store } from "./store.ts";

/** The page, and the host under which a browser reaches it. */
interface Web {
  readonly site: Site;
  readonly host: Input<string>;
}

/** CloudFront's managed policies: caches nothing; forwards everything but the Host header, which would break the signature. */
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** A user waits: an origin that does not answer in this time is an error that the page explains. */
const ORIGIN_TIMEOUT_SECONDS = 30;

export const createWeb = (
  platform: Platform,
  { store, pipeline, auth }: { readonly store: Store; readonly pipeline: Pipeline; readonly auth: Auth },
): Web =>
  platform.subsystem(
    "web",
    "The distribution in front of page, data and session function, and its access to them.",
    () => {
      const { inputs, text, isSet, equal, orDefault } = platform;
      platform.require(
        equal(isSet(inputs.domain_name), isSet(inputs.acm_certificate_arn)),
        "domain_name and acm_certificate_arn belong together: set both, or neither to use the distribution's own name.",
      );
      const behavior = createBehaviors(platform, auth);
      const origins = createOrigins(platform, store, auth);
      platform.comment("One behaviour for each path; the first path that matches applies.");
      const site = platform.site("page", {
        bucket: store.app,
        domainName: inputs.domain_name,
        certificateArn: inputs.acm_certificate_arn,
        distribution: {
          comment: text`Dapanoskop (${inputs.name_prefix})`,
          origins,
          defaultCacheBehavior: behavior(rowOf(defaultRule)),
          orderedCacheBehaviors: platform.map("behaviors", edgeRules.map(rowOf), (row) => ({
            pathPattern: row.path,
            ...behavior(row),
          })),
          defaultRootObject: "index.html",
          httpVersion: "http2and3",
          isIpv6Enabled: true,
          priceClass: inputs.price_class,
          webAclId: inputs.web_acl_arn,
        },
      });

      const { distributionArn } = site;
      createBucketPolicies(platform, store, { pipelineRoleArn: pipeline.role.arn, distributionArn });
      allowCloudFront(platform, auth, site);

      const host = orDefault(inputs.domain_name, site.domainName);
      platform.output("url", "The address of the page.", text`https://${host}`);
      platform.output(
        "distribution_domain_name",
        "The target of a DNS record for domain_name.",
        site.domainName,
      );
      platform.output("distribution_id", "The id of the CloudFront distribution.", site.distributionId);
      return { site, host };
    },
  );

/** Writes the page's configuration: where users sign in. It comes last, since the client is made after the distribution. */
export function configurePage(platform: Platform, store: Store, clientId: Input<string>): void {
  const { aws, inputs, text, json } = platform;
  platform.subsystem("web", "", () => {
    const key = "config.json";
    new aws.s3.BucketObjectv2("config", {
      bucket: store.app.contents,
      key,
      contentType: "application/json",
      cacheControl: ruleOf(`/${key}`).browser,
      content: json({ user_pool: { domain: text`https://${inputs.cognito_domain}`, client_id: clientId } }),
    });
  });
}

function createOrigins(
  platform: Platform,
  store: Store,
  auth: Auth,
): (Aws.types.input.cloudfront.DistributionOrigin & { originId: EdgeRule["origin"] })[] {
  const { aws, inputs, text } = platform;
  const types = { buckets: { type: "s3" }, session: { type: "lambda" } };
  const access = platform.table("origin_access", types, ({ type }, key, label) => ({
    id: new aws.cloudfront.OriginAccessControl(label("origin"), {
      name: text`${inputs.name_prefix}-${key}`,
      description: text`Dapanoskop: CloudFront signs its requests to ${key}.`,
      originAccessControlOriginType: type,
      signingBehavior: "always",
      signingProtocol: "sigv4",
    }).id,
  }));
  return [
    {
      originId: "page",
      domainName: store.app.regionalDomainName,
      originAccessControlId: access.buckets.id,
    },
    {
      originId: "data",
      domainName: store.data.regionalDomainName,
      originAccessControlId: access.buckets.id,
    },
    {
      originId: "session",
      domainName: text`${auth.url.urlId}.lambda-url.${platform.region}.on.aws`,
      originAccessControlId: access.session.id,
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        originReadTimeout: ORIGIN_TIMEOUT_SECONDS,
      },
    },
  ];
}

/** What a behaviour needs of a path rule. */
const rowOf = ({ path, origin, methods, edge, request, readers }: EdgeRule) => ({
  path,
  origin,
  methods,
  cache: edge,
  request,
  signedIn: readers === "signed-in",
});

/** Behaviours by the rules of packages/edge: CloudFront answers as `dapanoskop serve` does. */
function createBehaviors(platform: Platform, auth: Auth) {
  const { choose, equal, isSet, element } = platform;
  const functions = createRequestFunctions(platform);
  const caches = createCachePolicies(platform);
  const headers = createHeadersPolicy(platform);
  return (
    row: InputRow<ReturnType<typeof rowOf>>,
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
        equal(row.origin, "session"),
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
function createRequestFunctions({ aws, inputs, text, file, table, local }: Platform) {
  const row = (name: EdgeFunction) => ({ comment: FUNCTIONS[name], code: file(`edge/${name}.js`) });
  const rows = { "page-request": row("page-request"), "data-request": row("data-request") };
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
  const byDefault = { header: "cache-control", value: UNLESS_SAID, override: false };
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

/** Function URLs created since October 2025 need both permissions. */
function allowCloudFront({ aws, table }: Platform, { lambda }: Auth, { distributionArn }: Site): void {
  const rows = {
    url: { statement: "CloudFrontCallsTheUrl", action: "lambda:InvokeFunctionUrl", authType: "AWS_IAM" },
    invoke: { statement: "CloudFrontInvokes", action: "lambda:InvokeFunction", authType: undefined },
  };
  table("cloudfront_permissions", rows, ({ statement, action, authType }, _, label) => {
    new aws.lambda.Permission(label("cloudfront"), {
      statementId: statement,
      action,
      function: lambda.name,
      functionUrlAuthType: authType as Input<string>,
      principal: "cloudfront.amazonaws.com",
      sourceArn: distributionArn,
    });
  });
}
