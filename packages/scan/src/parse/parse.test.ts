import { describe, expect, it } from "vitest";
import { hclParser } from "../wasm/hcl-parser.ts";
import { installedGrammar } from "../wasm/installed-grammar.ts";
import type { ConfigurationExpression } from "./configuration.ts";
import { hclExpression, hclFile } from "./hcl-file.ts";
import { jsonFile } from "./json-file.ts";

const parser = await hclParser(await installedGrammar());

const text = (value: string) => ({ kind: "text", text: value });
const reference = (...path: readonly string[]) => ({ kind: "reference", path });
const call = (name: string, ...values: readonly unknown[]) => ({ kind: "call", name, values });
const object = (...entries: readonly (readonly [string | null, unknown])[]) => ({
  kind: "object",
  entries: entries.map(([key, value]) => ({ key, value })),
});
const other = { kind: "other" };

/** `merge(merge(local.a))`, so many times. */
const nested = (depth: number) => `${"merge(".repeat(depth)}local.a${")".repeat(depth)}`;

function innermost(expression: ConfigurationExpression): ConfigurationExpression | undefined {
  return expression.kind === "call" ? innermost(expression.values[0] ?? { kind: "null" }) : expression;
}

describe("an expression", () => {
  it.each([
    ['"web"', text("web")],
    ['""', text("")],
    [`"a${"$"}{b}"`, other],
    ["null", { kind: "null" }],
    ["12", other],
    ["true", other],
    ["[1]", other],
    ["local.tags", reference("local", "tags")],
    ['local.all["web"].x', reference("local", "all", "web", "x")],
    ['local.all[ "web" ]', reference("local", "all", "web")],
    ["local.all[0]", other],
    ["local.all[var.x]", other],
    ["aws_vpc.all[*].tags", other],
    ["(local.a)", reference("local", "a")],
    ["(local.a).b", other],
    ["f()", call("f")],
    ["merge(local.a, { b = 1 })", call("merge", reference("local", "a"), object(["b", other]))],
    ["merge(local.a...)", other],
    ["f(local.a).b", other],
    ["x ? local.a : null", { kind: "choice", either: reference("local", "a"), or: { kind: "null" } }],
    ["{}", object()],
    ["{ a = null, b : local.c }", object(["a", { kind: "null" }], ["b", reference("local", "c")])],
    ['{ "a b" = "c", aws.eu = "d" }', object(["a b", text("c")], ["aws.eu", text("d")])],
    [
      `{ (var.k) = "a", "x${"$"}{y}" = "b", größe-1 = "c" }`,
      object([null, text("a")], [null, text("b")], ["größe-1", text("c")]),
    ],
    ["{ for k, v in local.a : k => v }", other],
    ["{ a = 1 }.a", other],
    ["merge( # why\n local.a)", call("merge", reference("local", "a"))],
    ["a +", other],
  ])("%s", (source, expression) => {
    expect(hclExpression(source, parser)).toEqual(expression);
  });

  it("is looked into 50 levels deep", () => {
    expect(innermost(hclExpression(nested(50), parser))).toEqual(reference("local", "a"));
    expect(innermost(hclExpression(nested(51), parser))).toEqual(other);
    const objects = (depth: number) => `${"{a=".repeat(depth)}null${"}".repeat(depth)}`;
    expect(JSON.stringify(hclExpression(objects(50), parser))).toContain('"null"');
    expect(JSON.stringify(hclExpression(objects(51), parser))).not.toContain('"null"');
    const choices = (depth: number) => `${"x ? ".repeat(depth)}null${" : y".repeat(depth)}`;
    expect(JSON.stringify(hclExpression(choices(50), parser))).toContain('"null"');
    expect(JSON.stringify(hclExpression(choices(51), parser))).not.toContain('"null"');
  });
});

describe("an HCL file", () => {
  it("has its blocks with labels, lines, attributes and inner blocks", () => {
    const source = [
      "# first",
      'resource "aws_vpc" main {',
      '  tags = local.t # "x"',
      "  timeouts {",
      '    create = "1h"',
      "  }",
      "}",
      'module "empty" {}',
    ].join("\n");
    const { blocks, errorLine } = hclFile(source, parser);
    expect(errorLine).toBeNull();
    const [whole] = blocks;
    expect(whole).toMatchObject({ type: "", labels: [] });
    expect(whole?.blocks).toEqual([
      {
        type: "resource",
        labels: ["aws_vpc", "main"],
        line: 2,
        attributes: new Map([["tags", reference("local", "t")]]),
        blocks: [
          {
            type: "timeouts",
            labels: [],
            line: 4,
            attributes: new Map([["create", text("1h")]]),
            blocks: [],
          },
        ],
      },
      { type: "module", labels: ["empty"], line: 8, attributes: new Map(), blocks: [] },
    ]);
    expect(hclFile("", parser)).toEqual({ blocks: [], errorLine: null });
  });

  it.each([
    ['a = "b"\n}\nc = 1\n', 2],
    ['x "y" {\n  a = 1\n\n  b = = 2\n}\nz = )\n', 4],
    ["a = 1\nb {\n  c = (\n}\n", 3],
  ])("says in which line it is not understood: %j", (source, line) => {
    expect(hclFile(source, parser).errorLine).toBe(line);
  });
});

describe("a JSON file", () => {
  const blockNames = (source: unknown) =>
    jsonFile(JSON.stringify(source), parser).blocks[0]?.blocks.map(({ type, labels }) =>
      [type, ...labels].join(" "),
    );

  it("has as many labels as blocks of its type", () => {
    const two = { a: { b: {} } };
    expect(
      blockNames({
        resource: two,
        data: two,
        provider: { aws: [{}, {}] },
        module: { m: {} },
        variable: { v: {} },
        output: { o: {} },
        locals: { x: "y" },
      }),
    ).toEqual([
      "resource a b",
      "data a b",
      "provider aws",
      "provider aws",
      "module m",
      "variable v",
      "output o",
      "locals",
    ]);
  });

  it("has the lines of its blocks, expressions, and objects as blocks and as values", () => {
    const source = `{
  "resource": {
    "aws_vpc": {

      "main": { "tags": { "a": null, "x$\{y}": 1 }, "n": 3, "t": "%{if a}", "u": "$\{local.a}$\{b}" }
    }
  }
}`;
    const [whole] = jsonFile(source, parser).blocks;
    const [block] = whole?.blocks ?? [];
    expect([whole?.line, block?.line, block?.blocks]).toEqual([
      1,
      5,
      [
        {
          type: "tags",
          labels: [],
          line: 5,
          attributes: new Map<string, unknown>([
            ["a", { kind: "null" }],
            [`x${"$"}{y}`, other],
          ]),
          blocks: [],
        },
      ],
    ]);
    expect(block?.attributes.get("tags")).toEqual(object(["a", { kind: "null" }], [null, other]));
    expect(["n", "t", "u"].map((name) => block?.attributes.get(name))).toEqual([other, other, other]);
    expect(whole?.blocks).toHaveLength(1);
  });

  it.each([
    ["", 1],
    ["[]", 1],
    ["\n\n3", 1],
    ['{\n  "a": 1,\n  b\n}', 3],
    ['{\n// why\n"a": 1}', 2],
  ])("says in which line it is not understood: %j", (source, line) => {
    expect(jsonFile(source, parser).errorLine).toBe(line);
  });
});
