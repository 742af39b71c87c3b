import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { type DeployedApi, pageScopes } from "./api.ts";
import { createFunction, type DeployedFunction, type FunctionIdentity } from "./functions.ts";
import type { Platform, Site } from "./platform.ts";
import { accountRoot, policyDocument } from "./policy-documents.ts";
import type { SignInPool } from "./user-pool.ts";

/** The function that opens sessions, and the keys that it signs cookies with. */
export interface Auth extends DeployedFunction {
  /** The function's URL: only CloudFront may call it. */
  readonly url: Aws.lambda.FunctionUrl;
  readonly keyGroup: Aws.cloudfront.KeyGroup;
  /** Creates the app client and the function's settings, which contain the distribution's host. */
  createClient(
    web: { readonly site: Site; readonly host: Input<string> },
    api: DeployedApi | null,
  ): { readonly clientId: Input<string> };
}

/** More memory than needed: half of a processor comes with it, and a user waits. */
const MEMORY_MB = 512;
const TIMEOUT_SECONDS = 30;

/** A session ends after 12 hours; the lives of tokens are the shortest that Cognito allows. */
const SESSION_HOURS = 12;
const TOKEN_MINUTES = 5;
const ROTATION_GRACE_SECONDS = 10;

/** The one that CloudFront verifies. */
const byOneAlgorithm = { StringEquals: { "kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256" } };

export const createAuth = (platform: Platform, identity: FunctionIdentity, pool: SignInPool): Auth =>
  platform.subsystem("auth", "Sign-in: the session function, and the keys that sign its cookies.", () => {
    const { aws, inputs, text } = platform;
    const parameterName = settingsParameter(platform);
    const keys = createSigningKeys(platform, identity.role);
    const made = createFunction(platform, {
      description: "Opens, renews and closes sessions of the page.",
      source: "session",
      identity,
      memoryMb: MEMORY_MB,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: { SETTINGS_PARAMETER: parameterName },
      allowed: [
        {
          Sid: "SignCookies",
          Effect: "Allow",
          Action: "kms:Sign",
          Resource: keys.map(({ kms }) => kms.arn),
          Condition: byOneAlgorithm,
        },
        readSettings(platform),
      ],
    });
    const url = new aws.lambda.FunctionUrl("session", {
      functionName: made.lambda.name,
      authorizationType: "AWS_IAM",
    });

    const keyGroup = new aws.cloudfront.KeyGroup("data", {
      name: text`${inputs.name_prefix}-data`,
      comment: "Keys that sign the cookies for Dapanoskop's data.",
      items: keys.map(({ publicKey }) => publicKey.id),
    });

    const createClient: Auth["createClient"] = ({ site, host }, api) =>
      platform.subsystem("auth", "", () => {
        const client = createUserPoolClient(platform, pool, site, api);
        platform.comment("The function reads it at run time: host and client exist only after the function.");
        new aws.ssm.Parameter("session", {
          name: parameterName,
          description: "Settings of Dapanoskop's session function and API. None of them is secret.",
          type: "String",
          value: platform.json({
            host,
            user_pool_id: pool.id,
            sign_in_host: pool.host,
            client_id: client.id,
            api_ci_client_ids: inputs.api_ci_client_ids,
            allowed_groups: inputs.allowed_groups,
            signing_keys: keys.map(({ kms, publicKey, pem }) => ({
              key_pair_id: publicKey.id,
              kms_key_id: kms.arn,
              public_key: pem,
            })),
          }),
        });
        return { clientId: client.id };
      });
    return { ...made, url, keyGroup, createClient };
  });

/** The parameter with the settings of sessions and of the API: written last, and no function waits for it, so it is a text. */
export const settingsParameter = ({ inputs, text }: Platform) => text`/${inputs.name_prefix}/session`;

export const readSettings = (platform: Platform) => {
  const { text, partition, region, accountId } = platform;
  return {
    Sid: "ReadSettings",
    Effect: "Allow",
    Action: "ssm:GetParameter",
    Resource: text`arn:${partition}:ssm:${region}:${accountId}:parameter${settingsParameter(platform)}`,
  };
};

