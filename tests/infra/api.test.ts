import { readFileSync } from "node:fs";
import { collectionOptions, variableOf } from "@dapanoskop/pipeline/options";
import { describe, expect, it } from "vitest";
import { addressesOf } from "../../packages/terraform/src/addresses.ts";
import { ofType, reporting, synthesis, system, the } from "./support/the-system.ts";

const CLIENT = "1example23456789";
const enabled = { api_enabled: true, api_ci_client_ids: [CLIENT] };
const on = system(enabled);
const off = system({ api_ci_client_ids: [CLIENT], api_rate_limit: 1000, api_burst_limit: 2000 });
const addresses = ({ resources }: typeof on) => resources.map(({ address }) => address);
const json = (of: typeof on, address: string, argument: string) =>
  JSON.parse(String(the(of, address).args[argument]));

/** The API's operations, each with the scopes that it takes, from its OpenAPI file. */
const operations = (() => {
  const file = new URL("../../packages/api/openapi.json", import.meta.url);
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly description: string }>>>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { description }]) => {
      const [, names = ""] = /^Takes one of the scopes (.*)\.$/.exec(description) ?? [];
      return [`${method.toUpperCase()} ${path}`, names.replaceAll("dapanoskop/", "").split(", ")] as const;
    }),
  );
})();

/** Whether a route of API Gateway takes a request: `{id}` is any one part of a path, `{proxy+}` one or more. */
function matches(route: string, request: string): boolean {
  const pattern = route
    .replace(/^ANY /, "[A-Z]+ ")
    .replace(/\{proxy\+\}/, ".+")
    .replace(/\{\w+\}/g, "[^/]+");
  return new RegExp(`^${pattern}$`).test(request);
}

/** API Gateway takes a whole path before a greedy one, a longer one before a shorter one, and a method before any. */
const bySpecificity = (one: { readonly key: string }, other: { readonly key: string }) =>
  rank(other.key) - rank(one.key);
const rank = (route: string) =>
  (route.includes("+}") ? 0 : 1_000) + 10 * route.split("/").length + (route.startsWith("ANY") ? 0 : 1);

