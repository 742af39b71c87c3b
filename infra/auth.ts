import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { LambdaParts, Platform, SiteParts } from "./platform.ts";
import { lambdaRole, logGroup, writesLogs } from "./roles.ts";

/** Who may see the figures: the function that opens sessions, and the keys that it signs cookies with. */
export interface Auth {
  readonly lambda: LambdaParts;
  readonly role: Aws.iam.Role;
  readonly logGroup: Aws.cloudwatch.LogGroup;
  /** The function's address: answers to CloudFront only. */
  readonly url: Aws.lambda.FunctionUrl;
  readonly keyGroup: Aws.cloudfront.KeyGroup;
  /** Writes what is known only now that the distribution exists. */
  settle(web: { readonly site: SiteParts; readonly host: Input<string> }): AuthClient;
}

export interface AuthClient {
  readonly clientId: Input<string>;
}

/** More than it needs of memory: half the processor's share comes with it, and a person waits. */
const MEMORY_MB = 512;
const TIMEOUT_SECONDS = 30;

/** A session's life, absolute; Cognito's shortest for the other two. */
const SESSION_HOURS = 12;
const TOKEN_MINUTES = 5;
const ROTATION_GRACE_SECONDS = 10;

export const createAuth = (platform: Platform): Auth =>
  platform.part("auth", "Signing in: who may see the figures, and the keys that open them.", () => {
    const { aws, inputs, text, partition, region, accountId } = platform;
    platform.require(
      platform.startsWith(inputs.cognito_user_pool_id, region, "_"),
      "cognito_user_pool_id must be of a pool in the region that Dapanoskop is deployed to, where the app client is added to it: the id begins with the region. Deploy to the pool's region, or name another pool.",
    );
    const name = text`${inputs.name_prefix}-session`;
    // Its name is known before it exists: it is written last, and the function must not wait for it.
    const parameterName = text`/${inputs.name_prefix}/session`;

    const logs = logGroup(platform, "session", name);
    const role = lambdaRole(platform, "session", name);
    const keys = createSigningKeys(platform, role);
    const permissions = new aws.iam.RolePolicy("session", {
      name: "session",
      role: role.name,
      policy: platform.json({
        Version: "2012-10-17",
        Statement: [
          writesLogs(platform, logs),
          {
            Sid: "SignCookies",
            Effect: "Allow",
            Action: "kms:Sign",
            Resource: keys.map(({ kms }) => kms.arn),
            Condition: { StringEquals: { "kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256" } },
          },
          {
            Sid: "ReadItsSettings",
            Effect: "Allow",
            Action: "ssm:GetParameter",
            Resource: text`arn:${partition}:ssm:${region}:${accountId}:parameter${parameterName}`,
          },
        ],
      }),
    });

    const lambda = platform.lambda("session", {
      name,
      description: "Opens, renews and closes sessions of the page.",
      source: "session",
      role,
      memoryMb: MEMORY_MB,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: { SETTINGS_PARAMETER: parameterName },
      logGroup: logs,
      dependsOn: [permissions],
    });
    const url = new aws.lambda.FunctionUrl("session", {
      functionName: lambda.name,
      authorizationType: "AWS_IAM",
    });

    const keyGroup = new aws.cloudfront.KeyGroup("data", {
      name: text`${inputs.name_prefix}-data`,
      comment: "Keys that open Dapanoskop's data.",
      items: keys.map(({ publicKey }) => publicKey.id),
    });

    return {
      lambda,
      role,
      logGroup: logs,
      url,
      keyGroup,
      settle: ({ site, host }) =>
        platform.part("auth", "", () => {
          const client = createClient(platform, site);
          platform.note("Read by the function at run time: host and client are known only after it exists.");
          new aws.ssm.Parameter("session", {
            name: parameterName,
            description: "What Dapanoskop's session function is told. Nothing in it is secret.",
            type: "String",
            value: platform.json({
              host,
              user_pool_id: inputs.cognito_user_pool_id,
              sign_in_host: inputs.cognito_domain,
              client_id: client.id,
              allowed_groups: inputs.allowed_groups,
              signing_keys: keys.map(({ kms, publicKey, pem }) => ({
                key_pair_id: publicKey.id,
                kms_key_id: kms.arn,
                public_key: pem,
              })),
            }),
          });
          return { clientId: client.id };
        }),
    };
  });

