import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import { addressesOf, movesIn, unmoved } from "./addresses.ts";
import { synthesize } from "./platform.ts";

const golden = readFileSync(new URL("../addresses.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

const folder = fileURLToPath(new URL("../../../terraform-export/", import.meta.url));
const committed = readdirSync(folder)
  .filter((name) => name.endsWith(".tf"))
  .map((name) => readFileSync(`${folder}${name}`, "utf8"));

const current = addressesOf(synthesize(infra));

describe("the addresses in adopters' states", () => {
  it("remain, or are moved", () => {
    expect(unmoved(golden, current, movesIn(committed))).toEqual([]);
  });

  it("are all listed in addresses.txt, so that the next rename is detected", () => {
    const added = current.filter((address) => !golden.includes(address));
    expect(
      added.map((address) => `${address} is new: add it to packages/terraform/addresses.txt, sorted.`),
    ).toEqual([]);
    expect(golden).toEqual([...golden].sort());
    expect(new Set(golden).size).toBe(golden.length);
  });
});

it("the README's command to keep the data selects the data bucket and its settings", () => {
  const readme = readFileSync(`${folder}README.md`, "utf8");
  const [, pattern = ""] = /tofu state list \| grep -E '([^']+)'/.exec(readme) ?? [];
  const settings = [
    "ownership_controls",
    "policy",
    "public_access_block",
    "server_side_encryption_configuration",
  ];
  expect(current.filter((one) => new RegExp(pattern).test(one))).toEqual([
    "aws_s3_bucket.data",
    ...settings.map((name) => `aws_s3_bucket_${name}.private["data"]`),
    "aws_s3_bucket_versioning.data",
  ]);
});

describe("a rename", () => {
  const before = ["aws_s3_bucket.data", "aws_kms_key.signing[each.key]", "aws_sns_topic.alarms[0]"];

  it("is refused with instructions", () => {
    expect(unmoved(before, ["aws_s3_bucket.figures", ...before.slice(1)], new Map())).toEqual([
      "aws_s3_bucket.data no longer exists: the resource would be destroyed and created again in every deployment. Add a moved block from aws_s3_bucket.data to its new address to terraform-export/moved.tf, or restore the name. Remove the address of a resource that is deleted for good from packages/terraform/addresses.txt. Describe the change in terraform-export/UPGRADING.md.",
    ]);
  });

  it("passes with a moved block to an address that exists", () => {
    const moved = movesIn(["moved {\n  from = aws_s3_bucket.data\n  to   = aws_s3_bucket.figures\n}\n"]);
    const after = ["aws_s3_bucket.figures", ...before.slice(1)];
    expect(unmoved(before, after, moved)).toEqual([]);
    expect(unmoved(before, before.slice(1), moved)).toHaveLength(1);
  });

  it("of a table's key is refused as well", () => {
    expect(unmoved(['aws_sqs_queue.one["a"]'], ['aws_sqs_queue.one["b"]'], new Map())).toHaveLength(1);
  });

  it("is detected where one resource becomes several, and several become one", () => {
    const several = ["aws_s3_bucket.data[each.key]", "aws_kms_key.signing", "aws_sns_topic.alarms[0]"];
    expect(unmoved(before, several, new Map())).toHaveLength(2);
  });

  it("is not reported where a condition is added or removed: Terraform moves that by itself", () => {
    expect(
      unmoved(before, ["aws_s3_bucket.data[0]", before[1] ?? "", "aws_sns_topic.alarms"], new Map()),
    ).toEqual([]);
  });
});

it("addresses tell count, the rows of a table and other names apart; data sources have none", () => {
  const synthesis = synthesize(({ aws, inputs, isSet, when, forEach, table, subsystem, publicKeyPem }) =>
    subsystem("example", "", () => {
      new aws.s3.Bucket("data", {});
      when(isSet(inputs.alarm_email), () => new aws.sns.Topic("alarms", {}));
      forEach(inputs.signing_keys, () => publicKeyPem("signing", new aws.kms.Key("signing", {}).keyId));
      table("roles", { a: { x: 1 }, b: { x: 2 } }, () => new aws.sqs.Queue("one", {}));
    }),
  );
  expect(addressesOf(synthesis)).toEqual([
    "aws_kms_key.signing[each.key]",
    "aws_s3_bucket.data",
    "aws_sns_topic.alarms[0]",
    'aws_sqs_queue.one["a"]',
    'aws_sqs_queue.one["b"]',
    "terraform_data.checked",
  ]);
});
