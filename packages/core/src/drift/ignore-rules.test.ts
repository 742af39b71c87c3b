import { describe, expect, it } from "vitest";
import { ignoresAttribute, parseIgnoreRules } from "./ignore-rules.ts";

const ignores = (rules: string, address: string, path: string) =>
  ignoresAttribute(parseIgnoreRules(rules), address, path);

describe("a file of ignore rules", () => {
  it("has a rule a line, comments and empty lines", () => {
    const rules = parseIgnoreRules(
      '# patches\n\naws_instance.*: tags.LastPatched, user_data\r\n  module.a["k: v"].aws_sqs_queue.q: tags.aws:x\n',
    );
    expect(rules).toEqual([
      {
        text: "aws_instance.*: tags.LastPatched, user_data",
        address: "aws_instance.*",
        paths: ["tags.LastPatched", "user_data"],
      },
      {
        text: 'module.a["k: v"].aws_sqs_queue.q: tags.aws:x',
        address: 'module.a["k: v"].aws_sqs_queue.q',
        paths: ["tags.aws:x"],
      },
    ]);
  });

  it("is refused with a sentence for each wrong line", () => {
    const wrong = [
      "aws_instance.web",
      ": tags.A",
      "aws_instance.web:tags.A",
      "aws_instance.web: a,,b",
      `${"a".repeat(600)}: b`,
    ];
    expect(() => parseIgnoreRules(["# fine", ...wrong].join("\n"))).toThrow(
      [
        'Line 2: "aws_instance.web" is not a rule. Write an address, a colon and a space, and attributes: aws_instance.*: tags.LastPatched',
        'Line 3: ": tags.A" is not a rule. Write an address, a colon and a space, and attributes: aws_instance.*: tags.LastPatched',
        'Line 4: "aws_instance.web:tags.A" is not a rule. Write an address, a colon and a space, and attributes: aws_instance.*: tags.LastPatched',
        "Line 5: The rule of aws_instance.web names an empty attribute. Write attributes with commas between them, or * for all: aws_instance.web: *",
        "Line 6: The rule has 603 characters; at most 500 are allowed.",
      ].join("\n"),
    );
  });
});

describe("an ignore rule", () => {
  it.each([
    ["aws_instance.*: tags.LastPatched", "aws_instance.web[0]", "tags.LastPatched", true],
    ["aws_instance.*: tags.LastPatched", "aws_instance.web", "tags_all.LastPatched", true],
    ["aws_instance.*: tags.LastPatched", "aws_instance.web", "tags.LastPatchedBy", false],
    ["aws_instance.*: tags.LastPatched", "aws_instance.web", "tags", false],
    ["aws_instance.*: tags.LastPatched", "module.a.aws_instance.web", "tags.LastPatched", false],
    ["*.aws_instance.*: tags", "module.a.aws_instance.web", "tags.LastPatched", true],
    ["*: root_block_device", "aws_instance.web", "root_block_device[0].tags.App", true],
    ["*: root_block_device", "aws_instance.web", "root_block_device_x", false],
    ["*: *.tags.App", "aws_instance.web", "root_block_device[0].tags_all.App", true],
    ["*: *", "anything", "at all", true],
    ["aws_instance.web: *", "aws_instance.web2", "ami", false],
    ["a*b*c: x", "aXbYbZc", "x", true],
    ["a*b*c: x", "aXbYbZ", "x", false],
  ])("%s: %s %s", (rule, address, path, expected) => {
    expect(ignores(rule, address, path)).toBe(expected);
  });

  it("is matched in little time, whatever its stars", () => {
    const rule = `${"*a".repeat(200)}: x`;
    expect(ignores(rule, "a".repeat(20_000), "y")).toBe(false);
    expect(ignores(rule, `${"a".repeat(20_000)}b`, "x")).toBe(false);
  });
});
