import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aTerraform } from "./terraform.ts";
import { findTools, toolsMissing } from "./tools.ts";

const MODULE = `
provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { alias = "no alias" }
  }
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

variable "retention" {
  type    = number
  default = 7
  validation {
    condition     = contains([1, 7, 30], var.retention)
    error_message = "CloudWatch keeps logs for 1, 7 or 30 days."
  }
}

resource "aws_cloudwatch_log_group" "one" {
name = "one"
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

  it("copies the module without files of earlier runs, and overrides each provider by its alias", async () => {
    await mkdir(join(module, ".terraform"));
    for (const name of ["terraform.tfstate", "terraform.tfvars", ".terraform.lock.hcl"]) {
      await writeFile(join(module, name), "");
    }
    await writeFile(join(module, "main.tf"), MODULE);
    const before = await readdir(module);
    const terraform = await aTerraform({ tools, module });
    const copied = (await readdir(terraform.folder)).filter((name) => name !== ".terraform.lock.hcl");
    expect(copied.sort()).toEqual(["main.tf", "test_override.tf"]);
    const blocks = (await readFile(join(terraform.folder, "test_override.tf"), "utf8"))
      .split('provider "aws"')
      .slice(1);
    expect(blocks.map((block) => /alias = "(.*)"/.exec(block)?.[1])).toEqual([undefined, "us_east_1"]);
    expect(await readdir(module)).toEqual(before);
    await terraform.remove();
    await expect(readdir(terraform.folder)).rejects.toThrow("ENOENT");
  });

  it("plans without AWS, fails with terraform's error, and shows what fmt would change", async () => {
    await writeFile(join(module, "main.tf"), MODULE);
    const terraform = await aTerraform({ tools, module });
    try {
      await terraform.validate();
      const plan = await terraform.plan();
      expect(plan.empty).toBe(false);
      const { resource_changes = [] } = await plan.json();
      expect(resource_changes.map(({ address, change }) => [address, change.actions])).toEqual([
        ["aws_cloudwatch_log_group.one", ["create"]],
      ]);
      await expect(terraform.plan({ retention: 2 })).rejects.toThrow(
        "CloudWatch keeps logs for 1, 7 or 30 days.",
      );
      expect(await terraform.formatDifferences()).toContain('+  name = "one"');
    } finally {
      await terraform.remove();
    }
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
