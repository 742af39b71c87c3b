import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { infra } from "../../../infra/index.ts";
import { addressesOf, type Moves, movesIn, unmoved } from "./addresses.ts";
import { moduleFiles } from "./module/module-files.ts";
import { record } from "./platform.ts";

const golden = readFileSync(new URL("../addresses.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

const folder = fileURLToPath(new URL("../../../terraform-export/", import.meta.url));
const handWritten = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".tf"))
      .map((name) => readFileSync(`${folder}${name}`, "utf8"))
  : [];

const generated = [
  ...moduleFiles(record(infra).recording, { module: "1.0.0", pipeline: "1.0.0", page: "1.0.0" }).values(),
];
const current = addressesOf(generated);
const moves: Moves = movesIn([...handWritten, ...generated]);

describe("the addresses that adopters' states hold", () => {
  it("stay, or are moved", () => {
    expect(unmoved(golden, current, moves)).toEqual([]);
  });

  it("are all written down, so that the next rename is seen", () => {
    const added = current.filter((address) => !golden.includes(address));
    expect(
      added.map((address) => `${address} is new: add it to packages/terraform/addresses.txt, sorted.`),
    ).toEqual([]);
    expect(golden).toEqual([...golden].sort());
    expect(new Set(golden).size).toBe(golden.length);
  });
});

describe("a rename", () => {
  const before = ["aws_s3_bucket.data", "aws_kms_key.signing[each.key]", "aws_sns_topic.alarms[0]"];

  it("is refused with a sentence that says how to make it", () => {
    expect(unmoved(before, ["aws_s3_bucket.figures", ...before.slice(1)], new Map())).toEqual([
      "aws_s3_bucket.data is gone: adopters would lose and make again what it stands for. Write a moved block from aws_s3_bucket.data to its new address into terraform-export/moved.tf, or give the name back; what goes for good is taken off packages/terraform/addresses.txt. Tell it in terraform-export/UPGRADING.md.",
    ]);
  });

  it("passes with a moved block to an address that exists", () => {
    const moved = movesIn(["moved {\n  from = aws_s3_bucket.data\n  to   = aws_s3_bucket.figures\n}\n"]);
    const after = ["aws_s3_bucket.figures", ...before.slice(1)];
    expect(unmoved(before, after, moved)).toEqual([]);
    expect(unmoved(before, before.slice(1), moved)).toHaveLength(1);
  });

  it("is seen where one becomes several, and several one", () => {
    const several = ["aws_s3_bucket.data[each.key]", "aws_kms_key.signing", "aws_sns_topic.alarms[0]"];
    expect(unmoved(before, several, new Map())).toHaveLength(2);
  });

  it("goes unseen where a condition comes or goes: Terraform moves that by itself", () => {
    expect(
      unmoved(before, ["aws_s3_bucket.data[0]", before[1] ?? "", "aws_sns_topic.alarms"], new Map()),
    ).toEqual([]);
  });
});

describe("addresses read off the module", () => {
  it("tell whether there is one, perhaps one, or several; data sources hold no state", () => {
    const text = [
      'resource "aws_s3_bucket" "data" {\n  bucket = "b"\n}\n',
      'resource "aws_sns_topic" "alarms" {\n  count = var.x ? 1 : 0\n\n  name = "n"\n}\n',
      'resource "aws_kms_key" "signing" {\n  for_each = toset(var.keys)\n\n  policy = "{}"\n}\n',
      'data "aws_region" "current" {}\n',
    ];
    expect(addressesOf([text.join("\n")])).toEqual([
      "aws_kms_key.signing[each.key]",
      "aws_s3_bucket.data",
      "aws_sns_topic.alarms[0]",
    ]);
  });
});
