import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import type { Values } from "../../../infra/inputs.ts";
import { type EvaluatedResource, type Evaluation, evaluate } from "./evaluate.ts";
import { synthesize } from "./platform.ts";

const synthesis = synthesize(infra);

const withInputs = (inputs: Partial<Values> = {}) => evaluate(synthesis, { inputs });
const addresses = ({ resources }: Evaluation) => resources.map(({ address }) => address);

function find({ resources }: Evaluation, address: string): EvaluatedResource {
  const found = resources.find((one) => one.address === address);
  if (found === undefined) throw new Error(`${address} does not exist.`);
  return found;
}

describe("the module evaluated with inputs", () => {
  it("has names made of inputs, account and region", () => {
    const bucket = (evaluation: Evaluation) => find(evaluation, "aws_s3_bucket.data").args.bucket;
    expect(bucket(withInputs())).toBe("dapanoskop-data-111122223333-eu-central-1");
    const elsewhere = evaluate(synthesis, { inputs: { name_prefix: "costs" }, region: "eu-west-1" });
    expect(bucket(elsewhere)).toBe("costs-data-111122223333-eu-west-1");
  });

  it("contains no resources whose condition is false and no arguments that are null", () => {
    const withAlarms = withInputs({ alarm_email: "finops@example.com" });
    for (const address of ["aws_sns_topic.alarms", 'aws_cloudwatch_metric_alarm.failure["collect-errors"]']) {
      expect(addresses(withInputs())).not.toContain(address);
      expect(addresses(withAlarms)).toContain(address);
    }
    const role = find(withInputs(), 'aws_iam_role.function["collect"]');
    expect(role.args).not.toHaveProperty("permissions_boundary");
  });

  it("has a resource for each name of a list, which refers to the others of its name", () => {
    const rotated = withInputs({ signing_keys: ["b", "a"] });
    expect(addresses(rotated).filter((one) => one.startsWith("aws_kms_key.signing"))).toEqual([
      'aws_kms_key.signing["b"]',
      'aws_kms_key.signing["a"]',
    ]);
    expect(find(rotated, "aws_cloudfront_key_group.data").args.items).toEqual([
      'aws_cloudfront_public_key.signing["b"].id',
      'aws_cloudfront_public_key.signing["a"].id',
    ]);
    expect(find(rotated, 'aws_cloudfront_public_key.signing["a"]').args.encoded_key).toBe(
      'data.aws_kms_public_key.signing["a"].public_key_pem\n',
    );
  });

  it("has a resource and a block for each row of a table", () => {
    expect(find(withInputs(), 'aws_cloudfront_cache_policy.cache["briefly"]').args).toMatchObject({
      name: "dapanoskop-briefly",
      max_ttl: 60,
    });
    const behaviors = find(withInputs(), "aws_cloudfront_distribution.page").args.ordered_cache_behavior;
    expect(behaviors).toContainEqual(
      expect.objectContaining({
        path_pattern: "/data/index.json",
        cache_policy_id: 'aws_cloudfront_cache_policy.cache["briefly"].id',
        function_association: [
          {
            event_type: "viewer-request",
            function_arn: 'aws_cloudfront_function.request["data-request"].arn',
          },
        ],
      }),
    );
  });

  it("has values for conditions and lists", () => {
    const client = "aws_cognito_user_pool_client.page";
    expect(find(withInputs(), client).args.callback_urls).toEqual([
      "https://aws_cloudfront_distribution.page.domain_name/callback",
    ]);
    const withDomain = withInputs({ domain_name: "costs.example.com" });
    expect(find(withDomain, client).args.callback_urls).toContain("https://costs.example.com/callback");
    expect(withDomain.outputs.url).toBe("https://costs.example.com");
    expect(withDomain.refusals).toEqual([
      expect.stringContaining("domain_name and acm_certificate_arn belong together"),
    ]);
    expect(withInputs().refusals).toEqual([]);
  });

  it("refuses a pool or a key of another region, or of another partition", () => {
    const key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
    const refusals = (kms_key_arn: string | undefined, region: string, partition = "aws") =>
      evaluate(synthesis, { inputs: { kms_key_arn }, region, partition }).refusals;
    const ofKey = expect.stringContaining("kms_key_arn must be of a key in the region");
    const ofPool = expect.stringContaining("cognito_user_pool_id must be of a pool in the region");
    expect(refusals(key, "eu-central-1")).toEqual([]);
    expect(refusals(key, "eu-west-1")).toEqual([ofKey, ofPool]);
    expect(refusals(undefined, "eu-west-1")).toEqual([ofPool]);
    // The same letters at the start are not enough.
    expect(refusals(key.replace("eu-central-1", "eu-central-10"), "eu-central-1")).toEqual([ofKey]);
    expect(refusals(key, "eu-central-1", "aws-cn")).toEqual([ofKey]);
  });

  it("has the value of an attribute that is an argument, as a plan has, and the address of any other", () => {
    const permission = find(withInputs(), 'aws_lambda_permission.cloudfront["url"]').args;
    expect(permission.function_name).toBe("dapanoskop-session");
    expect(permission.source_arn).toBe("aws_cloudfront_distribution.page.arn");
  });

  it("has documents as JSON", () => {
    const { policy } = find(withInputs(), "aws_iam_role_policy.collect").args;
    expect(JSON.parse(String(policy)).Statement[0].Resource).toBe(
      'aws_cloudwatch_log_group.function["collect"].arn:*',
    );
    const withAlarms = withInputs({ alarm_email: "finops@example.com" });
    expect(find(withAlarms, 'aws_cloudwatch_metric_alarm.billing["early"]').args).toMatchObject({
      threshold: 25,
      alarm_description: expect.stringContaining("USD 25."),
    });
  });

  it("has files as HCL", () => {
    const hash = find(withInputs(), "aws_lambda_function.collect").args.source_code_hash;
    expect(hash).toMatch(/^try\(filebase64sha256\(/);
    const { source } = find(withInputs(), "aws_s3_object.page[each.key]").args;
    expect(source).toBe('"${local.page_dir}/${each.key}"');
  });

  it("cannot have a text that contains null, as in Terraform", () => {
    const wrong = synthesize((platform) => {
      platform.output("wrong", "", platform.text`https://${platform.inputs.domain_name as string}`);
    });
    expect(() => evaluate(wrong)).toThrow("A text cannot contain null.");
  });
});
