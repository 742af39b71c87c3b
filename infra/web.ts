import { apiRule, defaultRule, type EdgeRule, edgeRules, ruleOf } from "@dapanoskop/edge";
import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { DeployedApi } from "./api.ts";
import type { Auth } from "./auth.ts";
import { createBehaviors, ruleRow } from "./behaviors.ts";
import { createBucketPolicies } from "./bucket-policies.ts";
import type { Platform, Site } from "./platform.ts";
import type { ScheduledFunction } from "./scheduled-function.ts";
import type { Store } from "./store.ts";
import type { SignInPool } from "./user-pool.ts";

/** The page, and the host under which a browser reaches it. */
interface Web {
  readonly site: Site;
  readonly host: Input<string>;
}

/** A user waits: an origin that does not answer in this time is an error that the page explains. */
const ORIGIN_TIMEOUT_SECONDS = 30;

const HTTPS_ONLY = {
  httpPort: 80,
  httpsPort: 443,
  originProtocolPolicy: "https-only",
  originSslProtocols: ["TLSv1.2"],
  originReadTimeout: ORIGIN_TIMEOUT_SECONDS,
};

export const createWeb = (
  platform: Platform,
  {
    store,
    pipeline,
    auth,
    api,
  }: {
    readonly store: Store;
    readonly pipeline: ScheduledFunction;
    readonly auth: Auth;
    readonly api: DeployedApi | null;
  },
): Web =>
  platform.subsystem(
    "web",
    "The distribution in front of page, data and session function, and its access to them.",
    () => {
      const { inputs, text, isSet, equal, orDefault, concat } = platform;
      platform.require(
        equal(isSet(inputs.domain_name), isSet(inputs.acm_certificate_arn)),
        "domain_name and acm_certificate_arn belong together: set both, or neither to use the distribution's own name.",
      );
      const behavior = createBehaviors(platform, auth);
      const ordered = (row: Parameters<typeof behavior>[0]) => ({ pathPattern: row.path, ...behavior(row) });
      const origins = createOrigins(platform, store, auth);
      const withApi = <Value>(create: () => Value) =>
        platform.forEach(platform.choose(inputs.api_enabled, ["api"], []), create).map((one) => one);
      platform.comment("One behaviour for each path; the first path that matches applies.");
      const site = platform.site("page", {
        bucket: store.app,
        domainName: inputs.domain_name,
        certificateArn: inputs.acm_certificate_arn,
        distribution: {
          comment: text`Dapanoskop (${inputs.name_prefix})`,
          origins: concat<object>(
            origins,
            withApi(() => ({
              originId: "api",
              domainName: platform.hostOf((api as DeployedApi).gateway.apiEndpoint),
              customOriginConfig: HTTPS_ONLY,
            })),
          ) as typeof origins,
          defaultCacheBehavior: behavior(ruleRow(defaultRule)),
          orderedCacheBehaviors: concat(
            platform.map("behaviors", edgeRules.map(ruleRow), ordered),
            withApi(() => ordered(ruleRow(apiRule))),
          ),
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
export function configurePage(
  platform: Platform,
  store: Store,
  { clientId, pool }: { readonly clientId: Input<string>; readonly pool: SignInPool },
): void {
  const { aws, inputs, text, json } = platform;
  platform.subsystem("web", "", () => {
    const key = "config.json";
    new aws.s3.BucketObjectv2("config", {
      bucket: store.app.contents,
      key,
      contentType: "application/json",
      cacheControl: ruleOf(`/${key}`).browser,
      content: json({
        user_pool: { domain: text`https://${pool.host}`, client_id: clientId },
        api: inputs.api_enabled,
      }),
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
      domainName: platform.hostOf(auth.url.functionUrl),
      originAccessControlId: access.session.id,
      customOriginConfig: HTTPS_ONLY,
    },
  ];
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