/** RSA keys whose private halves never leave KMS: no key stands in a state file. */
function createSigningKeys(platform: Platform, role: Aws.iam.Role) {
  const { aws, inputs, text, json } = platform;
  return platform.each(inputs.signing_keys, (key, label) => {
    const kms = new aws.kms.Key(label("signing"), {
      description: text`Signs the cookies that open the data of ${inputs.name_prefix} (${key}).`,
      keyUsage: "SIGN_VERIFY",
      customerMasterKeySpec: "RSA_2048",
      deletionWindowInDays: 30,
      policy: json({
        Version: "2012-10-17",
        Statement: [keyAdministration(platform), signingByTheFunction(role)],
      }),
    });
    const pem = platform.publicKeyPem("signing", kms.keyId);
    // While a second key is added, the public halves of all of them count as unknown, and CloudFront would be given a new
    // key in the place of the one that signs. The half of a key never changes: another key has another name.
    const publicKey = new aws.cloudfront.PublicKey(
      label("signing"),
      {
        name: text`${inputs.name_prefix}-${key}-${kms.keyId}`,
        comment: "Opens Dapanoskop's data.",
        encodedKey: pem,
      },
      { ignoreChanges: ["encodedKey"] },
    );
    return { kms, pem, publicKey };
  });
}

/** The account administers the key by its own IAM policies, but these cannot let anybody sign. */
const keyAdministration = ({ text, partition, accountId }: Platform) => ({
  Sid: "AdministerButNotSign",
  Effect: "Allow",
  Principal: { AWS: text`arn:${partition}:iam::${accountId}:root` },
  Action: [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:EnableKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:GetPublicKey",
    "kms:ListAliases",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
    "kms:Verify",
  ],
  Resource: "*",
});

const signingByTheFunction = (role: Aws.iam.Role) => ({
  Sid: "OnlyTheFunctionSigns",
  Effect: "Allow",
  Principal: { AWS: role.arn },
  Action: "kms:Sign",
  Resource: "*",
});

/** An app client of the adopter's own pool: no secret, code flow only. */
function createClient(platform: Platform, site: SiteParts) {
  const { aws, inputs, text, concat, listWhen, given } = platform;
  const own = given(inputs.domain_name);
  const client = new aws.cognito.UserPoolClient("page", {
    name: inputs.name_prefix,
    userPoolId: inputs.cognito_user_pool_id,
    generateSecret: false,
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: ["openid", "email"],
    supportedIdentityProviders: inputs.identity_providers as Input<string[]>,
    callbackUrls: concat(
      [text`https://${site.domainName}/callback`],
      listWhen(own, [text`https://${inputs.domain_name as Input<string>}/callback`]),
    ),
    logoutUrls: concat(
      [text`https://${site.domainName}/`],
      listWhen(own, [text`https://${inputs.domain_name as Input<string>}/`]),
    ),
    // Refresh tokens rotate, which Cognito does only where nobody may refresh by ALLOW_REFRESH_TOKEN_AUTH.
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: ROTATION_GRACE_SECONDS },
    enableTokenRevocation: true,
    preventUserExistenceErrors: "ENABLED",
    accessTokenValidity: TOKEN_MINUTES,
    idTokenValidity: TOKEN_MINUTES,
    refreshTokenValidity: SESSION_HOURS,
    tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
  });
  platform.output("cognito_client_id", "The app client that the module added to the user pool.", client.id);
  return client;
}
