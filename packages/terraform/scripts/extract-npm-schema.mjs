// Writes schema/aws-<version>.json for a version whose provider is not installed, from a binding generated from its schema:
//
//   node packages/terraform/scripts/extract-npm-schema.mjs @cdktf/provider-aws@19.64.0 [TYPE...]      (AWS 5.98.0)
//   node packages/terraform/scripts/extract-npm-schema.mjs @cdktn/provider-aws@25.7.0 [TYPE...]       (AWS 6.66.0)
//
// The package is unpacked in a temporary folder and read there; it is neither installed nor run. Its compiled files contain
// their TypeScript source, in which a comment above each member states computed, optional and required.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attribute, block, typesOf, writeSchema } from "./schema-file.mjs";

const [spec, ...added] = process.argv.slice(2);
if (!/^@[a-z]+\/provider-aws@\d+\.\d+\.\d+$/.test(spec ?? "")) {
  throw new Error("Pass a package with its version, as in @cdktf/provider-aws@19.64.0.");
}

const scratch = mkdtempSync(join(tmpdir(), "aws-schema-"));
try {
  const run = (command, ...args) => execFileSync(command, args, { cwd: scratch, encoding: "utf8" }).trim();
  run("tar", "xzf", run("npm", "pack", "--silent", spec));
  const version = providerVersion();
  const source = `npm ${spec}`;
  const types = typesOf(added);
  const read = (types, prefix) =>
    Object.fromEntries(
      types.map((type) => [type, readType(prefix + type.slice("aws_".length).replaceAll("_", "-"))]),
    );
  console.log(writeSchema(version, source, read(types.resources, ""), read(types.data, "data-aws-")));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function providerVersion() {
  const text = readFileSync(join(scratch, "package/package.json"), "utf8");
  const version =
    JSON.parse(text).cdktf?.provider?.version ?? /hashicorp\/aws",\s*"version": "([\d.]+)"/.exec(text)?.[1];
  if (!version) throw new Error(`${spec} does not contain the version of its AWS provider.`);
  return version;
}

/** One type: its file's classes by name, read from the resource's own class down. */
function readType(folder) {
  const compiled = readFileSync(join(scratch, "package/lib", folder, "index.js"), "utf8");
  const map = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(compiled)?.[1];
  if (!map) throw new Error(`${spec}: ${folder} contains no source map, so its schema cannot be read.`);
  const [source] = JSON.parse(Buffer.from(map, "base64").toString("utf8")).sourcesContent;

  const classes = new Map();
  for (const text of source.split(/^export (?=class |interface |function )/m)) {
    const name = /^class (\w+)/.exec(text)?.[1];
    if (name) classes.set(name, text);
  }
  const root = [...classes.values()].find((it) =>
    /^class \w+ extends \w+\.Terraform(Resource|DataSource) /.test(it),
  );
  if (!root) throw new Error(`${spec}: ${folder} contains no resource class.`);
  return readBlock(root, classes);
}

function readBlock(text, classes, nesting) {
  const attributes = {};
  const blocks = {};
  for (const member of members(text)) {
    const nested = member.className && readNested(member, classes);
    // Only an attribute can be computed. That distinguishes an attribute of an object type from a block.
    if (nested && !member.computed) blocks[member.name] = nested;
    else
      attributes[member.name] = attribute({
        ...member,
        type: nested ? objectType(nested) : simpleType(member),
      });
  }
  return block({ ...nesting, attributes, blocks });
}

/** Each member with its flags, the text up to the next member, and the class of its nested block. */
function members(text) {
  const marks = [
    ...text.matchAll(/\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)/g),
  ];
  return marks.map((mark, index) => {
    const [, name, computed, optional, required] = mark;
    const body = text.slice(mark.index + mark[0].length, marks[index + 1]?.index);
    const [, className, third] = /= new (\w+)\(this, "\w+"(?:, (true|false))?\)/.exec(body) ?? [];
    const isTrue = (flag) => flag === "true";
    return {
      name,
      body,
      className,
      isSet: third === "true",
      computed: isTrue(computed),
      optional: isTrue(optional),
      required: isTrue(required),
    };
  });
}

/** A …List wraps many, a …OutputReference exactly one: an item of a list (index 0) or a single block. */
function readNested(member, classes) {
  const { className, isSet, required } = member;
  const many = className.endsWith("List");
  const item = many ? className.replace(/List$/, "OutputReference") : className;
  const text = classes.get(item);
  if (!text) throw new Error(`${spec}: ${item} is used but not defined.`);
  const inList = many || text.includes("super(terraformResource, terraformAttribute, false, 0)");
  const nesting = inList ? (isSet ? "set" : "list") : "single";
  return readBlock(text, classes, {
    nesting,
    min: inList && required ? 1 : 0,
    max: inList && !many ? 1 : 0,
  });
}

function objectType({ nesting, attributes }) {
  const fields = Object.entries(attributes).map(([name, { type }]) => `${name}=${type}`);
  return `${nesting}(object({${fields.join(",")}}))`;
}

function simpleType({ name, body }) {
  const map = /= new cdkt[fn]\.(\w+Map)\(/.exec(body)?.[1];
  const [, toList, getter] = /return .*?(Fn\.tolist\()?this\.get(\w+)Attribute\(/.exec(body) ?? [];
  const types = {
    String: "string",
    Number: "number",
    Boolean: "bool",
    List: toList ? "set(string)" : "list(string)",
    NumberList: toList ? "set(number)" : "list(number)",
    StringMap: "map(string)",
    NumberMap: "map(number)",
    BooleanMap: "map(bool)",
  };
  const type = types[map ?? getter];
  if (!type) throw new Error(`${spec}: the type of ${name} cannot be read from its getter.`);
  return type;
}
