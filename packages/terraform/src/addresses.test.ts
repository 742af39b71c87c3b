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
  const [BUCKET, KEYS, TOPIC] = [
    "aws_s3_bucket.data",
    "aws_kms_key.signing[each.key]",
    "aws_sns_topic.alarms[0]",
  ];
  const BEFORE = [BUCKET, KEYS, TOPIC];
  const RENAMED = ["aws_s3_bucket.figures", KEYS, TOPIC];
  const MOVED = "moved {\n  from = aws_s3_bucket.data\n  to   = aws_s3_bucket.figures\n}\n";

  it.each<
    [string, before: readonly string[], after: readonly string[], moves: string, refused: readonly string[]]
  >([
    ["is refused", BEFORE, RENAMED, "", [BUCKET]],
    ["passes with a moved block to an address that exists", BEFORE, RENAMED, MOVED, []],
    ["is refused with a moved block to one that does not", BEFORE, [KEYS, TOPIC], MOVED, [BUCKET]],
    ["of a table's key is refused as well", ['a.b["a"]'], ['a.b["b"]'], "", ['a.b["a"]']],
    ["is detected where one becomes several", [BUCKET], ["aws_s3_bucket.data[each.key]"], "", [BUCKET]],
    ["is detected where several become one", [KEYS], ["aws_kms_key.signing"], "", [KEYS]],
    ["passes where a condition is added: Terraform moves that", [BUCKET], ["aws_s3_bucket.data[0]"], "", []],
    ["passes where a condition is removed", [TOPIC], ["aws_sns_topic.alarms"], "", []],
  ])("%s", (_, before, after, moves, refused) => {
    expect(unmoved(before, after, movesIn([moves]))).toEqual(
      refused.map(
        (address) =>
          `${address} no longer exists: the resource would be destroyed and created again in every deployment. Add a moved block from ${address} to its new address to terraform-export/moved.tf, or restore the name. Remove the address of a resource that is deleted for good from packages/terraform/addresses.txt. Describe the change in terraform-export/UPGRADING.md.`,
      ),
    );
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
