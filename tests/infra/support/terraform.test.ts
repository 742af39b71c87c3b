import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scratchCopy } from "./scratch-copy.ts";
import { aTerraform } from "./terraform.ts";
import { findTools, toolsMissing } from "./tools.ts";

let module: string;

beforeEach(async () => {
  module = await mkdtemp(join(tmpdir(), "dapanoskop-module-"));
});

afterEach(() => rm(module, { recursive: true, force: true }));

const TWO_PROVIDERS = `
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
`;

describe("missing tools", () => {
  const none = { terraform: null, plugins: null, moto: null };

  it("are named in a sentence", () => {
    expect(toolsMissing({ ...none, moto: "moto_server" })).toBe(
      "Not on this machine: tofu or terraform (TF_BIN), the AWS provider's binary (TF_PLUGIN_DIR).",
    );
  });

  it("do not matter to who does not need them", () => {
    expect(toolsMissing({ ...none, terraform: "tofu" }, ["terraform"])).toBeNull();
  });
});

describe("a scratch copy", () => {
  const overrides = (folder: string) => readFile(join(folder, "stand_in_override.tf"), "utf8");

  it("is all that is written to: the module stays as it was", async () => {
    await writeFile(join(module, "main.tf"), TWO_PROVIDERS);
    const copy = await scratchCopy(module, ".", { s3_use_path_style: true });
    expect((await readdir(copy.folder)).sort()).toEqual(["main.tf", "stand_in_override.tf"]);
    expect(await readdir(module)).toEqual(["main.tf"]);
    await copy.remove();
    await expect(readdir(copy.folder)).rejects.toThrow("ENOENT");
  });

  it("sets up each of the module's providers, by its alias", async () => {
    await writeFile(join(module, "main.tf"), TWO_PROVIDERS);
    const copy = await scratchCopy(module, ".", { s3_use_path_style: true });
    const blocks = (await overrides(copy.folder)).split("\n\n");
    expect(blocks.map((block) => /alias = "(.*)"/.exec(block)?.[1])).toEqual([undefined, "us_east_1"]);
    expect(blocks.every((block) => block.includes("s3_use_path_style = true"))).toBe(true);
    await copy.remove();
  });

  it("gives a provider to a module that leaves it unsaid", async () => {
    await writeFile(join(module, "main.tf"), 'module "all" {\n  source = "../.."\n}\n');
    const copy = await scratchCopy(module, ".", { s3_use_path_style: true });
    expect((await readdir(copy.folder)).sort()).toEqual(["main.tf", "stand_in_provider.tf"]);
    await copy.remove();
  });

  it("leaves behind what belongs to a run: state, lock and fetched providers", async () => {
    await mkdir(join(module, "examples/minimal/.terraform"), { recursive: true });
    for (const name of ["terraform.tfstate", "terraform.tfstate.backup", ".terraform.lock.hcl", "a.tf"]) {
      await writeFile(join(module, "examples/minimal", name), "");
    }
    const copy = await scratchCopy(module, "examples/minimal", {});
    expect((await readdir(copy.folder)).sort()).toEqual(["a.tf", "stand_in_provider.tf"]);
    await copy.remove();
  });
});

const tools = findTools();
const missing = toolsMissing(tools, ["terraform", "plugins"]);

describe.skipIf(missing !== null)(`terraform in a scratch copy. ${missing ?? ""}`, () => {
  const REFUSES = `
variable "retention" {
  type = number
  validation {
    condition     = contains([1, 7, 30], var.retention)
    error_message = "CloudWatch keeps logs for 1, 7 or 30 days."
  }
}
output "retention" {
value = var.retention
}
`;

  it("plans without AWS where the module asks it nothing, and tells what would change", async () => {
    const topic = 'resource "aws_sns_topic" "alarms" {\n  name = "alarms"\n}\n';
    await writeFile(join(module, "main.tf"), TWO_PROVIDERS + topic);
    const terraform = await aTerraform({ tools, module });
    try {
      await terraform.validate();
      const plan = await terraform.plan();
      expect(plan.empty).toBe(false);
      const { resource_changes = [] } = await plan.json();
      expect(resource_changes.map(({ address, change }) => [address, change.actions])).toEqual([
        ["aws_sns_topic.alarms", ["create"]],
      ]);
    } finally {
      await terraform.remove();
    }
  });

  it("fails with all that terraform said, and tells what fmt would change", async () => {
    await writeFile(join(module, "main.tf"), REFUSES);
    const terraform = await aTerraform({ tools, module });
    try {
      await expect(terraform.plan({ retention: 2 })).rejects.toThrow(
        /CloudWatch keeps logs for 1, 7 or 30 days\./,
      );
      expect((await terraform.plan({ retention: 7 })).empty).toBe(false);
      expect(await terraform.formatDifferences()).toContain("+  value = var.retention");
    } finally {
      await terraform.remove();
    }
  });

  it("fails at once where a module would ask AWS and none is there", async () => {
    await writeFile(join(module, "main.tf"), `${TWO_PROVIDERS}\ndata "aws_caller_identity" "current" {}\n`);
    const terraform = await aTerraform({ tools, module });
    try {
      await expect(terraform.plan()).rejects.toThrow(/127\.0\.0\.1:1.*connection refused/);
    } finally {
      await terraform.remove();
    }
  });
});
