import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Platform } from "../../infra/platform.ts";
import { type LayoutItem, layOut } from "../../packages/terraform/src/hcl/layout.ts";
import { quoted } from "../../packages/terraform/src/hcl/text.ts";
import { TOP_LEVEL, toHcl } from "../../packages/terraform/src/hcl/value.ts";
import { code, Expression } from "../../packages/terraform/src/synthesis/expression.ts";
import { exported } from "../../packages/terraform/src/testing/exported.ts";
import { scratchFolder } from "../../packages/terraform/src/testing/scratch-folder.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

const tools = findTools();
const missing = toolsMissing(tools, ["terraform"]);
const empty = scratchFolder();

function terraform(args: readonly string[], input: string): string {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "true" };
  return execFileSync(tools.terraform ?? "", args, { input, cwd: empty, encoding: "utf8", env });
}

/** The values of expressions, as Terraform evaluates them. */
function valuesOf(expressions: readonly string[]): readonly string[] {
  const output = terraform(["console"], `base64encode(jsonencode([${expressions.join(", ")}]))\n`);
  return JSON.parse(Buffer.from(JSON.parse(output), "base64").toString("utf8"));
}

/** Texts of characters with a meaning in HCL. */
const special = fc.string({
  unit: fc.constantFrom(...'$%{}"\\~\n\r\t\u0000\u001f\u007faé🙂'),
  maxLength: 8,
});
const samples = fc.sample(special, { numRuns: 400, seed: 7 });

describe.skipIf(missing !== null)(`a text of the exporter, read by Terraform. ${missing ?? ""}`, () => {
  it("is the same text, whatever it contains", () => {
    const markers = ["${a}", "$${a}", "$$${a}", "%{if x}", "%%{a}", "$%{a}", "${~ a ~}", "\u2028", "\u0085"];
    const texts = [...markers, ...samples];
    expect(valuesOf(texts.map(quoted))).toEqual(texts);
  });

  it("is the same text as a template of parts", () => {
    const threes = samples
      .slice(0, -2)
      .map((text, at) => [text, samples[at + 1] ?? "", samples[at + 2] ?? ""] as const);
    // The part in the middle is known at apply alone, as an input is.
    const parts = threes.flatMap(([before, between, after]) => [
      [before, code(quoted(between)), after],
      [before, after, code(quoted(between))],
    ]);
    const values = valuesOf(
      parts.map((one) => toHcl(new Expression({ kind: "template", parts: one }), TOP_LEVEL)),
    );
    expect(values).toEqual(
      threes.flatMap(([before, between, after]) => [before + between + after, before + after + between]),
    );
  });
});

/** Everything that makes a layout hard: columns that end and begin again, depth, long lists, keys in quotes. */
function hardCases(platform: Platform): void {
  const { aws, inputs, text, json, concat, listWhen, isSet, choose, forEach } = platform;
  platform.subsystem("hard", "Cases that a formatter changes.", () => {
    platform.comment(
      "A comment of more than a hundred characters, which the exporter has to break into two lines of a shorter length.",
    );
    const bucket = new aws.s3.Bucket("one", {
      bucket: text`${inputs.name_prefix}-x`,
      forceDestroy: false,
      tags: {},
    });
    new aws.s3.BucketPolicy("one", {
      bucket: bucket.bucket,
      policy: json({
        Version: "2012-10-17",
        Empty: {},
        None: [],
        Nested: [[{ a: 1 }], [{ "a:b": [true, null, "x".repeat(90), "y".repeat(20)] }]],
        LongName: {
          short: "1",
          longer: { "s3:x-amz-server-side-encryption": text`${bucket.arn}/*`, b: "2" },
        },
        Statement: concat<object>(
          [{ Sid: "A" }],
          listWhen(isSet(inputs.kms_key_arn), [{ Sid: "B", Resource: "*" }]),
        ),
      }),
    });
    forEach(inputs.signing_keys, (name) => {
      new aws.kms.Key("one", { description: choose(isSet(inputs.domain_name), name, "none"), policy: "{}" });
    });
    new aws.lambda.FunctionEventInvokeConfig("one", {
      functionName: "one",
      maximumRetryAttempts: 2,
      destinationConfig: { onFailure: { destination: bucket.arn }, onSuccess: { destination: bucket.arn } },
    });
  });
}

// The module itself is compared with the format of terraform fmt in module.test.ts.
describe.skipIf(missing !== null)(`the layout. ${missing ?? ""}`, () => {
  it("is the format of terraform fmt, for hard cases in one file", () => {
    const hcl = exported(hardCases).get("hard.tf") ?? "";
    expect(terraform(["fmt", "-"], hcl)).toBe(hcl);
  });

  it("is the format of terraform fmt, for any sequence of items", () => {
    const values = [
      ...["1", '"text"', "[1, 2]", "{\n  a   = 1\n  bcd = 2\n}", "[\n  1,\n  2,\n]"],
      "x ? {\n  a = 1\n} : {}",
    ];
    const attribute = fc.record({
      kind: fc.constant("attribute" as const),
      name: fc.constantFrom("a", "bc", "longer_name"),
      value: fc.constantFrom(...values),
    });
    // A body sets each argument once.
    const body = (item: fc.Arbitrary<LayoutItem>) =>
      fc.uniqueArray(item, { maxLength: 6, selector: (one) => (one.kind === "attribute" ? one.name : {}) });
    const item: fc.Memo<LayoutItem> = fc.memo((depth) => {
      const comment = fc.constant({ kind: "comment" as const, text: "A remark." });
      if (depth <= 1) return fc.oneof(attribute, comment);
      const block = fc.record({
        kind: fc.constant("block" as const),
        head: fc.constantFrom("inner", 'resource "a" "b"'),
        body: body(item(depth - 1)),
      });
      return fc.oneof(attribute, attribute, comment, block, fc.constant({ kind: "blank" as const }));
    });
    const bodies = fc.sample(body(item(3)), { numRuns: 150, seed: 11 });
    const text = layOut(bodies.map((one): LayoutItem => ({ kind: "block", head: "block", body: one })));
    expect(terraform(["fmt", "-"], text)).toBe(text);
  });
});
