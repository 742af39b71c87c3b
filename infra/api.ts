import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { readSettings, settingsParameter } from "./auth.ts";
import { createFunction, createIdentity, type DeployedFunction } from "./functions.ts";
import { optionEnvironment } from "./option-environment.ts";
import { createPlanFiles } from "./plan-files.ts";
import { mapped, type Platform } from "./platform.ts";
import { keepState, ofFiles, withDataKey } from "./policy-documents.ts";
import type { Store } from "./store.ts";
import type { SignInPool } from "./user-pool.ts";

/** The API: its function, and the gateway that refuses requests without a token before they reach it. */
export interface DeployedApi extends DeployedFunction {
  readonly gateway: Aws.apigatewayv2.Api;
  readonly resourceServer: Aws.cognito.ResourceServer;
}

/** A plan of ten megabytes is read, redacted and priced while its sender waits. */
const MEMORY_MB = 1024;
/** API Gateway waits 30 seconds at most. */
const TIMEOUT_SECONDS = 29;

/** The scopes of access tokens. The page's client has `read` and `write`; `plans` is for CI. */
const SCOPES = {
  read: "Read plans, drift, budgets and costs.",
  write: "Upload plans, and change drift rules and budgets.",
  plans: "Upload and read plans and drift.",
};
type TokenScope = keyof typeof SCOPES;
const RESOURCE_SERVER = "dapanoskop";
const scopeName = (scope: TokenScope) => `${RESOURCE_SERVER}/${scope}`;

/** The scopes that the page asks for. */
export const pageScopes = [scopeName("read"), scopeName("write")];

/**
 * The requests that reach the function; of several that match, API Gateway takes the most specific one. A token needs one of
 * the scopes. The function verifies the token again, and decides by operation: a test compares the two.
 */
const routes = mapped(
  {
    read: ["GET /api/{proxy+}", "read"],
    write: ["ANY /api/{proxy+}", "write"],
    status: ["GET /api/status", "read", "write", "plans"],
    "costs-query": ["POST /api/costs/query", "read"],
    scans: ["POST /api/scans", "read", "write"],
    "plans-list": ["GET /api/plans", "read", "plans"],
    "plans-read": ["GET /api/plans/{proxy+}", "read", "plans"],
    "plans-upload": ["POST /api/plans", "write", "plans"],
    "plans-state": ["PUT /api/plans/{id}/state", "write", "plans"],
    "drift-list": ["GET /api/drift", "read", "plans"],
    "drift-read": ["GET /api/drift/{proxy+}", "read", "plans"],
    "drift-upload": ["POST /api/drift", "write", "plans"],
    "drift-failed": ["POST /api/drift/failures", "write", "plans"],
  } satisfies Readonly<Record<string, readonly [string, ...TokenScope[]]>>,
  ([route, ...scopes]: readonly [string, ...TokenScope[]]) => ({ route, scopes: scopes.map(scopeName) }),
);

/** Of each request: what it was and how it was answered. No token, no address of a user, no body. */
const ACCESS_LOG = {
  request: "$context.requestId",
  route: "$context.routeKey",
  status: "$context.status",
  reason: "$context.authorizer.error",
  error: "$context.integrationErrorMessage",
  milliseconds: "$context.responseLatency",
  bytes: "$context.responseLength",
};

