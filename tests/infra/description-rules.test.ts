import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** In these two files an input is a value and not an expression. */
const PLAIN = ["platform-sst.ts", "read-inputs.ts"];
const descriptions = readdirSync(join(root, "infra")).filter(
  (name) => name.endsWith(".ts") && !PLAIN.includes(name),
);

const BRANCH = "an input is branched on. Use platform.when, isSet, choose, listWhen or orDefault.";
const COMPARISON = "an input is compared. Use platform.isSet or equal.";
const TEXT = "a text is made of an input. Use platform.text.";

/** What would decide on an input when the module is generated, not when it is applied. */
const MISUSES: readonly (readonly [pattern: RegExp, sentence: string])[] = [
  [/\.apply\(/, "`.apply(` gets no value in the export. Use platform.text, choose or forEach."],
  [/\b(if|while|switch) \((platform\.)?inputs\./, BRANCH],
  [/\binputs\.\w+\s*(\?(?!\.)|&&|\|\|)/, BRANCH],
  [/(&&|\|\||!)\s*(platform\.)?inputs\./, BRANCH],
  [/\binputs\.\w+\s*[!=]==?/, COMPARISON],
  [/[!=]==?\s*(platform\.)?inputs\./, COMPARISON],
  [/(?<!\btext)`[^`]*\$\{(platform\.)?inputs\./, TEXT],
];

const misusesIn = (source: string) =>
  MISUSES.filter(([pattern]) => pattern.test(source)).map(([, sentence]) => sentence);

describe("the description of the system", () => {
  it.each(descriptions)("decides nothing on an input at generation time: infra/%s", (name) => {
    expect(misusesIn(read(`infra/${name}`))).toEqual([]);
  });

  it("is the only place that creates AWS resources", () => {
    const below = (folder: string) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      );
    const folders = readdirSync(join(root, "packages")).map((name) => `packages/${name}/src`);
    const sources = folders.flatMap(below).filter((path) => /(?<!\.test)\.ts$/.test(path));
    expect(sources.length).toBeGreaterThan(100);
    const elsewhere = [...sources, "sst.config.ts"].filter((path) => /\bnew aws\./.test(read(path)));
    expect(elsewhere).toEqual([]);
  });
});

describe("a decision at generation time", () => {
  it.each([
    ["bucket.arn.apply((arn) => arn);", MISUSES[0]?.[1]],
    ["if (inputs.alarm_email) make();", BRANCH],
    ["const name = inputs.domain_name\n  ? a : b;", BRANCH],
    ["const name = platform.inputs.domain_name ?? b;", BRANCH],
    ["const name = platform.inputs.domain_name && b;", BRANCH],
    ["const is = !inputs.domain_name;", BRANCH],
    ["const is = inputs.tag_key === b;", COMPARISON],
    [`const is = \`a-\${inputs.name_prefix}\`;`, TEXT],
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
