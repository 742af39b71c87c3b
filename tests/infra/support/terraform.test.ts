import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aTerraform } from "./terraform.ts";
import { findTools, toolsMissing } from "./tools.ts";

const MODULE = `provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

resource "aws_cloudwatch_log_group" "one" {
name = "one"
}

resource "aws_cloudwatch_log_group" "other" {
  provider = aws.us_east_1
  name     = "other"
}
`;

it("names the tools that a test needs and the machine lacks", () => {
  const none = { terraform: null, plugins: null, moto: null };
  expect(toolsMissing({ ...none, moto: "moto_server" })).toBe(
    "Not on this machine: tofu or terraform (TF_BIN), the AWS provider's binary (TF_PLUGIN_DIR).",
  );
  expect(toolsMissing({ ...none, terraform: "tofu" }, ["terraform"])).toBeNull();
});

const tools = findTools();
const missing = toolsMissing(tools, ["terraform", "plugins"]);

describe.skipIf(missing !== null)(`terraform in a scratch copy. ${missing ?? ""}`, () => {
  let module: string;
  beforeEach(async () => {
    module = await mkdtemp(join(tmpdir(), "dapanoskop-module-"));
  });
  afterEach(() => rm(module, { recursive: true, force: true }));

  it("plans a copy without files of earlier runs and without AWS, and shows what fmt would change", async () => {
    await mkdir(join(module, ".terraform"));
    for (const name of ["terraform.tfstate", "terraform.tfvars"]) await writeFile(join(module, name), "");
    await writeFile(join(module, "main.tf"), MODULE);
    const before = await readdir(module);
    const terraform = await aTerraform({ tools, module });
    expect(await readdir(terraform.folder)).not.toContain("terraform.tfvars");
    const { resource_changes = [] } = await (await terraform.plan()).json();
    expect(resource_changes.map(({ change }) => change.actions)).toEqual([["create"], ["create"]]);
    expect(await terraform.formatDifferences()).toContain('+  name = "one"');
    expect(await readdir(module)).toEqual(before);
    await terraform.remove();
    await expect(readdir(terraform.folder)).rejects.toThrow("ENOENT");
  });

  it("fails at once where a module sends a request to AWS and there is no emulator", async () => {
    await writeFile(join(module, "main.tf"), 'data "aws_caller_identity" "current" {}\n');
    const terraform = await aTerraform({ tools, module });
    try {
      await expect(terraform.plan()).rejects.toThrow(/127\.0\.0\.1:1.*connection refused/);
    } finally {
      await terraform.remove();
    }
  });
});