describe("without api_enabled", () => {
  it("nothing of the API exists: no resource more than with no input at all", () => {
    expect(addresses(off)).toEqual(addresses(system()));
    const onlyWithApi = addresses(on).filter((address) => !addresses(off).includes(address));
    expect(onlyWithApi.length).toBeGreaterThan(20);
    // Every address that exists with the API alone is under its condition.
    const conditional = addressesOf(synthesis).filter((address) =>
      /\.(api|plans|api_access)\[/.test(address),
    );
    expect(conditional.map((address) => address.replace("[0]", "")).sort()).toEqual(
      onlyWithApi.filter((address) => address !== "aws_dynamodb_table.state").sort(),
    );
  });

  it("the distribution has no behaviour for /api, the client no scope of it, and the page no pages for it", () => {
    const { ordered_cache_behavior, origin } = the(off, "aws_cloudfront_distribution.page").args;
    expect(JSON.stringify([ordered_cache_behavior, origin])).not.toContain("api");
    expect(the(off, "aws_cognito_user_pool_client.page").args.allowed_oauth_scopes).toEqual([
      "openid",
      "email",
    ]);
    expect(json(off, "aws_s3_object.config", "content").api).toBe(false);
    expect(off.outputs).toMatchObject({ api_function_name: null, state_table_name: null });
  });
});

describe("with api_enabled", () => {
  it("requests under /api reach the gateway uncached, with their headers and queries but the host", () => {
    const { ordered_cache_behavior, origin } = the(on, "aws_cloudfront_distribution.page").args;
    const behaviours = ordered_cache_behavior as readonly Record<string, unknown>[];
    expect(behaviours.map(({ path_pattern }) => path_pattern)).toContain("/auth/*");
    expect(behaviours.at(-1)).toEqual({
      path_pattern: "/api/*",
      target_origin_id: "api",
      viewer_protocol_policy: "https-only",
      allowed_methods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
      cached_methods: ["GET", "HEAD"],
      compress: true,
      // CachingDisabled and AllViewerExceptHostHeader, which CloudFront has for API Gateway.
      cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      origin_request_policy_id: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      response_headers_policy_id: "aws_cloudfront_response_headers_policy.security.id",
      function_association: [],
    });
    expect((origin as readonly Record<string, unknown>[]).at(-1)).toEqual({
      origin_id: "api",
      domain_name: "aws_apigatewayv2_api.api.api_endpoint",
      custom_origin_config: [
        expect.objectContaining({ origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] }),
      ],
    });
  });

  it("accepts tokens of the pool for the page's client and those of CI alone", () => {
    expect(the(on, "aws_apigatewayv2_authorizer.api").args).toMatchObject({
      authorizer_type: "JWT",
      identity_sources: ["$request.header.Authorization"],
      jwt_configuration: [
        {
          issuer: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI",
          audience: ["aws_cognito_user_pool_client.page.id", CLIENT],
        },
      ],
    });
    expect(json(on, "aws_ssm_parameter.session", "value").api_ci_client_ids).toEqual([CLIENT]);
  });

  const gatewayRoutes = ofType(on, "aws_apigatewayv2_route").map(({ args }) => ({
    key: String(args.route_key),
    scopes: (args.authorization_scopes as readonly string[]).map((name) => name.replace("dapanoskop/", "")),
    args,
  }));

  it("demands a token with a scope of every request", () => {
    for (const { key, args, scopes } of gatewayRoutes) {
      expect([key, scopes.length > 0]).toEqual([key, true]);
      expect(args).toMatchObject({
        authorization_type: "JWT",
        authorizer_id: "aws_apigatewayv2_authorizer.api.id",
        target: "integrations/aws_apigatewayv2_integration.api.id",
      });
    }
  });

  it.each(operations)(
    "lets %s pass with the scopes that the API takes, and no others: %j",
    (operation, scopes) => {
      const [found] = gatewayRoutes.filter(({ key }) => matches(key, operation)).sort(bySpecificity);
      expect([...(found?.scopes ?? [])].sort()).toEqual([...scopes].sort());
    },
  );

  it("has no route that none of the API's operations needs", () => {
    expect(operations.length).toBeGreaterThan(20);
    const used = operations.map(
      ([operation]) => gatewayRoutes.filter(({ key }) => matches(key, operation)).sort(bySpecificity)[0]?.key,
    );
    expect(gatewayRoutes.map(({ key }) => key).filter((key) => !used.includes(key))).toEqual([]);
  });

  it("gives the pool a resource server with the scopes, and the page's client those to read and write", () => {
    const { identifier, scope } = the(on, "aws_cognito_resource_server.api").args;
    expect(identifier).toBe("dapanoskop");
    expect((scope as readonly Record<string, unknown>[]).map((one) => one.scope_name)).toEqual([
      "read",
      "write",
      "plans",
    ]);
    expect(the(on, "aws_cognito_user_pool_client.page").args.allowed_oauth_scopes).toEqual([
      ...["openid", "email", "dapanoskop/read", "dapanoskop/write"],
    ]);
    expect(json(on, "aws_s3_object.config", "content").api).toBe(true);
  });

  it("is throttled, and logs each request without a token, an address or a body", () => {
    const limits = (of: typeof on) => the(of, "aws_apigatewayv2_stage.api").args.default_route_settings;
    expect(limits(on)).toEqual([{ throttling_rate_limit: 10, throttling_burst_limit: 20 }]);
    const wider = system({ ...enabled, api_rate_limit: 50, api_burst_limit: 100 });
    expect(limits(wider)).toEqual([{ throttling_rate_limit: 50, throttling_burst_limit: 100 }]);
    const [log] = the(on, "aws_apigatewayv2_stage.api").args.access_log_settings as unknown as readonly [
      { readonly destination_arn: string; readonly format: string },
    ];
    expect(log.destination_arn).toBe("aws_cloudwatch_log_group.api_access.arn");
    expect(Object.values(JSON.parse(log.format))).toEqual(
      ["requestId", "routeKey", "status", "authorizer.error", "integrationErrorMessage"]
        .concat("responseLatency", "responseLength")
        .map((name) => `$context.${name}`),
    );
    expect(the(on, "aws_cloudwatch_log_group.api_access").args).toEqual({
      name: "/aws/vendedlogs/dapanoskop-api",
      retention_in_days: 30,
    });
  });

  it("has a function that ends before the gateway does, with the options of the collector and the places it needs", () => {
    const { args } = the(on, "aws_lambda_function.api");
    expect(args).toMatchObject({ function_name: "dapanoskop-api", memory_size: 1024, timeout: 29 });
    const [{ variables }] = args.environment as unknown as readonly [
      { readonly variables: Readonly<Record<string, string>> },
    ];
    const places = {
      DATA_BUCKET: "dapanoskop-data-111122223333-eu-central-1",
      STATE_TABLE: "dapanoskop-state",
      PLANS_BUCKET: "dapanoskop-plans-111122223333-eu-central-1",
      SETTINGS_PARAMETER: "/dapanoskop/session",
    };
    expect(variables).toMatchObject(places);
    const options = Object.values(collectionOptions).map(variableOf);
    expect(Object.keys(variables).sort()).toEqual([...Object.keys(places), ...options].sort());
    expect(the(on, "aws_apigatewayv2_integration.api").args).toMatchObject({
      integration_uri: "aws_lambda_function.api.arn",
      integration_type: "AWS_PROXY",
      payload_format_version: "2.0",
    });
  });

  it("has the table without a report as with one, and keeps versions of plans for 30 days", () => {
    expect(ofType(on, "aws_dynamodb_table")).toHaveLength(1);
    expect(ofType(system({ ...enabled, ...reporting }), "aws_dynamodb_table")).toHaveLength(1);
    expect(the(on, "aws_s3_bucket_versioning.plans").args.versioning_configuration).toEqual([
      { status: "Enabled" },
    ]);
    expect(the(on, "aws_s3_bucket_lifecycle_configuration.plans").args.rule).toEqual([
      expect.objectContaining({
        status: "Enabled",
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        expiration: [{ expired_object_delete_marker: true }],
      }),
    ]);
  });
});
