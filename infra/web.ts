import {
  defaultRule,
  deployedHeaders,
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
import { appBucketPolicy, dataBucketPolicy } from "./bucket-policies.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Platform, SiteParts } from "./platform.ts";
import type { Store } from "./store.ts";

/** What a browser reaches. */
export interface Web {
  readonly site: SiteParts;
  /** The page's host as people type it. */
  readonly host: Input<string>;
}

/** CloudFront's own: keeps nothing; and hands everything on but the viewer's host, which would break the signature. */
const CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** A person waits: what does not answer in this time is an error that the page can say. */
const ORIGIN_SECONDS = 30;

export const createWeb = (
  platform: Platform,
  { store, pipeline, auth }: { readonly store: Store; readonly pipeline: Pipeline; readonly auth: Auth },
): Web =>
  platform.part(
    "web",
    "The page and the data behind it: one distribution, two private buckets, one function.",
    () => {
      const { inputs, text, given, same, orElse } = platform;
      const own = given(inputs.domain_name);
      platform.require(
        same(own, given(inputs.acm_certificate_arn)),
        "domain_name and acm_certificate_arn go together: give both, or neither for the distribution's own name.",
      );

      const behaviour = createBehaviours(platform, auth);
      const site = platform.site("page", {
        bucket: store.app,
        domainName: inputs.domain_name,
        certificateArn: inputs.acm_certificate_arn,
        distribution: {
          comment: text`Dapanoskop (${inputs.name_prefix})`,
          origins: createOrigins(platform, store, auth),
          defaultCacheBehavior: behaviour(defaultRule),
          orderedCacheBehaviors: edgeRules.map((rule) => ({ pathPattern: rule.path, ...behaviour(rule) })),
          defaultRootObject: "index.html",
          httpVersion: "http2and3",
          isIpv6Enabled: true,
          priceClass: inputs.price_class,
          webAclId: inputs.web_acl_arn,
        },
      });

      store.data.policy(
        dataBucketPolicy(platform, {
          data: store.data,
          pipelineRoleArn: pipeline.role.arn,
          distributionArn: site.distributionArn,
        }),
      );
      store.app.policy(appBucketPolicy(platform, store.app, site.distributionArn));
      allowCloudFront(platform, auth, site);

      const host = orElse(inputs.domain_name, site.domainName);
      platform.output("url", "Where the page is.", text`https://${host}`);
      platform.output(
        "distribution_domain_name",
        "What a DNS record for domain_name points to.",
        site.domainName,
      );
      platform.output("distribution_id", "CloudFront's name of the distribution.", site.distributionId);
      return { site, host };
    },
  );

/** Writes what the page is told: whom it asks to sign in. It comes last, since the client knows the distribution. */
export function configurePage(platform: Platform, store: Store, clientId: Input<string>): void {
  const { aws, inputs, text, json } = platform;
  platform.part("web", "", () => {
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
  const access = (name: string, type: "s3" | "lambda") =>
    new aws.cloudfront.OriginAccessControl(name, {
      name: text`${inputs.name_prefix}-${name}`,
      description: `Dapanoskop: CloudFront signs what it asks of the ${name}.`,
      originAccessControlOriginType: type,
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  const buckets = access("buckets", "s3");
  const session = access("session", "lambda");
  return [
    { originId: "page", domainName: store.app.regionalDomainName, originAccessControlId: buckets.id },
    { originId: "data", domainName: store.data.regionalDomainName, originAccessControlId: buckets.id },
    {
      originId: "session",
      domainName: text`${auth.url.urlId}.lambda-url.${platform.region}.on.aws`,
      originAccessControlId: session.id,
      customOriginConfig: {
        httpPort: 80,
        httpsPort: 443,
        originProtocolPolicy: "https-only",
        originSslProtocols: ["TLSv1.2"],
        originReadTimeout: ORIGIN_SECONDS,
      },
    },
  ];
}

/** Behaviours by the rules of core's edge: what CloudFront says is what `dapanoskop serve` says. */
function createBehaviours(platform: Platform, auth: Auth) {
  const { aws, inputs, text } = platform;
  const functions = {
    "page-request": createFunction(platform, "page-request", "Leads the page's addresses to the page."),
    "data-request": createFunction(
      platform,
      "data-request",
      "Leads the data's addresses to published files.",
    ),
  };
  const caches = createCachePolicies(platform);
  const headers = new aws.cloudfront.ResponseHeadersPolicy("security", {
    name: text`${inputs.name_prefix}-security`,
    comment: "Dapanoskop: what every answer says.",
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
      items: [
        ...Object.keys(deployedHeaders)
          .filter((name) => !OWN_SETTINGS.includes(name))
          .map((name) => ({ header: name, value: header(name), override: true })),
        // A file brings its own. Written over every answer of a path, a refusal would be kept as long as a file.
        { header: "cache-control", value: UNLESS_SAID, override: false },
      ],
    },
  });
  return (rule: EdgeRule): Aws.types.input.cloudfront.DistributionDefaultCacheBehavior => ({
    targetOriginId: rule.origin,
    viewerProtocolPolicy: rule.methods === "all" ? "https-only" : "redirect-to-https",
    allowedMethods:
      rule.methods === "all" ? ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] : ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    cachePolicyId: caches[rule.edge],
    ...(rule.origin === "session" ? { originRequestPolicyId: ALL_VIEWER_EXCEPT_HOST } : {}),
    responseHeadersPolicyId: headers.id,
    ...(rule.readers === "signed-in" ? { trustedKeyGroups: [auth.keyGroup.id] } : {}),
    ...(rule.request === null
      ? {}
      : {
          functionAssociations: [{ eventType: "viewer-request", functionArn: functions[rule.request].arn }],
        }),
  });
}

/** Headers that CloudFront has settings of their own for. */
const OWN_SETTINGS: readonly string[] = [
  "content-security-policy",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "strict-transport-security",
];

function header(name: string): string {
  const value = deployedHeaders[name];
  if (value === undefined) throw new Error(`The edge's headers hold no ${name}.`);
  return value;
}

function createFunction(
  { aws, inputs, text, file }: Platform,
  name: string,
  comment: string,
): Aws.cloudfront.Function {
  return new aws.cloudfront.Function(name.replace("-", "_"), {
    name: text`${inputs.name_prefix}-${name}`,
    runtime: "cloudfront-js-2.0",
    comment,
    publish: true,
    code: file(`edge/${name}.js`),
  });
}

function createCachePolicies({ aws, inputs, text }: Platform): Readonly<Record<EdgeTime, Input<string>>> {
  const kept = (time: EdgeTime, comment: string) => {
    const label = time.replace("-", "_");
    return new aws.cloudfront.CachePolicy(label, {
      name: text`${inputs.name_prefix}-${time}`,
      comment,
      minTtl: edgeTimes[time],
      defaultTtl: edgeTimes[time],
      maxTtl: edgeTimes[time],
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      },
    }).id;
  };
  return {
    "for-good": kept("for-good", "Dapanoskop: what is named by its content."),
    briefly: kept("briefly", "Dapanoskop: what points to the newest figures."),
    never: CACHING_DISABLED,
  };
}

/** Function URLs made since October 2025 want both permissions. */
function allowCloudFront({ aws }: Platform, { lambda }: Auth, { distributionArn }: SiteParts): void {
  const toCloudFront = { principal: "cloudfront.amazonaws.com", sourceArn: distributionArn };
  new aws.lambda.Permission("session_url", {
    statementId: "CloudFrontCallsTheUrl",
    action: "lambda:InvokeFunctionUrl",
    function: lambda.name,
    functionUrlAuthType: "AWS_IAM",
    ...toCloudFront,
  });
  new aws.lambda.Permission("session_invoke", {
    statementId: "CloudFrontInvokes",
    action: "lambda:InvokeFunction",
    function: lambda.name,
    ...toCloudFront,
  });
}
