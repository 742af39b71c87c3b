import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findingLines, scanTexts } from "./testing/scan-text.ts";

const provider = `provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { App = "web" }
  }
}
`;

const bucket = (inside = "") => `resource "aws_s3_bucket" "logs" {\n${inside}\n}\n`;

const lines = async (texts: Readonly<Record<string, string>>) => findingLines(await scanTexts(texts));

describe("a scan", () => {
  it("finds a bucket without the tag by file and line, and none where the provider adds it", async () => {
    expect(await lines({ "main.tf": `\n# storage\n${bucket()}` })).toEqual([
      "untagged aws_s3_bucket.logs main.tf:3",
    ]);
    expect(await lines({ "main.tf": bucket(), "providers.tf": provider })).toEqual([]);
    expect(await lines({ "main.tf": bucket('tags = { "App" = "web" }') })).toEqual([]);
    expect(await lines({ "main.tf": bucket('tags = { Name = "web" }') })).toHaveLength(1);
  });

  it("counts the roots: folders that nobody calls, and no copy below .terraform", async () => {
    const { roots } = await scanTexts({
      "a/main.tf": bucket(),
      "b/x.tf.json": "{}",
      "e/main.tofu": 'module "m" {\n  source = "../modules/m"\n}\n',
      "modules/m/main.tf": bucket('tags = { App = "m" }'),
      "f/values.auto.tfvars": 'a = "b"',
    });
    expect(roots).toEqual([
      { path: "a", tagged: 0, untagged: 1, undecided: 0 },
      { path: "b", tagged: 0, untagged: 0, undecided: 0 },
      { path: "e", tagged: 1, untagged: 0, undecided: 0 },
    ]);
  });

  it("reads folders that call each other in a circle, and ends", async () => {
    const call = (source: string) => `module "m" {\n  source = "${source}"\n}\n`;
    const report = await scanTexts({ "a/main.tf": call("../b") + bucket(), "b/main.tf": call("../a") });
    expect(report.roots.map(({ path }) => path)).toEqual(["a", "b"]);
    expect(report.findings.length).toBeGreaterThan(0);
  });

  it("leaves out types that cannot have tags, and other providers", async () => {
    expect(
      await lines({
        "main.tf":
          'resource "aws_s3_bucket_policy" "p" {}\nresource "random_id" "i" {}\ndata "aws_vpc" "v" {}\n',
      }),
    ).toEqual([]);
  });

  it.each([
    ["an empty text", 'tags = { App = "" }'],
    ["null", "tags = { App = null }"],
    ["a map without it", 'tags = merge({ Team = "a" }, { Name = "b" })'],
    ["null for all tags", "tags = null"],
    ["a later map that takes it away", 'tags = merge({ App = "a" }, { App = "" })'],
    ["a default that is taken away", 'tags = { App = "" }', provider],
  ])("calls a resource with %s untagged", async (_name, inside, other = "") => {
    expect(await lines({ "main.tf": other + bucket(inside) })).toEqual([expect.stringMatching(/^untagged/)]);
  });

  it.each([
    ["a local", "tags = local.tags", 'locals {\n  tags = { App = "web" }\n}'],
    [
      "a local inside of a local",
      "tags = local.all.web",
      'locals {\n  all = { web = merge(local.b, {}) }\n  b = { App = "b" }\n}',
    ],
    ["an index", 'tags = local.all["web"]', 'locals {\n  all = { web = { App = "x" } }\n}'],
    ["a merge with something unknown", 'tags = merge(var.more, { App = "x" })', 'variable "more" {}'],
    ["a variable's default", "tags = var.tags", 'variable "tags" {\n  default = { App = "x" }\n}'],
    ["a computed value", "tags = { App = var.app }", 'variable "app" {}'],
    ["both sides of a conditional", 'tags = var.a ? { App = "a" } : { App = "b" }', ""],
    ["tomap", 'tags = tomap({ App = "a" })', ""],
    ["sensitive", 'tags = sensitive({ App = "a" })', ""],
    ["nonsensitive", 'tags = nonsensitive({ App = "a" })', ""],
    ["coalesce of maps that have it", 'tags = coalesce({ App = "a" }, { App = "b" })', ""],
    ["try", 'tags = try(local.a, { App = "b" })', 'locals {\n  a = { App = "a" }\n}'],
    ["the last of equal keys", "tags = local.a.b", 'locals {\n  a = { b = {}, b = { App = "c" } }\n}'],
    ["a key in parentheses beside it", 'tags = { App = "a", (var.k) = "b" }', ""],
  ])("finds the tag in %s", async (_name, inside, other) => {
    expect(await lines({ "main.tf": `${other}\n${bucket(inside)}` })).toEqual([]);
  });

  it.each([
    ["a variable without a value", "tags = var.tags", 'variable "tags" {}'],
    [
      "a variable of a root, whose default can be replaced",
      "tags = var.tags",
      'variable "tags" {\n  default = {}\n}',
    ],
    ["another resource", "tags = aws_s3_bucket.other.tags", ""],
    ["a function that is not known", "tags = zipmap(local.k, local.v)", ""],
    ["a map that is made in a loop", "tags = { for k, v in local.t : k => v }", ""],
    ["one side of a conditional", 'tags = var.a ? { App = "a" } : {}', ""],
    ["a local that refers to itself", "tags = local.a", "locals {\n  a = local.b\n  b = local.a\n}"],
    [
      "a local that refers to itself through a function",
      "tags = local.a",
      "locals {\n  a = merge(local.b, {})\n  b = merge(local.a, {})\n}",
    ],
    [
      "a local that refers to itself on one side of a conditional",
      "tags = local.a",
      "locals {\n  a = var.x ? local.b : {}\n  b = var.x ? {} : local.a\n}",
    ],
    ["a computed key", "tags = { (var.k) = 1 }", ""],
    ["tomap of more than a map", "tags = tomap({}, {})", ""],
    ["a key of a local that it does not have", "tags = local.all.api", "locals {\n  all = { web = {} }\n}"],
    ["a key inside of a text", "tags = local.a.b", 'locals {\n  a = "x"\n}'],
    ["a variable that is not declared", "tags = var.other", 'variable "tags" {}'],
    ["a part of a variable of a root", "tags = var.all.web", 'variable "all" {\n  default = { web = {} }\n}'],
    [
      "a default of a root that is behind a local",
      "tags = local.t.web",
      'locals {\n  t = var.all\n}\nvariable "all" {\n  default = { web = {} }\n}',
    ],
    ["different values on both sides of try", 'tags = try({ App = "a" }, { App = "" })', ""],
    ["a list that is spread", "tags = merge(local.list...)", "locals {\n  list = [{}]\n}"],
  ])("does not decide about %s", async (_name, inside, other) => {
    expect(await lines({ "main.tf": `${other}\n${bucket(inside)}` })).toEqual([
      expect.stringMatching(/^undecided/),
    ]);
  });

  it("reads values of .tfvars files that are loaded by themselves", async () => {
    const main = `variable "tags" {\n  default = {}\n}\n${bucket("tags = var.tags")}`;
    expect(await lines({ "main.tf": main, "terraform.tfvars": 'tags = { App = "web" }' })).toEqual([]);
    expect(await lines({ "main.tf": main, "x.auto.tfvars.json": '{"tags":{"Team":"a"}}' })).toEqual([
      expect.stringMatching(/^untagged/),
    ]);
  });

  it("follows arguments and providers into local modules", async () => {
    const module = `variable "tags" {\n  default = {}\n}\n${bucket("tags = var.tags")}`;
    const call = (inside: string) => `module "web" {\n  source = "./modules/web"\n  ${inside}\n}\n`;
    const scan = (main: string) => lines({ "main.tf": main, "modules/web/main.tf": module });
    expect(await scan(call('tags = { App = "web" }'))).toEqual([]);
    expect(await scan(call(""))).toEqual(["untagged module.web.aws_s3_bucket.logs modules/web/main.tf:4"]);
    expect(await scan(provider + call(""))).toEqual([]);
    const alias = provider.replace("region", 'alias = "eu"\n  region');
    expect(await scan(alias + call(""))).toHaveLength(1);
    expect(await scan(alias + call("providers = { aws = aws.eu }"))).toEqual([]);
  });

  it("uses the provider that a resource names", async () => {
    const two = provider.replace("region", 'alias = "eu"\n  region');
    expect(await lines({ "main.tf": two + bucket("provider = aws.eu") })).toEqual([]);
    expect(await lines({ "main.tf": two + bucket() })).toHaveLength(1);
  });

  it("reads JSON configuration like HCL, with lines", async () => {
    const json = (tags: string) => `{
  "provider": { "aws": [{ "alias": "a" }, { "default_tags": { "tags": ${tags} } }] },
  "locals": { "t": { "App": "x" } },
  "resource": {
    "aws_s3_bucket": {
      "one": { "tags": { "Name": "b" } },
      "two": { "tags": "\${merge(local.t, {})}" }
    }
  }
}`;
    expect(await lines({ "main.tf.json": json("{}") })).toEqual([
      "untagged aws_s3_bucket.one main.tf.json:6",
    ]);
    expect(await lines({ "main.tf.json": json('{ "App": "x" }') })).toEqual([]);
    const locals = '{ "locals": { "tags": { "App": "x" } } }';
    expect(await lines({ "main.tf.json": json('"$' + '{local.tags}"'), "l.tf.json": locals })).toEqual([]);
    expect(await lines({ "main.tf.json": json('"$' + '{var.tags}"') })).toEqual([
      expect.stringMatching(/^undecided/),
    ]);
  });

  it("leaves default tags open where a dynamic block makes them, and by no other dynamic block", async () => {
    const dynamic = (type: string) =>
      `provider "aws" {\n  dynamic "${type}" {\n    for_each = {}\n    content {}\n  }\n}\n`;
    expect(await lines({ "main.tf": bucket(), "p.tf": dynamic("default_tags") })).toEqual([
      expect.stringMatching(/^undecided/),
    ]);
    expect(await lines({ "main.tf": bucket(), "p.tf": dynamic("assume_role") })).toEqual([
      expect.stringMatching(/^untagged/),
    ]);
    const json = (type: string) =>
      JSON.stringify({ provider: { aws: { dynamic: { [type]: { for_each: {} } } } } });
    expect(await lines({ "main.tf": bucket(), "p.tf.json": json("default_tags") })).toEqual([
      expect.stringMatching(/^undecided/),
    ]);
    expect(await lines({ "main.tf": bucket(), "p.tf.json": json("assume_role") })).toEqual([
      expect.stringMatching(/^untagged/),
    ]);
    // A block of the name with labels is none of default tags.
    const other = 'provider "aws" {\n  ignore_tags {\n    keys = ["default_tags"]\n  }\n}\n';
    expect(await lines({ "main.tf": bucket(), "p.tf": other })).toEqual([expect.stringMatching(/^untagged/)]);
  });

  it("merges override files, and prefers .tofu to the .tf file of the same name", async () => {
    expect(await lines({ "main.tf": bucket(), "main_override.tf": bucket('tags = { App = "x" }') })).toEqual(
      [],
    );
    expect(await lines({ "main.tf": bucket(), "main.tofu": bucket('tags = { App = "x" }') })).toEqual([]);
  });

  it("reads the tag blocks of a group of instances, which no default tag reaches", async () => {
    const group = (inside: string) => `${provider}resource "aws_autoscaling_group" "g" {\n${inside}\n}\n`;
    expect(await lines({ "main.tf": group("") })).toEqual([expect.stringMatching(/^untagged/)]);
    expect(
      await lines({
        "main.tf": group('tag {\n  key = "App"\n  value = "x"\n  propagate_at_launch = true\n}'),
      }),
    ).toEqual([]);
    expect(await lines({ "main.tf": group('dynamic "tag" {\n  for_each = {}\n  content {}\n}') })).toEqual([
      expect.stringMatching(/^undecided/),
    ]);
  });

  it("is not deceived by comments, texts and blocks in a heredoc", async () => {
    const text = `# resource "aws_s3_bucket" "a" {}
/* resource "aws_s3_bucket" "b" {} */
output "o" {
  value = <<EOT
resource "aws_s3_bucket" "c" {
}
EOT
}
`;
    expect((await scanTexts({ "main.tf": text })).roots).toEqual([
      { path: ".", tagged: 0, untagged: 0, undecided: 0 },
    ]);
  });

  it("names a file that is not understood, and reads the rest", async () => {
    const report = await scanTexts({ "bad.tf": `${bucket()}\nresource "a" {{{\n`, "bad.tf.json": "{,}" });
    expect(report.skipped.map(({ path }) => path).sort()).toEqual(["bad.tf", "bad.tf.json"]);
    expect(findingLines(report)).toEqual(["untagged aws_s3_bucket.logs bad.tf:1"]);
  });

  it("names modules of other places, which it does not read", async () => {
    const report = await scanTexts({
      "main.tf":
        'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\nmodule "x" {\n  source = "../../out"\n}\n',
    });
    expect(report.unreadModules).toEqual([
      { source: "terraform-aws-modules/vpc/aws", file: "main.tf", line: 1 },
      { source: "../../out", file: "main.tf", line: 4 },
    ]);
  });

  it("lists what it finds by file and line, each module that is not read once, with the folder of its root", async () => {
    const call = (name: string, source: string) => `module "${name}" {\n  source = ${source}\n}\n`;
    const report = await scanTexts({
      "live/b.tf": `${bucket()}${bucket().replace("logs", "other")}${call("m", '"./m"')}`,
      "live/a.tf": `${bucket().replace("logs", "first")}${call("x", "var.x")}${call("m2", '"./m"')}`,
      "live/m/main.tf": `${call("vpc", '"acme/vpc/aws"')}resource "aws_iam_role" "r" {}\n`,
    });
    expect(report.unreadModules).toEqual([
      { source: "a computed source", file: "live/a.tf", line: 4 },
      { source: "acme/vpc/aws", file: "live/m/main.tf", line: 1 },
    ]);
    expect(findingLines(report)).toEqual([
      "untagged aws_s3_bucket.first live/a.tf:1",
      "untagged aws_s3_bucket.logs live/b.tf:1",
      "untagged aws_s3_bucket.other live/b.tf:4",
      expect.stringMatching(/^untagged module.m2?.aws_iam_role.r live\/m\/main.tf:4$/),
      expect.stringMatching(/^untagged module.m2?.aws_iam_role.r live\/m\/main.tf:4$/),
    ]);
    expect(report.findings.map(({ root, isFree }) => `${root} ${isFree}`)).toEqual([
      "live false",
      "live false",
      "live false",
      "live true",
      "live true",
    ]);
  });

  it("follows calls that are 20 deep, and no deeper", async () => {
    const chain = (depth: number) =>
      Object.fromEntries(
        Array.from({ length: depth + 1 }, (_, at) => [
          at === 0 ? "main.tf" : `m${at}/main.tf`,
          at === depth ? bucket() : `module "m" {\n  source = "${at === 0 ? "./" : "../"}m${at + 1}"\n}\n`,
        ]),
      );
    const deepest = await scanTexts(chain(20));
    expect([deepest.findings.length, deepest.unreadModules.length]).toEqual([1, 0]);
    const deeper = await scanTexts(chain(21));
    expect([deeper.findings.length, deeper.unreadModules]).toEqual([
      0,
      [{ source: "../m21", file: "m20/main.tf", line: 1 }],
    ]);
  });

  it("follows 10,001 modules of a root, and names the calls of the others", async () => {
    const calls = (count: number, source: string) =>
      Array.from({ length: count }, (_, at) => `module "m${at}" {\n  source = "${source}"\n}\n`).join("");
    const report = await scanTexts({
      "main.tf": calls(101, "./a"),
      "a/main.tf": calls(100, "../b"),
      "b/main.tf": bucket(),
    });
    // The root, 101 of a and 9,999 of b are followed; those that wait then are followed too.
    const [root] = report.roots;
    expect(root?.untagged).toBeGreaterThanOrEqual(9_900);
    expect(root?.untagged).toBeLessThanOrEqual(10_001);
    expect(report.unreadModules).toHaveLength(100);
  });

  it.each([
    [
      "a provider by its text",
      `provider "aws" {\n  alias = "eu"\n  default_tags {\n    tags = { App = "x" }\n  }\n}\n${bucket('provider = "aws.eu"')}`,
      [],
    ],
    ["a provider of another kind", bucket("provider = google.eu"), [/^undecided/]],
    ["an alias that nobody declares", bucket("provider = aws.us"), [/^untagged/]],
    ["default tags without a map", `provider "aws" {\n  default_tags {}\n}\n${bucket()}`, [/^untagged/]],
    [
      "default tags that are no block",
      `provider "aws" {\n  default_tags = { tags = { App = "x" } }\n}\n${bucket()}`,
      [/^undecided/],
    ],
    [
      "default tags of another provider",
      `provider "google" {\n  default_tags {\n    tags = { App = "x" }\n  }\n}\n${bucket()}`,
      [/^untagged/],
    ],
    [
      "a tag block of a group whose key is computed",
      'resource "aws_autoscaling_group" "g" {\n  tag {\n    key = var.k\n  }\n}\n',
      [/^undecided/],
    ],
    [
      "another block of a group",
      'resource "aws_autoscaling_group" "g" {\n  other {\n    key = "App"\n  }\n}\n',
      [/^untagged/],
    ],
  ])("reads %s", async (_name, text, found) => {
    expect(await lines({ "main.tf": text })).toEqual(found.map((one) => expect.stringMatching(one)));
  });

  it("gives a called module the providers by their names in it", async () => {
    const providers = ["eu", "us"].map(
      (alias) =>
        `provider "aws" {\n  alias = "${alias}"\n  default_tags {\n    tags = { ${alias === "eu" ? "App" : "Team"} = "x" }\n  }\n}\n`,
    );
    const scan = (given: string) =>
      lines({
        "main.tf": `${providers.join("")}module "m" {\n  source = "./m"\n  providers = ${given}\n}\n`,
        "m/main.tf": bucket("provider = aws.backup"),
      });
    expect(await scan("{ aws.backup = aws.eu, aws = aws.us }")).toEqual([]);
    expect(await scan("{ aws.backup = aws.us, aws = aws.eu }")).toHaveLength(1);
    expect(await scan("{ google = aws.eu }")).toHaveLength(1);
  });

  it("merges an override into the block of the same type, labels and alias alone", async () => {
    const tagged = 'tags = { App = "x" }';
    const other = bucket(tagged).replace("logs", "other");
    expect(await lines({ "main.tf": bucket(), "override.tf": other })).toHaveLength(1);
    const alias = (name: string, tags: string) =>
      `provider "aws" {\n  alias = "${name}"\n  region = "r"\n  default_tags {\n    tags = ${tags}\n  }\n}\n`;
    const main = alias("a", "{}") + alias("b", '{ App = "y" }') + bucket("provider = aws.a");
    expect(
      await lines({ "main.tf": main, "x_override.tf.json": '{"provider":{"aws":{"alias":"b"}}}' }),
    ).toHaveLength(1);
    const override = alias("a", '{ App = "z" }');
    expect(await lines({ "main.tf": main, "override.tofu": override })).toEqual([]);
    const second = alias("a", "{}") + alias("b", "{}") + bucket("provider = aws.b");
    expect(await lines({ "main.tf": second, "override.tf": alias("b", '{ App = "z" }') })).toEqual([]);
    expect(await lines({ "main.tf": second, "override.tf": alias("a", '{ App = "z" }') })).toHaveLength(1);
    // Attributes and blocks that the override does not name stay.
    const kept = await lines({
      "main.tf": provider + bucket('tags = { Name = "b" }'),
      "override.tf": `provider "aws" {\n  region = "eu-west-1"\n  assume_role {}\n}\n${bucket("force_destroy = true")}`,
    });
    expect(kept).toEqual([]);
  });

  it("starts no process and evaluates nothing: its sources import neither", () => {
    const folder = dirname(fileURLToPath(import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
      /(?<!test)\.ts$/.test(path),
    );
    expect(sources.length).toBeGreaterThan(15);
    const text = sources.map((path) => readFileSync(join(folder, path), "utf8")).join("\n");
    expect(text).not.toMatch(/child_process|worker_threads|node:vm|\beval\(|new Function/);
  });

  it("keeps hostile names apart", async () => {
    expect(
      await lines({
        "main.tf":
          'locals {\n  __proto__ = { App = "x" }\n}\nresource "aws_s3_bucket" "__proto__" {\n  tags = local.constructor\n}\n',
      }),
    ).toEqual(["undecided aws_s3_bucket.__proto__ main.tf:4"]);
  });
});
