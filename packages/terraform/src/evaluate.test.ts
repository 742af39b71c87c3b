import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import type { Values } from "../../../infra/inputs.ts";
import { REFUSED_REGIONS } from "../../../infra/place.ts";
import { type EvaluatedResource, type Evaluation, evaluate } from "./evaluate.ts";
import { synthesize } from "./platform.ts";

// tests/infra/evaluated-plan.test.ts compares the whole evaluation with a plan of Terraform, where that is installed.

const synthesis = synthesize(infra);
const usual = evaluate(synthesis);
const withInputs = (inputs: Partial<Values>) => evaluate(synthesis, { inputs });

function find({ resources }: Evaluation, address: string): EvaluatedResource["args"] {
  const found = resources.find((one) => one.address === address);
  if (found === undefined) throw new Error(`${address} does not exist.`);
  return found.args;
}

describe("the module evaluated with inputs", () => {
  it("has names made of inputs, account and region", () => {
    expect(find(usual, "aws_s3_bucket.data").bucket).toBe("dapanoskop-data-111122223333-eu-central-1");
    const elsewhere = evaluate(synthesis, { inputs: { name_prefix: "costs" }, region: "eu-west-1" });
    expect(find(elsewhere, "aws_s3_bucket.data").bucket).toBe("costs-data-111122223333-eu-west-1");
  });

  it("has the partition in every ARN and in the console's host", () => {
    const inputs = { alarm_email: "finops@example.com" };
    const deployment = { inputs, region: "us-gov-west-1", partition: "aws-us-gov" };
    const { resources, outputs } = evaluate(synthesis, deployment);
    const json = JSON.stringify(resources);
    expect([json.includes("arn:aws-us-gov:iam::"), json.includes("arn:aws:")]).toEqual([true, false]);
    expect(outputs.dashboard_url).toMatch(/^https:\/\/us-gov-west-1\.console\.amazonaws-us-gov\.com\//);
  });

  it("contains no resources whose condition is false and no arguments that are null", () => {
    const withAlarms = withInputs({ alarm_email: "finops@example.com" });
    for (const address of ["aws_sns_topic.alarms", 'aws_cloudwatch_metric_alarm.failure["collect-errors"]']) {
      expect(() => find(usual, address)).toThrow("does not exist");
      expect(find(withAlarms, address)).toBeDefined();
    }
    expect(find(usual, 'aws_iam_role.function["collect"]')).not.toHaveProperty("permissions_boundary");
  });

  it("has a resource for each name of a list, which refers to the others of its name", () => {
    const rotated = withInputs({ signing_keys: ["b", "a"] });
    expect(find(rotated, "aws_cloudfront_key_group.data").items).toEqual([
      'aws_cloudfront_public_key.signing["b"].id',
      'aws_cloudfront_public_key.signing["a"].id',
    ]);
    expect(find(rotated, 'aws_cloudfront_public_key.signing["a"]').encoded_key).toBe(
      'data.aws_kms_public_key.signing["a"].public_key_pem\n',
    );
  });

  it("has a resource and a block for each row of a table", () => {
    const { name, max_ttl } = find(usual, 'aws_cloudfront_cache_policy.cache["briefly"]');
    expect([name, max_ttl]).toEqual(["dapanoskop-briefly", 60]);
    const functionArn = 'aws_cloudfront_function.request["data-request"].arn';
    expect(find(usual, "aws_cloudfront_distribution.page").ordered_cache_behavior).toContainEqual(
      expect.objectContaining({
        path_pattern: "/data/index.json",
        cache_policy_id: 'aws_cloudfront_cache_policy.cache["briefly"].id',
        function_association: [{ event_type: "viewer-request", function_arn: functionArn }],
      }),
    );
  });

  it("has values of conditions, lists, attributes that are arguments, and documents; files remain HCL", () => {
    const withDomain = withInputs({ domain_name: "costs.example.com" });
    expect(find(withDomain, "aws_cognito_user_pool_client.page").callback_urls).toEqual([
      "https://aws_cloudfront_distribution.page.domain_name/callback",
      "https://costs.example.com/callback",
    ]);
    expect(withDomain.outputs.url).toBe("https://costs.example.com");
    const { function_name, source_arn } = find(usual, 'aws_lambda_permission.cloudfront["url"]');
    expect([function_name, source_arn]).toEqual([
      "dapanoskop-session",
      "aws_cloudfront_distribution.page.arn",
    ]);
    const { policy } = find(usual, "aws_iam_role_policy.collect");
    expect(JSON.parse(String(policy)).Statement[0].Resource).toBe(
      'aws_cloudwatch_log_group.function["collect"].arn:*',
    );
    const { source_code_hash } = find(usual, "aws_lambda_function.collect");
    expect(source_code_hash).toMatch(/^try\(filebase64sha256\(/);
  });

  it("cannot have a text that contains null, as in Terraform", () => {
    const wrong = synthesize((platform) => {
      platform.output("wrong", "", platform.text`https://${platform.inputs.domain_name as string}`);
    });
    expect(() => evaluate(wrong)).toThrow("A text cannot contain null.");
  });
});

it("inputs that contradict each other, or are of another region or partition, are refused", () => {
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
  expect(refusals(key, "eu-central-1", "aws-cn")).toEqual([
    expect.stringContaining("Dapanoskop cannot run in this region"),
    ofKey,
  ]);
  expect(withInputs({ domain_name: "costs.example.com" }).refusals).toEqual([
    expect.stringContaining("domain_name and acm_certificate_arn belong together"),
  ]);
});

it("a region or partition that cannot host it is refused, unless refused_regions leaves it out", () => {
  const refusals = (region: string, refused_regions?: readonly string[], partition = "aws") =>
    evaluate(synthesis, {
      inputs: { cognito_user_pool_id: `${region}_AbCdEfGhI`, ...(refused_regions && { refused_regions }) },
      region,
      partition,
    }).refusals;
  const refused = [expect.stringContaining("Dapanoskop cannot run in this region")];
  for (const region of REFUSED_REGIONS.filter((one) => !one.startsWith("aws"))) {
    expect(refusals(region), region).toEqual(refused);
  }
  expect(refusals("us-gov-west-1", undefined, "aws-us-gov")).toEqual(refused);
  expect(refusals("eu-central-2", ["ap-east-2"])).toEqual([]);
  for (const region of ["us-east-1", "eu-central-1", "ap-southeast-1", "ap-southeast-3", "eu-south-1"]) {
    expect(refusals(region), region).toEqual([]);
  }
});

it("another account than account_id is refused", () => {
  const refusals = (accountId: string, account_id?: string) =>
    evaluate(synthesis, { inputs: { account_id }, accountId }).refusals;
  expect(refusals("111122223333", "111122223333")).toEqual([]);
  expect(refusals("111122223333")).toEqual([]);
  expect(refusals("999922223333", "111122223333")).toEqual([
    expect.stringContaining("The credentials are of another account than account_id"),
  ]);
});

it("every function has the runtime of lambda_runtime", () => {
  const runtimes = (inputs: Partial<Values>) =>
    new Set(
      withInputs({ ...inputs, api_enabled: true })
        .resources.filter(({ type }) => type === "aws_lambda_function")
        .map(({ args }) => args.runtime),
    );
  expect(runtimes({})).toEqual(new Set(["nodejs22.x"]));
  expect(runtimes({ lambda_runtime: "nodejs24.x" })).toEqual(new Set(["nodejs24.x"]));
});
