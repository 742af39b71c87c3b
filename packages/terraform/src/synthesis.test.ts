import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import { synthesize } from "./platform.ts";
import { checkResource } from "./provider/check.ts";
import { providerSchema, providerVersions } from "./provider/schema.ts";
import { code } from "./synthesis/expression.ts";
import { address, type Resource } from "./synthesis/resource.ts";

const { resources } = synthesize(infra);

function find(name: string): Resource {
  const found = resources.find((resource) => address(resource) === name);
  if (found === undefined) throw new Error(`${name} is not declared.`);
  return found;
}

/** The same resource with other values for some of its arguments. */
const withArgs = (name: string, args: Readonly<Record<string, unknown>>): Resource => ({
  ...find(name),
  args: { ...find(name).args, ...args },
});

describe.each(providerVersions)("everything that infra/ declares, at hashicorp/aws %s", (version) => {
  const faults = (resource: Resource) => checkResource(providerSchema(version), resource);

  it("has only arguments, blocks and references that the provider has", () => {
    expect(resources.flatMap(faults)).toEqual([]);
    expect(resources.length).toBeGreaterThan(45);
  });

  it("would be refused with a missing or misshapen argument, a block too many, a wrong reference", () => {
    const seeded: readonly (readonly [Resource, RegExp])[] = [
      [
        withArgs("aws_sqs_queue_policy.dead_letters", { queueUrl: undefined }),
        /lacks its required argument queue_url/,
      ],
      [withArgs("aws_lambda_function.collect", { environment: [{}, {}] }), /takes at most 1 environment/],
      [withArgs("aws_kms_key.signing", { enableKeyRotation: ["yes"] }), /but its value is a list/],
      [withArgs("aws_kms_key.signing", { arn: "arn:aws:kms" }), /is computed: it can be read, not set/],
      [
        withArgs("aws_sns_topic.alarms", { kmsMasterKeyId: code("aws_kms_key.alarms.amazon_name") }),
        /refers to amazon_name, which aws_kms_key does not have/,
      ],
      [
        withArgs("aws_sns_topic.alarms", { name: code("aws_no_such.thing.name") }),
        /refers to aws_no_such, which has no schema/,
      ],
    ];
    for (const [resource, message] of seeded) {
      expect(faults(resource)).toEqual([expect.stringMatching(message)]);
    }
  });

  it("would be refused with an argument of another name", () => {
    expect(() => faults(withArgs("aws_s3_bucket.data", { bukcet: "data" }))).toThrow(
      "aws_s3_bucket has no argument that Pulumi calls bukcet.",
    );
  });
});
