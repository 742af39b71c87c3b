import { describe, expect, it } from "vitest";
import { ofType, system, the } from "./support/the-system.ts";

const managed = {
  managed_user_pool_enabled: true,
  managed_user_pool_users: ["finance@example.com", "cto@example.com"],
  api_enabled: true,
} as const;

describe("a managed user pool", () => {
  const made = system(managed);
  const pool = "aws_cognito_user_pool.users";

  it("lets nobody sign up, and asks every user for a second factor", () => {
    expect(the(made, pool).args).toMatchObject({
      name: "dapanoskop",
      mfa_configuration: "ON",
      software_token_mfa_configuration: [{ enabled: true }],
      admin_create_user_config: [{ allow_admin_create_user_only: true }],
      deletion_protection: "ACTIVE",
    });
    const [config] = the(made, pool).args.admin_create_user_config as never[];
    const invitation = JSON.stringify(config);
    for (const part of ["{username}", "{####}"]) expect(invitation).toContain(part);
  });

  it("invites its users by mail", () => {
    const invited = ofType(made, "aws_cognito_user").map(({ args }) => args);
    expect(
      invited.map(({ username, desired_delivery_mediums }) => [username, desired_delivery_mediums]),
    ).toEqual(managed.managed_user_pool_users.map((address) => [address, ["EMAIL"]]));
  });

  it("is the pool of the client, the session function, the page, the API and the output", () => {
    const host = "dapanoskop-111122223333.auth.eu-central-1.amazoncognito.com";
    expect(the(made, "aws_cognito_user_pool_client.page").args.user_pool_id).toBe(`${pool}.id`);
    expect(JSON.parse(String(the(made, "aws_ssm_parameter.session").args.value))).toMatchObject({
      user_pool_id: `${pool}.id`,
      sign_in_host: host,
    });
    expect(String(the(made, "aws_s3_object.config").args.content)).toContain(`"https://${host}"`);
    expect(the(made, "aws_cognito_resource_server.api").args.user_pool_id).toBe(`${pool}.id`);
    expect(JSON.stringify(the(made, "aws_apigatewayv2_authorizer.api").args)).toContain(`/${pool}.id`);
    expect(made.outputs.cognito_user_pool_id).toBe(`${pool}.id`);
    expect(made.refusals).toEqual([]);
  });

  it("does not exist beside an existing pool", () => {
    const existing = system();
    expect(ofType(existing, "aws_cognito_user_pool")).toEqual([]);
    expect(ofType(system({ managed_user_pool_users: ["a@example.com"] }), "aws_cognito_user")).toEqual([]);
    expect(existing.outputs.cognito_user_pool_id).toBe("eu-central-1_AbCdEfGhI");
  });

  it("and an existing one are refused together", () => {
    const refused = [expect.stringContaining("No user could sign in")];
    const both = { ...managed, cognito_user_pool_id: "eu-central-1_AbCdEfGhI" };
    expect(system(both).refusals).toEqual(refused);
    expect(system({ ...managed, user_pool_plan: "LITE" }).refusals).toEqual([
      expect.stringContaining("user_pool_plan is of an existing user pool"),
    ]);
  });
});

it("refresh tokens rotate unless the pool has the plan Lite", () => {
  const client = (plan?: string) =>
    the(system(plan === undefined ? {} : { user_pool_plan: plan }), "aws_cognito_user_pool_client.page").args;
  for (const plan of [undefined, "ESSENTIALS"]) {
    expect(client(plan)).toMatchObject({
      explicit_auth_flows: ["ALLOW_USER_SRP_AUTH"],
      refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 10 }],
    });
  }
  expect(client("LITE")).toMatchObject({
    explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    refresh_token_rotation: [{ feature: "DISABLED", retry_grace_period_seconds: 0 }],
  });
});