/** The API without its routes: `null` where it is known that it is not enabled. */
export const createApi = (
  platform: Platform,
  {
    store,
    state,
    pool,
  }: { readonly store: Store; readonly state: Aws.dynamodb.Table | null; readonly pool: SignInPool },
): DeployedApi | null =>
  platform.subsystem(
    "api",
    "With api_enabled: plans, drift and budgets over HTTP, under /api of the page's host.",
    () => {
      const { aws, inputs, text, when, output } = platform;
      return when(inputs.api_enabled, () => {
        const resourceServer = new aws.cognito.ResourceServer("api", {
          userPoolId: pool.id,
          identifier: RESOURCE_SERVER,
          name: text`${inputs.name_prefix}-api`,
          scopes: Object.entries(SCOPES).map(([scopeName, scopeDescription]) => ({
            scopeName,
            scopeDescription,
          })),
        });
        const plans = createPlanFiles(platform);
        const made = createFunction(platform, {
          description: "Answers requests about plans, drift, budgets and costs.",
          source: "api",
          identity: createIdentity(platform, "api", {
            key: "api",
            task: "answer requests about plans, drift, budgets and costs",
            retentionInDays: inputs.report_log_retention_days,
          }),
          memoryMb: MEMORY_MB,
          timeoutSeconds: TIMEOUT_SECONDS,
          environment: {
            DATA_BUCKET: store.data.name,
            STATE_TABLE: (state as Aws.dynamodb.Table).name,
            PLANS_BUCKET: plans.name,
            SETTINGS_PARAMETER: settingsParameter(platform),
            ...optionEnvironment(platform),
          },
          allowed: [
            { Sid: "QueryTheBill", Effect: "Allow", Action: "ce:GetCostAndUsage", Resource: "*" },
            ...ofFiles(platform, "ReadTheDatasetAndPlans", ["s3:GetObject"], store.data, plans),
            {
              Sid: "KeepPlans",
              Effect: "Allow",
              Action: ["s3:PutObject", "s3:DeleteObject"],
              Resource: text`${plans.arn}/*`,
            },
            keepState(state as Aws.dynamodb.Table, [
              "dynamodb:GetItem",
              "dynamodb:PutItem",
              "dynamodb:Query",
              "dynamodb:DeleteItem",
            ]),
            readSettings(platform),
          ],
          allowedWhen: [withDataKey(platform, ["kms:Decrypt", "kms:GenerateDataKey"])],
        });
        // CloudFront reaches the gateway by this endpoint, so it cannot be disabled.
        const gateway = new aws.apigatewayv2.Api("api", {
          name: text`${inputs.name_prefix}-api`,
          description: "Plans, drift and budgets of Dapanoskop, behind CloudFront.",
          protocolType: "HTTP",
        });
        output("api_function_name", "The function of the API; null without the API.", made.lambda.name);
        return { ...made, gateway, resourceServer };
      });
    },
  );

/** The API's authorizer, routes and stage. They come last: the page's client exists only after the distribution. */
export const createRoutes = (
  platform: Platform,
  api: DeployedApi | null,
  audience: { readonly clientId: Input<string>; readonly pool: SignInPool },
): void =>
  platform.subsystem("api", "", () => {
    const { inputs, when } = platform;
    when(inputs.api_enabled, () => {
      const { gateway, lambda } = api as DeployedApi;
      routesOf(platform, gateway, lambda.arn, audience);
      stageOf(platform, gateway);
      new platform.aws.lambda.Permission("api", {
        statementId: "GatewayInvokes",
        action: "lambda:InvokeFunction",
        function: lambda.name,
        principal: "apigateway.amazonaws.com",
        sourceArn: platform.text`${gateway.executionArn}/*/*`,
      });
    });
  });

function routesOf(
  platform: Platform,
  gateway: Aws.apigatewayv2.Api,
  functionArn: Input<string>,
  { clientId, pool }: Parameters<typeof createRoutes>[2],
): void {
  const { aws, inputs, text, concat, region, dnsSuffix } = platform;
  const authorizer = new aws.apigatewayv2.Authorizer("api", {
    apiId: gateway.id,
    name: "user-pool",
    authorizerType: "JWT",
    identitySources: ["$request.header.Authorization"],
    jwtConfiguration: {
      issuer: text`https://cognito-idp.${region}.${dnsSuffix}/${pool.id}`,
      audiences: concat<string>([clientId as string], inputs.api_ci_client_ids),
    },
  });
  const integration = new aws.apigatewayv2.Integration("api", {
    apiId: gateway.id,
    integrationType: "AWS_PROXY",
    integrationUri: functionArn,
    payloadFormatVersion: "2.0",
  });
  platform.comment("A token needs one of the scopes; the function verifies it again.");
  platform.table("api_routes", routes, ({ route, scopes }, _, label) => {
    new aws.apigatewayv2.Route(label("api"), {
      apiId: gateway.id,
      routeKey: route,
      authorizationType: "JWT",
      authorizerId: authorizer.id,
      authorizationScopes: scopes as Input<string[]>,
      target: text`integrations/${integration.id}`,
    });
  });
}

function stageOf({ aws, inputs, text, json }: Platform, gateway: Aws.apigatewayv2.Api): void {
  // AWS adds the names of other groups to a policy of limited size.
  const log = new aws.cloudwatch.LogGroup("api_access", {
    name: text`/aws/vendedlogs/${inputs.name_prefix}-api`,
    retentionInDays: inputs.report_log_retention_days,
  });
  new aws.apigatewayv2.Stage("api", {
    apiId: gateway.id,
    name: "$default",
    autoDeploy: true,
    accessLogSettings: { destinationArn: log.arn, format: json(ACCESS_LOG) },
    defaultRouteSettings: {
      throttlingRateLimit: inputs.api_rate_limit,
      throttlingBurstLimit: inputs.api_burst_limit,
    },
  });
}
