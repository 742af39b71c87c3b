import { parseSettings } from "@dapanoskop/functions/session";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { committedModule } from "../../packages/terraform/src/export.ts";
import { createUserPool } from "./support/account-contents.ts";
import { type AwsStandIn, startAwsStandIn } from "./support/aws-stand-in.ts";
import { buildArtifacts } from "./support/built-artifacts.ts";
import { aTerraform, type Terraform, type Variables } from "./support/terraform.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

// The module, applied: by the real tool and the real provider, in an account on loopback.

const tools = findTools();
const missing = toolsMissing(tools);

// Of these minutes most are waits of the provider's own: 25 s for each change of a queue, 30 s for a distribution's.
const A_WHOLE_APPLY = 400_000;

describe.skipIf(missing !== null)(`the module in an account. ${missing ?? ""}`, () => {
  let aws: AwsStandIn;
  let terraform: Terraform;
  let inputs: Variables;
  let pool: string;

  beforeAll(async () => {
    aws = await startAwsStandIn(tools.moto ?? "");
    terraform = await aTerraform({ tools, module: committedModule, endpoint: aws.url });
    buildArtifacts(terraform.folder);
    pool = await createUserPool(aws.url);
    inputs = {
      cognito_user_pool_id: pool,
      cognito_domain: "my-org.auth.eu-central-1.amazoncognito.com",
      alarm_email: "finops@example.com",
      tags: { Team: "finops" },
    };
  });

  afterAll(async () => {
    await terraform?.remove();
    aws?.stop();
  });

  it("is applied", { timeout: A_WHOLE_APPLY }, async () => {
    expect(await aws.contents()).toEqual([]);
    await terraform.apply(inputs);
    const outputs = await terraform.outputs();
    expect(outputs).toMatchObject({
      url: expect.stringMatching(/^https:\/\/d[0-9a-z]+\.cloudfront\.net$/),
      data_bucket: `dapanoskop-data-${aws.account}-eu-central-1`,
      collect_function_name: "dapanoskop-collect",
      alarm_topic_arn: `arn:aws:sns:eu-central-1:${aws.account}:dapanoskop-alarms`,
      billing_topic_arn: `arn:aws:sns:us-east-1:${aws.account}:dapanoskop-billing`,
    });
  });

  it("is then as it should be: a second plan is empty", { timeout: A_WHOLE_APPLY }, async () => {
    const plan = await terraform.plan(inputs);
    expect(plan.empty, plan.text).toBe(true);
  });

  it("takes other tags for a change of tags: nothing is replaced, and no public key is touched", {
    timeout: A_WHOLE_APPLY,
  }, async () => {
    const plan = await (await terraform.plan({ ...inputs, tags: { Team: "platform" } })).json();
    // The public half of a key is read anew while the key changes.
    const actions = (plan.resource_changes ?? [])
      .map(({ type, change }) => [type, change.actions.join()])
      .filter(([, action]) => action !== "read");
    expect(new Set(actions.map(([, action]) => action))).toEqual(new Set(["no-op", "update"]));
    expect(actions).toContainEqual(["aws_kms_key", "update"]);
    expect(actions.filter(([type]) => type === "aws_cloudfront_public_key")).toEqual([
      ["aws_cloudfront_public_key", "no-op"],
    ]);
  });

  it("tells the session's function what it understands", { timeout: A_WHOLE_APPLY }, async () => {
    const { url, cognito_client_id: clientId } = await terraform.outputs();
    const settings = parseSettings(await attribute("aws_ssm_parameter.session", "value"));
    expect(settings).toMatchObject({
      host: String(url).replace("https://", ""),
      signInUrl: "https://my-org.auth.eu-central-1.amazoncognito.com",
      clientId,
      allowedGroups: [],
    });
    expect(settings.issuers[0]).toContain(pool);
    expect(
      settings.signingKeys.map(({ publicKey }) => publicKey.asymmetricKeyDetails?.modulusLength),
    ).toEqual([2048]);
  });

  it("rotates its signing key without a moment in which none is trusted", {
    timeout: A_WHOLE_APPLY,
  }, async () => {
    const [old = ""] = await keys();
    const both = { ...inputs, signing_keys: ["b", "a"] };
    await terraform.apply(both);
    const [signing = "", trusted, ...others] = await keys();
    expect([trusted, others]).toEqual([old, []]);
    expect(signing).not.toBe(old);
    const after = { ...inputs, signing_keys: ["b"] };
    await terraform.apply(after);
    expect(await keys()).toEqual([signing]);
    const plan = await terraform.plan(after);
    expect(plan.empty, plan.text).toBe(true);
  });

  it("gives CloudFront the public half of a signing key that was replaced", {
    timeout: A_WHOLE_APPLY,
  }, async () => {
    const after = { ...inputs, signing_keys: ["b"] };
    const publicKey = async () =>
      String(await attribute('aws_cloudfront_public_key.signing["b"]', "encoded_key"));
    const old = await publicKey();
    await terraform.write("replaced.tfvars.json", JSON.stringify(after));
    await terraform.run(
      "apply",
      "-auto-approve",
      "-input=false",
      "-no-color",
      "-var-file=replaced.tfvars.json",
      '-replace=aws_kms_key.signing["b"]',
    );
    expect(await publicKey()).not.toBe(old);
    const plan = await terraform.plan(after);
    expect(plan.empty, plan.text).toBe(true);
  });

  it("is taken down, and leaves nothing but the user pool", { timeout: A_WHOLE_APPLY }, async () => {
    await terraform.destroy({ ...inputs, signing_keys: ["b"] });
    expect(await terraform.addresses()).toEqual([]);
    expect(await aws.contents()).toEqual([]);
    expect(aws.unanswered).toEqual([]);
  });

  const keys = async () =>
    parseSettings(await attribute("aws_ssm_parameter.session", "value")).signingKeys.map(
      ({ keyPairId }) => keyPairId,
    );

  /** An attribute as the state has it after the last apply. */
  async function attribute(address: string, name: string): Promise<string> {
    const state = JSON.parse(await terraform.run("show", "-json", "-no-color")) as {
      values: { root_module: { resources: { address: string; values: Record<string, unknown> }[] } };
    };
    const found = state.values.root_module.resources.find((resource) => resource.address === address);
    return String(found?.values[name]);
  }
});
