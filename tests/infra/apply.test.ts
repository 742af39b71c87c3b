import { parseSettings } from "@dapanoskop/functions/session";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { committedModule as module } from "../../packages/terraform/src/export.ts";
import { allowTableDeletion, createUserPool, usersOf } from "./support/account-contents.ts";
import { type AwsEmulator, startAwsEmulator } from "./support/aws-emulator.ts";
import { buildArtifacts } from "./support/built-artifacts.ts";
import { aTerraform, type Terraform, type Variables } from "./support/terraform.ts";
import { moduleTools, type Tools } from "./support/tools.ts";

// The module, applied by the real tool and the real provider to an account on loopback.

// Most of these minutes are waits of the provider: 25 s for each change of a queue, 30 s for each of a distribution.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

for (const { name, tools, missing } of moduleTools()) {
  describe.skipIf(missing !== null)(`the module in an account, by ${name}. ${missing ?? ""}`, () =>
    inAnAccount(tools),
  );
}

function inAnAccount(tools: Tools): void {
  let aws: AwsEmulator;
  let terraform: Terraform;
  let inputs: Variables;
  let pool: string;

  beforeAll(async () => {
    aws = await startAwsEmulator(tools.moto ?? "");
    terraform = await aTerraform({ tools, module, endpoint: aws.url });
    buildArtifacts(terraform.folder);
    pool = await createUserPool(aws.url);
    inputs = {
      cognito_user_pool_id: pool,
      cognito_domain: "my-org.auth.eu-central-1.amazoncognito.com",
      alarm_email: "finops@example.com",
      api_enabled: true,
      api_ci_client_ids: ["1example23456789"],
      // Not by mail: moto 5.2.1 lacks parts of SES v2's configuration sets, which are planned only (module.test.ts).
      report_topic_arn: `arn:aws:sns:eu-central-1:${aws.account}:reports`,
      report_audiences: JSON.stringify([
        {
          name: "shop",
          channel: "slack",
          secret_arn: `arn:aws:secretsmanager:eu-central-1:${aws.account}:secret:slack-AbCdEf`,
        },
      ]),
      tags: { Team: "finops" },
    };
  });
  afterAll(async () => {
    await terraform?.remove();
    aws?.stop();
  });

  it("is applied", async () => {
    expect(await aws.contents()).toEqual([]);
    await terraform.apply(inputs);
    expect(await terraform.outputs()).toMatchObject({
      url: expect.stringMatching(/^https:\/\/d[0-9a-z]+\.cloudfront\.net$/),
      data_bucket: `dapanoskop-data-${aws.account}-eu-central-1`,
      collect_function_name: "dapanoskop-collect",
      report_function_name: "dapanoskop-report",
      state_table_name: "dapanoskop-state",
      api_function_name: "dapanoskop-api",
      alarm_topic_arn: `arn:aws:sns:eu-central-1:${aws.account}:dapanoskop-alarms`,
      billing_topic_arn: `arn:aws:sns:us-east-1:${aws.account}:dapanoskop-billing`,
    });
    expect((await aws.contents()).length).toBeGreaterThan(30);
    await expectEmptyPlan(inputs);
  });

  it("changes tags without replacing a resource or changing a public key", async () => {
    const plan = await (await terraform.plan({ ...inputs, tags: { Team: "platform" } })).json();
    // The public half of a key is read again while the key changes.
    const actions = (plan.resource_changes ?? [])
      .map(({ type, change }) => [type, change.actions.join()])
      .filter(([, action]) => action !== "read");
    expect(new Set(actions.map(([, action]) => action))).toEqual(new Set(["no-op", "update"]));
    expect(actions).toContainEqual(["aws_kms_key", "update"]);
    const publicKeys = actions.filter(([type]) => type === "aws_cloudfront_public_key");
    expect(publicKeys).toEqual([["aws_cloudfront_public_key", "no-op"]]);
  });

  it("gives the session function settings that it can read", async () => {
    const { url, cognito_client_id: clientId } = await terraform.outputs();
    const read = await settings();
    expect(read).toMatchObject({
      host: String(url).replace("https://", ""),
      signInUrl: "https://my-org.auth.eu-central-1.amazoncognito.com",
      clientId,
      allowedGroups: [],
      apiCiClientIds: ["1example23456789"],
    });
    expect(read.issuers[0]).toContain(pool);
    const lengths = read.signingKeys.map(({ publicKey }) => publicKey.asymmetricKeyDetails?.modulusLength);
    expect(lengths).toEqual([2048]);
  });

  it("has an API whose gateway invokes its function and verifies tokens of the pool", async () => {
    const { cognito_client_id: clientId } = await terraform.outputs();
    const [route, audience] = await Promise.all([
      attribute('aws_apigatewayv2_route.api["read"]', "target"),
      values("aws_apigatewayv2_authorizer.api[0]").then((all) => all.jwt_configuration),
    ]);
    expect(route).toBe(`integrations/${await attribute("aws_apigatewayv2_integration.api[0]", "id")}`);
    const issuer = `https://cognito-idp.eu-central-1.amazonaws.com/${pool}`;
    expect(audience).toEqual([{ issuer, audience: [clientId, "1example23456789"].sort() }]);
    const origins = (await values("aws_cloudfront_distribution.page")).origin;
    const host = new URL(await attribute("aws_apigatewayv2_api.api[0]", "api_endpoint")).host;
    expect(origins).toContainEqual(expect.objectContaining({ origin_id: "api", domain_name: host }));
  });

  it("rotates the signing key in two applies: the new key is trusted first, and signs later", async () => {
    const [old = ""] = await keys();
    await terraform.apply({ ...inputs, signing_keys: ["a", "b"] });
    const [still, signing = ""] = await keys();
    expect(still).toBe(old);
    expect(signing).not.toBe(old);
    // Both keys are trusted already: CloudFront has nothing to deploy while the other key begins to sign.
    const swapped = await (await terraform.plan({ ...inputs, signing_keys: ["b", "a"] })).json();
    const changed = (swapped.resource_changes ?? []).filter(
      ({ change }) => change.actions.join() !== "no-op",
    );
    expect(changed.map(({ address }) => address)).toEqual(["aws_ssm_parameter.session"]);
    await terraform.apply({ ...inputs, signing_keys: ["b", "a"] });
    expect(await keys()).toEqual([signing, old]);
    inputs = { ...inputs, signing_keys: ["b"] };
    await terraform.apply(inputs);
    expect(await keys()).toEqual([signing]);
    await expectEmptyPlan(inputs);
  });

  it("gives CloudFront the public half of a signing key that was replaced", async () => {
    const publicKey = () => attribute('aws_cloudfront_public_key.signing["b"]', "encoded_key");
    const old = await publicKey();
    await terraform.apply(inputs, '-replace=aws_kms_key.signing["b"]');
    expect(await publicKey()).not.toBe(old);
    await expectEmptyPlan(inputs);
  });

  it("makes a user pool of its own in place of the existing one, invites its users, and keeps it", async () => {
    const { cognito_user_pool_id: _, cognito_domain: __, ...others } = inputs;
    const users = ["finance@example.com", "cto@example.com"];
    inputs = { ...others, managed_user_pool_enabled: true, managed_user_pool_users: users };
    await terraform.apply(inputs);
    const made = await attribute("aws_cognito_user_pool.users[0]", "id");
    expect(made).not.toBe(pool);
    const { issuers, signInUrl, clientId } = await settings();
    expect(issuers[0]).toContain(made);
    expect(signInUrl).toBe(`https://dapanoskop-${aws.account}.auth.eu-central-1.amazoncognito.com`);
    expect(await values("aws_cognito_user_pool_client.page")).toMatchObject({
      id: clientId,
      user_pool_id: made,
    });
    expect(await usersOf(aws.url, made)).toEqual(users.toSorted());
    await expectEmptyPlan(inputs);
    inputs = { ...inputs, managed_user_pool_users: users.slice(1) };
    await terraform.apply(inputs);
    expect(await usersOf(aws.url, made)).toEqual(users.slice(1));
    await expectEmptyPlan(inputs);
  });

  it("is destroyed but for the table, whose deletion must be allowed first", async () => {
    await expect(terraform.destroy(inputs)).rejects.toThrow(/DeletionProtectionEnabled/);
    expect(await aws.contents()).toEqual(["dynamodb eu-central-1 dapanoskop-state"]);
    await allowTableDeletion(aws.url, "dapanoskop-state");
  });

  it("is destroyed, and leaves nothing but the user pool", async () => {
    await terraform.destroy(inputs);
    expect(await terraform.state()).toEqual([]);
    expect(await aws.contents()).toEqual([]);
    expect(aws.unsupported).toEqual([]);
    const authorization = "Credential=any/20260101/us-east-1/cloudfront/aws4_request";
    await fetch(`${aws.url}/unknown`, { headers: { authorization } });
    expect(aws.unsupported).toEqual([expect.stringContaining("cloudfront us-east-1 GET /unknown: 501")]);
  });

  it("needed the permissions that the policies of docs/install.md are made from, and no others", async () => {
    // npm run permissions writes them.
    const used = `${JSON.stringify([...aws.permissions].sort(), null, 2)}\n`;
    await expect(used).toMatchFileSnapshot("fixtures/applier-permissions.json");
  });

  async function expectEmptyPlan(variables: Variables): Promise<void> {
    const plan = await terraform.plan(variables);
    expect(plan.empty, plan.text).toBe(true);
  }

  const settings = async () => parseSettings(await attribute("aws_ssm_parameter.session", "value"));
  const keys = async () => (await settings()).signingKeys.map(({ keyPairId }) => keyPairId);

  /** An attribute in the state after the last apply. */
  const attribute = async (address: string, name: string) => String((await values(address))[name]);

  async function values(address: string): Promise<Readonly<Record<string, unknown>>> {
    const resource = (await terraform.state()).find((one) => one.address === address);
    if (resource === undefined) throw new Error(`${address} is not in the state.`);
    return resource.values;
  }
}
