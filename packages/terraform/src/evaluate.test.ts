import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import type { Values } from "../../../infra/inputs.ts";
import { type EvaluatedResource, type Evaluation, evaluate } from "./evaluate.ts";
import { record } from "./platform.ts";

const { recording } = record(infra);

const by = (inputs: Partial<Values> = {}) => evaluate(recording, { inputs });
const addresses = ({ resources }: Evaluation) => resources.map(({ address }) => address);

function the({ resources }: Evaluation, address: string): EvaluatedResource {
  const found = resources.find((one) => one.address === address);
  if (found === undefined) throw new Error(`${address} is not made.`);
  return found;
}

describe("a recording whose inputs are decided", () => {
  it("has names made of inputs and of where it is applied", () => {
    expect(the(by(), "aws_s3_bucket.data").args.bucket).toBe("dapanoskop-data-111122223333-eu-central-1");
    const elsewhere = evaluate(recording, { inputs: { name_prefix: "costs" }, region: "eu-west-1" });
    expect(the(elsewhere, "aws_s3_bucket.data").args.bucket).toBe("costs-data-111122223333-eu-west-1");
  });

  it("leaves out what does not exist, and what is null", () => {
    expect(addresses(by())).not.toContain("aws_sns_topic.alarms");
    expect(addresses(by({ alarm_email: "finops@example.com" }))).toContain("aws_sns_topic.alarms");
    expect(the(by(), "aws_iam_role.collect").args).not.toHaveProperty("permissions_boundary");
  });

  it("makes one of several for each name, and refers to the right one", () => {
    const rotated = by({ signing_keys: ["b", "a"] });
    expect(addresses(rotated).filter((one) => one.startsWith("aws_kms_key.signing"))).toEqual([
      'aws_kms_key.signing["b"]',
      'aws_kms_key.signing["a"]',
    ]);
    expect(the(rotated, "aws_cloudfront_key_group.data").args.items).toEqual([
      'aws_cloudfront_public_key.signing["b"].id',
      'aws_cloudfront_public_key.signing["a"].id',
    ]);
    expect(the(rotated, 'aws_cloudfront_public_key.signing["a"]').args.encoded_key).toBe(
      'data.aws_kms_public_key.signing["a"].public_key_pem\n',
    );
  });

  it("decides conditions and lists", () => {
    const client = "aws_cognito_user_pool_client.page";
    expect(the(by(), client).args.callback_urls).toEqual([
      "https://aws_cloudfront_distribution.page.domain_name/callback",
    ]);
    const own = by({ domain_name: "costs.example.com" });
    expect(the(own, client).args.callback_urls).toContain("https://costs.example.com/callback");
    expect(own.outputs.url).toBe("https://costs.example.com");
    expect(own.refusals).toEqual([
      expect.stringContaining("domain_name and acm_certificate_arn go together"),
    ]);
    expect(by().refusals).toEqual([]);
  });

  it("refuses a pool or a key of another region, or of another partition", () => {
    const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
    const refusals = (kms_key_arn: string | undefined, region: string, partition = "aws") =>
      evaluate(recording, { inputs: { kms_key_arn }, region, partition }).refusals;
    const ofKey = expect.stringContaining("kms_key_arn must be of a key in the region");
    const ofPool = expect.stringContaining("cognito_user_pool_id must be of a pool in the region");
    expect(refusals(key, "eu-central-1")).toEqual([]);
    expect(refusals(key, "eu-west-1")).toEqual([ofKey, ofPool]);
    expect(refusals(undefined, "eu-west-1")).toEqual([ofPool]);
    // Not because it begins with the same letters.
    expect(refusals(key.replace("eu-central-1", "eu-central-10"), "eu-central-1")).toEqual([ofKey]);
    expect(refusals(key, "eu-central-1", "aws-cn")).toEqual([ofKey]);
  });

  it("knows an attribute that is an argument, as a plan does, and names any other", () => {
    const permission = the(by(), "aws_lambda_permission.session_url").args;
    expect(permission.function_name).toBe("dapanoskop-session");
    expect(permission.source_arn).toBe("aws_cloudfront_distribution.page.arn");
  });

  it("writes documents as JSON", () => {
    const { policy } = the(by(), "aws_iam_role_policy.collect").args;
    expect(JSON.parse(String(policy)).Statement[0].Resource).toBe("aws_cloudwatch_log_group.collect.arn:*");
    const [alarm] = by({ alarm_email: "finops@example.com" }).resources.filter(
      ({ name }) => name === "billing_early",
    );
    expect(alarm?.args).toMatchObject({
      threshold: 25,
      alarm_description: expect.stringContaining("USD 25."),
    });
  });

  it("leaves files as they are written in HCL", () => {
    expect(the(by(), "aws_lambda_function.collect").args.source_code_hash).toMatch(
      /^try\(filebase64sha256\(/,
    );
    expect(the(by(), "aws_s3_object.page[each.key]").args.source).toBe('"${local.page_dir}/${each.key}"');
  });

  it("refuses a text that is made of null, as Terraform does", () => {
    const wrong = record((platform) => {
      platform.output("wrong", "", platform.text`https://${platform.inputs.domain_name as string}`);
    });
    expect(() => evaluate(wrong.recording)).toThrow("A text cannot be made of null.");
  });
});
