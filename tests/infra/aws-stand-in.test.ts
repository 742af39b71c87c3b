import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createUserPool } from "./support/account-contents.ts";
import { type AwsStandIn, startAwsStandIn } from "./support/aws-stand-in.ts";
import { aTerraform, type Terraform } from "./support/terraform.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

const tools = findTools();
const missing = toolsMissing(tools);
const everyResource = fileURLToPath(new URL("fixtures/every-resource", import.meta.url));

/** An archive without files: nobody here runs a function. */
const EMPTY_ZIP = Buffer.concat([Buffer.from("PK\x05\x06"), Buffer.alloc(18)]);

/** By the first word of what is there: `arn` and the kinds are CloudFront's. */
const EVERY_SERVICE = [
  "arn",
  "cache-policy",
  "cognito-idp",
  "events",
  "iam",
  "key-group",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "origin-access-control",
  "origin-request-policy",
  "public-key",
  "response-headers-policy",
  "s3",
  "sns",
  "sqs",
  "ssm",
];

// Of these minutes most are waits of the provider's own: 25 s for each change of a queue, 30 s for a distribution's.
const A_WHOLE_APPLY = 300_000;

describe.skipIf(missing !== null)(`one of every resource, on loopback. ${missing ?? ""}`, () => {
  let aws: AwsStandIn;
  let terraform: Terraform;
  let first: { readonly cognito_user_pool_id: string; readonly revision: number };

  beforeAll(async () => {
    aws = await startAwsStandIn(tools.moto ?? "");
    terraform = await aTerraform({ tools, module: everyResource, endpoint: aws.url });
    await terraform.write("function.zip", EMPTY_ZIP);
    first = { cognito_user_pool_id: await createUserPool(aws.url), revision: 1 };
  });

  afterAll(async () => {
    await terraform?.remove();
    aws?.stop();
  });

  it("is applied", { timeout: A_WHOLE_APPLY }, async () => {
    expect(await aws.contents()).toEqual([]);
    await terraform.apply(first);
    const services = new Set((await aws.contents()).map((line) => line.split(/[ :]/)[0]));
    expect([...services].sort()).toEqual(EVERY_SERVICE);
    expect(await terraform.outputs()).toMatchObject({
      account: `aws/eu-central-1/${aws.account}`,
      distribution_domain_name: expect.stringMatching(/^d[0-9a-f]+\.cloudfront\.net$/),
    });
  });

  it("is then as it should be: a second plan is empty", async () => {
    const plan = await terraform.plan(first);
    expect(plan.empty, plan.text).toBe(true);
  });

  it("is changed where the module changes, and is then as it should be again", {
    timeout: A_WHOLE_APPLY,
  }, async () => {
    const second = { ...first, revision: 2 };
    await terraform.apply(second);
    const plan = await terraform.plan(second);
    expect(plan.empty, plan.text).toBe(true);
  });

  it("is taken down, and nothing is left", { timeout: A_WHOLE_APPLY }, async () => {
    await terraform.destroy({ ...first, revision: 2 });
    expect(await terraform.addresses()).toEqual([]);
    expect(await aws.contents()).toEqual([]);
  });

  it("never asked for what nobody here could answer", () => {
    expect(aws.unanswered).toEqual([]);
  });
});
