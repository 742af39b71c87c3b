import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { makesResources, misusesIn } from "./support/infra-words.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const isSource = (name: string) => name.endsWith(".ts") && !name.endsWith(".test.ts");

/** What describes the system; these two know what an input is, and have no symbol before them. */
const PLAIN = ["platform-sst.ts", "read-inputs.ts"];
const descriptions = readdirSync(join(root, "infra")).filter(
  (name) => isSource(name) && !PLAIN.includes(name),
);

describe("the description of the system", () => {
  it.each(descriptions)("decides nothing while it is read: infra/%s", (name) => {
    expect(misusesIn(readFileSync(join(root, "infra", name), "utf8"), `infra/${name}`)).toEqual([]);
  });

  it("is the only place that makes AWS resources", () => {
    const elsewhere = [...below("packages"), "sst.config.ts"]
      .filter((path) => isSource(path))
      .filter((path) => makesResources(readFileSync(join(root, path), "utf8")));
    expect(elsewhere).toEqual([]);
  });
});

const below = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? below(path) : [path];
  });

describe("what would be decided too early", () => {
  const APPLY =
    "infra.ts:1: `.apply(` sees no value in the export. Use platform's words: text, choose, each.";
  const BRANCH = "infra.ts:1: an input is branched on. Use platform.when, choose, listWhen or orDefault.";
  it.each([
    ["bucket.arn.apply((arn) => arn);", APPLY],
    ["if (inputs.alarm_email) make();", BRANCH],
    ["const name = inputs.domain_name ? a : b;", BRANCH],
    ["const name = platform.inputs.domain_name ?? b;", BRANCH],
    ["const name = platform.inputs.domain_name && b;", BRANCH],
    [
      "const is = !inputs.domain_name;",
      "infra.ts:1: an input is branched on. Use platform.given and choose.",
    ],
    ["const is = inputs.tag_key === b;", "infra.ts:1: an input is compared. Use platform.given or same."],
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
    "const own = given(inputs.domain_name);",
    'const one = name === "app" ? { a: 1 } : { a: inputs.kms_key_arn };',
    "platform.when(given(inputs.alarm_email), () => create());",
    `const title = \`No collection for \${HOURS} hours.\`;`,
  ])("is not found in what may be said: %s", (source) => {
    expect(misusesIn(source)).toEqual([]);
  });
});