/** RSA keys whose private halves never leave KMS: no state file contains a private key. */
function createSigningKeys(platform: Platform, role: Aws.iam.Role) {
  const { aws, inputs, text } = platform;
  return platform.forEach(inputs.signing_keys, (key, label) => {
    const kms = new aws.kms.Key(label("signing"), {
      description: text`Signs the cookies for the data of ${inputs.name_prefix} (${key}).`,
      keyUsage: "SIGN_VERIFY",
      customerMasterKeySpec: "RSA_2048",
      deletionWindowInDays: 30,
      policy: policyDocument(platform, [administration(platform), signing(role)]),
    });
    const pem = platform.publicKeyPem("signing", kms.keyId);
    // While a second key is added, Terraform does not know the public half of any key and would replace the public key
    // that is in use. A key's public half never changes, and another key has another name, so changes are ignored.
    const publicKey = new aws.cloudfront.PublicKey(
      label("signing"),
      {
        name: text`${inputs.name_prefix}-${key}-${kms.keyId}`,
        comment: "Verifies the cookies for Dapanoskop's data.",
        encodedKey: pem,
      },
      { ignoreChanges: ["encodedKey"] },
    );
    return { kms, pem, publicKey };
  });
}

/** The account administers the key by its IAM policies, but these cannot grant the right to sign. */
const administration = (platform: Platform) => ({
  Sid: "AccountAdministersWithoutSigning",
  Effect: "Allow",
  Principal: accountRoot(platform),
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

// A key's policy allows a role of its account by itself, so the condition of the role's policy alone would have no effect.
const signing = (role: Aws.iam.Role) => ({
  Sid: "SessionFunctionSigns",
  Effect: "Allow",
  Principal: { AWS: role.arn },
  Action: "kms:Sign",
  Resource: "*",
  Condition: byOneAlgorithm,
});

/** An app client in the adopter's user pool: without a secret, authorization code flow only. */
function createUserPoolClient(platform: Platform, pool: SignInPool, site: Site, api: DeployedApi | null) {
  const { aws, inputs, text, concat, listWhen, isSet, equal, choose } = platform;
  const isLite = equal(inputs.user_pool_plan, "LITE");
  const hasDomain = isSet(inputs.domain_name);
  const args: Aws.cognito.UserPoolClientArgs = {
    name: inputs.name_prefix,
    userPoolId: pool.id,
    generateSecret: false,
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: concat<string>(["openid", "email"], listWhen(inputs.api_enabled, pageScopes)),
    supportedIdentityProviders: inputs.identity_providers as Input<string[]>,
    callbackUrls: concat(
      [text`https://${site.domainName}/callback`],
      listWhen(hasDomain, [text`https://${inputs.domain_name as Input<string>}/callback`]),
    ),
    logoutUrls: concat(
      [text`https://${site.domainName}/`],
      listWhen(hasDomain, [text`https://${inputs.domain_name as Input<string>}/`]),
    ),
    // Cognito rotates refresh tokens only where ALLOW_REFRESH_TOKEN_AUTH is not allowed.
    explicitAuthFlows: concat(["ALLOW_USER_SRP_AUTH"], listWhen(isLite, ["ALLOW_REFRESH_TOKEN_AUTH"])),
    refreshTokenRotation: {
      feature: choose(isLite, "DISABLED", "ENABLED"),
      retryGracePeriodSeconds: choose(isLite, 0, ROTATION_GRACE_SECONDS),
    },
    enableTokenRevocation: true,
    preventUserExistenceErrors: "ENABLED",
    accessTokenValidity: TOKEN_MINUTES,
    idTokenValidity: TOKEN_MINUTES,
    refreshTokenValidity: SESSION_HOURS,
    tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
  };
  // Cognito refuses scopes that no resource server has.
  const dependsOn = api === null ? [] : [api.resourceServer];
  const client = new aws.cognito.UserPoolClient("page", args, { dependsOn });
  platform.output("cognito_client_id", "The app client that the module adds to the user pool.", client.id);
  return client;
}
