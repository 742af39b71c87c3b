import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandsIn, type DocumentCommand, documentCommands } from "./support/document-commands.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const commands = documentCommands(root);

/** Commands that need what no test has, and why. The first rule that applies counts. */
const NEEDS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^(key=|aws (?!ce ))/, "an AWS account"],
  [/s3:\/\/|dynamodb:|\$\(tofu output/, "an AWS account with a deployment"],
  [
    /^(npx )?dapanoskop (start|stop|status|demo-prep|bootstrap-state)\b/,
    "an AWS account; packages/cli/src/deployment tests them at moto",
  ],
  [
    /^tofu |^terraform (init|plan|apply)/,
    "an AWS account; tests/infra/apply.test.ts runs them against a stand-in",
  ],
  [/^docker /, "a container engine; tests/containerfile.test.ts runs the image's steps"],
  [/^git push /, "a repository on GitHub"],
  [/^terraform show/, "a plan of Terraform; scripts/make-plans.ts runs it"],
  [/^curl /, "a deployed API; packages/api tests the requests"],
  [
    /dapanoskop collect --backfill 13$/,
    "an AWS account; packages/cli/src/collect.test.ts runs it at the emulator",
  ],
  [
    /^npx dapanoskop doctor\b/,
    "an AWS account; packages/cli/src/doctor runs it at the emulator and at stand-ins",
  ],
  [
    /dapanoskop prices update/,
    "the price list of AWS; packages/cli/src/prices.test.ts runs it at a stand-in",
  ],
  [/ github:/, "GitHub; packages/scan reads repositories of a stand-in"],
  [
    /--smtp|report send --date 2026-01-14 --audience everyone --resend/,
    "a mail server and an audience; packages/cli/src/report.test.ts sends to a stand-in",
  ],
  [/^(export AWS_ENDPOINT_URL|aws ce )/, "the AWS CLI; packages/emulator/src is tested by the SDK"],
];

/** Commands that another test or CI runs, and the file that does. */
const RUN_BY: readonly (readonly [pattern: RegExp, file: string, evidence: RegExp])[] = [
  [/^npm start$/, "packages/cli/src/demo.test.ts", /"demo"/],
  [/^npm test$/, ".ci/run", /npm test/],
  [/^npm run test:(slow|browser|infra)$/, ".ci/run", /test:(slow|browser|infra)/],
  [
    /^npm run (bench|backtest|mutation|plans|screenshots|permissions)$/,
    "package.json",
    /"permissions": "vitest/,
  ],
  [/^npm run (build|format)$/, "package.json", /"format": "biome/],
  [/^npm run release( -- --tag)?$/, "tests/infra/release.test.ts", /"release\.ts", "--tag"/],
  [/dapanoskop-0\.1\.0\.tgz/, "tests/installed-package.test.ts", /"install"/],
  [/^npm run tofu:build$/, "package.json", /"tofu:build"/],
  [/^npm run smoke-test/, "package.json", /"smoke-test"/],
  [/^npx vitest /, "package.json", /vitest run/],
  [/report html --store/, "tests/browser/month-file.test.ts", /html/],
  [/--prices dapanoskop-prices\.json/, "packages/cli/src/prices.test.ts", /--prices/],
  [/dapanoskop serve/, "packages/cli/src/server", /./],
  [/^dapanoskop emulate/, "packages/cli/src/collect.test.ts", /emulat/],
  [
    /^(cd dapanoskop-module|cp terraform\.tfvars\.example)/,
    "tests/infra/release.test.ts",
    /dapanoskop-module/,
  ],
];

/** Commands that end with another code than 0, and why. */
const CODES: readonly (readonly [pattern: RegExp, code: number, why: RegExp])[] = [
  [/report answer /, 1, /named the anomaly/],
  [/^npx dapanoskop (plan|scan) .*--fail-on/, 4, /./],
  // The demo's bill ends before the running month.
  [/budget check/, 1, /is not published/],
  [/plan-score ID/, 1, /No plan ID is kept/],
];

const needOf = ({ text }: DocumentCommand) => NEEDS.find(([pattern]) => pattern.test(text));
const runnerOf = ({ text }: DocumentCommand) => RUN_BY.find(([pattern]) => pattern.test(text));
const executed = commands.filter((one) => needOf(one) === undefined && runnerOf(one) === undefined);
const title = ({ document, line, text }: DocumentCommand) => `${document}:${line} ${text.slice(0, 100)}`;

describe("the commands of the documents", () => {
  it("are found in fenced and indented code, over several lines, without what explains them", () => {
    const markdown = [
      "Text with `npm start`.",
      "",
      "    npx dapanoskop show \\",
      "      --period 2026-02   says more",
      "",
      "```sh",
      "$ aws s3 ls # lists",
      "```",
      "```hcl",
      "terraform {",
      "```",
    ].join("\n");
    expect(commandsIn("a.md", markdown)).toEqual([
      { document: "a.md", line: 3, text: "npx dapanoskop show --period 2026-02" },
      { document: "a.md", line: 7, text: "aws s3 ls" },
    ]);
    expect(commands.length).toBeGreaterThan(80);
  });

  it("that are run elsewhere are, and each npm script exists", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const one of commands) {
      const [, script] = /^npm run ([\w:-]+)/.exec(one.text) ?? [];
      if (script !== undefined) expect(Object.keys(scripts), title(one)).toContain(script);
      const [, file = "", evidence] = runnerOf(one) ?? [];
      if (evidence === undefined) continue;
      const path = join(root, file);
      expect(existsSync(path), file).toBe(true);
      if (/\.\w+$/.test(file)) expect(readFileSync(path, "utf8"), file).toMatch(evidence);
    }
  });

  it("that need AWS, GitHub or a mail server are of the rules, and every rule has a command", () => {
    for (const [pattern, reason] of [...NEEDS, ...RUN_BY.map(([one, file]) => [one, file] as const)]) {
      expect(
        commands.some(({ text }) => pattern.test(text)),
        `${pattern} ${reason}`,
      ).toBe(true);
    }
  });

  it("name commands and options of dapanoskop that exist, also where they need AWS", () => {
    const known = spawnSync(process.execPath, [join(root, "packages/cli/bin/dapanoskop.mjs"), "help"], {
      encoding: "utf8",
    }).stdout;
    for (const one of commands) {
      const [, words = ""] =
        /(?:^|npx |\| )dapanoskop ((?:report |budget |prices )?[a-z-]+)/.exec(one.text) ?? [];
      if (words !== "") expect(known, title(one)).toContain(`dapanoskop ${words.trim()}`);
    }
  });
});

