import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createsResources, misusesIn } from "./support/description-rules.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const isSource = (name: string) => name.endsWith(".ts") && !name.endsWith(".test.ts");

/** In these two files an input is a value and not an expression. */
const PLAIN = ["platform-sst.ts", "read-inputs.ts"];
const descriptions = readdirSync(join(root, "infra")).filter(
  (name) => isSource(name) && !PLAIN.includes(name),
);

describe("the description of the system", () => {
  it.each(descriptions)("decides nothing on an input at generation time: infra/%s", (name) => {
    expect(misusesIn(readFileSync(join(root, "infra", name), "utf8"), `infra/${name}`)).toEqual([]);
  });

  it("is the only place that creates AWS resources", () => {
    const elsewhere = [...below("packages"), "sst.config.ts"]
      .filter((path) => isSource(path))
      .filter((path) => createsResources(readFileSync(join(root, path), "utf8")));
    expect(elsewhere).toEqual([]);
  });
});

const below = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? below(path) : [path];
  });

describe("a decision at generation time", () => {
  const APPLY = "infra.ts:1: `.apply(` gets no value in the export. Use platform.text, choose or forEach.";
  const BRANCH = "infra.ts:1: an input is branched on. Use platform.when, choose, listWhen or orDefault.";
  it.each([
    ["bucket.arn.apply((arn) => arn);", APPLY],
    ["if (inputs.alarm_email) make();", BRANCH],
    ["const name = inputs.domain_name ? a : b;", BRANCH],
    ["const name = platform.inputs.domain_name ?? b;", BRANCH],
    ["const name = platform.inputs.domain_name && b;", BRANCH],
    [
      "const is = !inputs.domain_name;",
      "infra.ts:1: an input is branched on. Use platform.isSet and choose.",
    ],
    ["const is = inputs.tag_key === b;", "infra.ts:1: an input is compared. Use platform.isSet or same."],
    [
      `const is = \`a-\${inputs.name_prefix}\`;`,
      "infra.ts:1: a text is made of an input. Use platform.text.",
    ],
  ])("is found: %s", (source, sentence) => {
    expect(misusesIn(source)).toEqual([sentence]);
  });

  it.each([
    `const name = text\`\${inputs.name_prefix}-data\`;`,
    `const name = platform.text\`\${platform.inputs.name_prefix}-data\`;`,
    "const own = isSet(inputs.domain_name);",
    'const one = name === "app" ? { a: 1 } : { a: inputs.kms_key_arn };',
    "platform.when(isSet(inputs.alarm_email), () => create());",
    `const title = \`No collection for \${HOURS} hours.\`;`,
  ])("is not found in: %s", (source) => {
    expect(misusesIn(source)).toEqual([]);
  });
});
