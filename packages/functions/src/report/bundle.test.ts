import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bundles, buildBundles } from "../testing/build-bundle.ts";
import { invokeBundle } from "../testing/lambda-process.ts";

let built: Bundles;
beforeAll(async () => {
  built = await buildBundles();
}, 60_000);
afterAll(() => built.remove());

async function inputsOf(name: string): Promise<readonly string[]> {
  const meta = JSON.parse(await readFile(join(built.folder, `${name}.meta.json`), "utf8"));
  const [output] = Object.values<{ inputs: object }>(meta.outputs);
  return Object.keys(output?.inputs ?? {});
}

const expected = [
  {
    name: "report",
    // Measured 1.15 MB and 0.44 MB; a bundle of twice the size would contain something unnoticed.
    largest: 1_600_000,
    packages: ["aws", "budgets", "core", "dataset", "functions", "report", "webhook"],
    clients: ["client-dynamodb", "client-s3", "client-secrets-manager", "client-sesv2", "client-sns"],
  },
  {
    name: "mail-events",
    largest: 700_000,
    packages: ["aws", "core", "dataset", "functions", "report"],
    clients: ["client-dynamodb"],
  },
];

describe.each(expected)("the bundle of $name", ({ name, largest, packages, clients }) => {
  it("is one file of code", async () => {
    expect(await readdir(join(built.folder, name))).toEqual(["index.mjs"]);
    expect((await stat(join(built.folder, name, "index.mjs"))).size).toBeLessThan(largest);
  });

  it("has only what it uses: no parquet, no test, and the clients of its services", async () => {
    const inputs = await inputsOf(name);
    const ours = inputs.filter((input) => input.startsWith("packages/"));
    expect(ours.filter((input) => /\/testing\/|\.test\.|\/bench\//.test(input))).toEqual([]);
    expect([...new Set(ours.map((input) => input.split("/")[1]))].sort()).toEqual(packages);
    expect(inputs.filter((input) => /parquet-wasm|apache-arrow|nodemailer|duckdb/.test(input))).toEqual([]);
    const names = inputs.flatMap((input) => /@aws-sdk\/(client-[a-z0-9-]+)/.exec(input)?.[1] ?? []);
    expect([...new Set(names)].sort()).toEqual(clients);
  });

  it("refuses a wrong setting in a process of its own", async () => {
    const { error, stderr } = await invokeBundle({
      bundle: join(built.folder, name),
      event: {},
      environment: {},
    });
    expect(error?.message).toMatch(/STATE_TABLE is not set/);
    expect(stderr).toBe("");
  });
});

describe("the code of a sender", () => {
  it("is loaded when a message needs it", async () => {
    const code = await readFile(join(built.folder, "report", "index.mjs"), "utf8");
    // A module that is loaded later is wrapped by the bundler; its client is made inside.
    for (const module of ["ses-mailer", "sns-notifier", "read-secret"]) {
      expect(code).toMatch(new RegExp(`__esm\\(\\{"packages/aws/src/[a-z]+/${module}\\.ts"`));
    }
  });
});
