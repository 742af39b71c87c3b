import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Platform } from "./platform.ts";

/** The pool whose users sign in: one of the adopter, or the one that is created here. */
export interface SignInPool {
  readonly id: Input<string>;
  /** The host of its sign-in pages. */
  readonly host: Input<string>;
}

const LEAST_PASSWORD_LENGTH = 12;
const DAYS_OF_AN_INVITATION = 7;

/** The user pool of the inputs; with managed_user_pool_enabled it is created, with its domain and the users who are invited. */
export const createUserPool = (platform: Platform): SignInPool =>
  platform.subsystem(
    "users",
    "With managed_user_pool_enabled, the user pool, and the users who are invited.",
    () => {
      const { aws, inputs, region, isSet, equal, all, choose, orDefault, text } = platform;
      const managed = inputs.managed_user_pool_enabled;
      const isExisting = equal(managed, false);
      platform.require(
        all(
          equal(isSet(inputs.cognito_user_pool_id), isExisting),
          equal(isSet(inputs.cognito_domain), isExisting),
        ),
        "No user could sign in: set cognito_user_pool_id and cognito_domain for a pool that exists, or managed_user_pool_enabled without them for a new one.",
      );
      platform.require(
        choose(
          isSet(inputs.cognito_user_pool_id),
          platform.startsWith(inputs.cognito_user_pool_id, region, "_"),
          true,
        ),
        "cognito_user_pool_id must be of a pool in the region that Dapanoskop is deployed to, since the app client is added to the pool: the id begins with the region. Deploy to the pool's region, or choose another pool.",
      );
      platform.require(
        choose(managed, equal(inputs.user_pool_plan, "ESSENTIALS"), true),
        "user_pool_plan is of an existing user pool: with managed_user_pool_enabled the pool has the plan Essentials. Leave user_pool_plan out.",
      );
      const made = platform.when(managed, () => createManagedPool(platform));
      platform
        .forEach(choose(managed, inputs.managed_user_pool_users, []), (address, label) => {
          new aws.cognito.User(label("invited"), {
            userPoolId: made?.pool.id as Input<string>,
            username: address,
            attributes: { email: address, email_verified: "true" },
            desiredDeliveryMediums: ["EMAIL"],
          });
          return address;
        })
        .map((one) => one);
      const id = choose(managed, made?.pool.id as Input<string>, orDefault(inputs.cognito_user_pool_id, ""));
      const host = choose(
        managed,
        text`${made?.domain.domain as Input<string>}.auth.${region}.amazoncognito.com`,
        orDefault(inputs.cognito_domain, ""),
      );
      platform.output("cognito_user_pool_id", "The user pool whose users can sign in.", id);
      return { id: platform.local("user_pool_id", id), host: platform.local("sign_in_host", host) };
    },
  );

/**
 * A pool that nobody can join by himself, whose users sign in with a password and a code of an authenticator. Its plan is not
 * set: AWS creates pools with Essentials, and the provider (5.100) does not send the plan when it creates one.
 */
function createManagedPool({ aws, inputs, accountId, text }: Platform) {
  const invitation = text`You can see the costs on AWS (${inputs.name_prefix}). Your user name is {username}, your first password is {####}. It is valid for ${DAYS_OF_AN_INVITATION} days. Whoever invited you has the address of the page.`;
  const pool: Aws.cognito.UserPool = new aws.cognito.UserPool("users", {
    name: inputs.name_prefix,
    usernameAttributes: ["email"],
    autoVerifiedAttributes: ["email"],
    deletionProtection: "ACTIVE",
    mfaConfiguration: "ON",
    softwareTokenMfaConfiguration: { enabled: true },
    passwordPolicy: {
      minimumLength: LEAST_PASSWORD_LENGTH,
      requireLowercase: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercase: true,
      temporaryPasswordValidityDays: DAYS_OF_AN_INVITATION,
    },
    accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
    adminCreateUserConfig: {
      allowAdminCreateUserOnly: true,
      inviteMessageTemplate: {
        emailSubject: "Your access to Dapanoskop",
        emailMessage: invitation,
        smsMessage: "Dapanoskop: {username}, {####}",
      },
    },
  });
  const domain = new aws.cognito.UserPoolDomain("users", {
    userPoolId: pool.id,
    domain: text`${inputs.name_prefix}-${accountId}`,
  });
  return { pool, domain };
}