describe("a document's commands in an empty folder", () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "dapanoskop-documents-"));
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const program = join(root, "packages/cli/bin/dapanoskop.mjs");
    const scripts = {
      dapanoskop: `exec "${process.execPath}" "${program}" "$@"`,
      npx: 'shift; exec dapanoskop "$@"',
      // `--open` opens nothing here.
      "xdg-open": "exit 0",
      open: "exit 0",
    };
    for (const [name, text] of Object.entries(scripts)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const demo = await shell("dapanoskop demo --store dapanoskop-demo --no-serve --at 2026-03-08T06:00:00Z");
    expect(demo.code, demo.output).toBe(0);
    cpSync(join(folder, "dapanoskop-demo"), join(folder, "dapanoskop-data"), { recursive: true });
    cpSync(join(root, "tests/plans/json/resize.json"), join(folder, "plan.json"));
    mkdirSync(join(folder, "infra"));
    writeFileSync(join(folder, "infra/main.tf"), 'resource "aws_s3_bucket" "a" {\n  bucket = "a"\n}\n');
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a line in the folder, without credentials and without a network. */
  const shell = (line: string) =>
    new Promise<{ readonly code: number; readonly output: string }>((resolve) => {
      const env = {
        PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
        HOME: folder,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        HTTPS_PROXY: "http://127.0.0.1:1",
      };
      execFile(
        "sh",
        ["-c", line],
        { cwd: folder, env, encoding: "utf8", timeout: 120_000 },
        (error, out, err) => {
          resolve({
            code: typeof error?.code === "number" ? error.code : error === null ? 0 : 1,
            output: out + err,
          });
        },
      );
    });

  // Each document begins without what the commands of another one have written.
  let last = "";
  it.each(executed.map((one) => [title(one), one] as const))(
    "%s",
    async (_, { document, text }) => {
      if (document !== last) rmSync(join(folder, "dapanoskop-state"), { recursive: true, force: true });
      last = document;
      const { code, output } = await shell(text);
      const [, expected = 0, why = /^/] = CODES.find(([pattern]) => pattern.test(text)) ?? [];
      expect([code, output.slice(-600)]).toEqual([expected, expect.stringMatching(why)]);
    },
    120_000,
  );
});
