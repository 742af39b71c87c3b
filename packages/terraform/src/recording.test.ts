import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import { record } from "./platform.ts";
import { checkBlock } from "./provider/check.ts";
import { type ProviderVersion, providerSchema, providerVersions, typeOf } from "./provider/schema.ts";
import { bodyOf } from "./symbols/body.ts";
import { referencesIn } from "./symbols/references.ts";
import { address, type Resource } from "./symbols/resource.ts";
import { code } from "./symbols/symbol.ts";

const { resources } = record(infra).recording;

const typeName = ({ mode, type }: Resource) => (mode === "data" ? `data.${type}` : type);

/** What a version of the provider would say of a resource: its arguments, and the attributes that they refer to. */
function faults(version: ProviderVersion, resource: Resource): readonly string[] {
  const schema = providerSchema(version);
  const body = bodyOf(resource, typeOf(schema, typeName(resource)));
  return checkBlock(schema, typeName(resource), body, referencesIn).map(
    (fault) => `${address(resource)}: ${fault}`,
  );
}

function the(name: string): Resource {
  const found = resources.find((resource) => address(resource) === name);
  if (found === undefined) throw new Error(`${name} is not recorded.`);
  return found;
}

/** The same resource with some of its arguments changed. */
const withArgs = (name: string, args: Readonly<Record<string, unknown>>): Resource => ({
  ...the(name),
  args: { ...the(name).args, ...args },
});

describe.each(providerVersions)("everything that infra/ makes, at hashicorp/aws %s", (version) => {
  it("has the provider's arguments and blocks, and refers to attributes that there are", () => {
    expect(resources.flatMap((resource) => faults(version, resource))).toEqual([]);
    expect(resources.length).toBeGreaterThan(60);
  });

  it("would not pass with an argument missing or misshapen, a block too many, a reference astray", () => {
    const { bucket: _, ...withoutBucket } = the("aws_s3_bucket_policy.data").args;
    const seeded: readonly (readonly [Resource, RegExp])[] = [
      [{ ...the("aws_s3_bucket_policy.data"), args: withoutBucket }, /lacks its required argument bucket/],
      [withArgs("aws_lambda_function.collect", { environment: [{}, {}] }), /takes at most 1 environment/],
      [withArgs("aws_kms_key.signing", { enableKeyRotation: ["yes"] }), /but a list was given/],
      [withArgs("aws_kms_key.signing", { arn: "arn:aws:kms" }), /is computed: it can be read, not set/],
      [
        withArgs("aws_sns_topic.alarms", { kmsMasterKeyId: code("aws_kms_key.alarms.amazon_name") }),
        /refers to amazon_name, which aws_kms_key does not have/,
      ],
      [
        withArgs("aws_sns_topic.alarms", { name: code("aws_no_such.thing.name") }),
        /refers to aws_no_such, of which there is no schema/,
      ],
    ];
    for (const [resource, sentence] of seeded) {
      expect(faults(version, resource)).toEqual([expect.stringMatching(sentence)]);
    }
  });

  it("would not pass with an argument of another name", () => {
    expect(() => faults(version, withArgs("aws_s3_bucket.data", { bukcet: "data" }))).toThrow(
      "aws_s3_bucket has no argument that Pulumi calls bukcet.",
    );
  });
});
