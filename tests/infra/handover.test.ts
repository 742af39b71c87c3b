import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type AwsEmulator, startAwsEmulator } from "./support/aws-emulator.ts";
import { aTerraform, type Terraform } from "./support/terraform.ts";
import { type ModuleTool, moduleTools } from "./support/tools.ts";

// A deployment may change its tool: the state that one has written is read by the other.

vi.setConfig({ testTimeout: 400_000, hookTimeout: 120_000 });

const MODULE = `resource "aws_sns_topic" "one" {
  name = "one"
  tags = { Team = "finops" }
}
`;
const [terraform, tofu] = moduleTools();
const missing =
  tofu === undefined ? "Only OpenTofu is on this machine." : (terraform?.missing ?? tofu.missing);

describe.skipIf(missing !== null)(`a state of the other tool. ${missing ?? ""}`, () => {
  let aws: AwsEmulator;
  let module: string;
  beforeAll(async () => {
    aws = await startAwsEmulator(terraform?.tools.moto ?? "");
    module = await mkdtemp(join(tmpdir(), "dapanoskop-handover-"));
    await writeFile(join(module, "main.tf"), MODULE);
  });
  afterAll(async () => {
    aws?.stop();
    await rm(module, { recursive: true, force: true });
  });

  it("of Terraform is taken over by OpenTofu without a change", async () => {
    await handedOver(terraform, tofu, async (next) => {
      const plan = await next.plan();
      expect(plan.empty, plan.text).toBe(true);
    });
  });

  it("of OpenTofu is taken over by Terraform once the provider's name is replaced in it", async () => {
    await handedOver(tofu, terraform, async (next) => {
      await expect(next.plan()).rejects.toThrow("registry.opentofu.org/hashicorp/aws");
      const names = ["registry.opentofu.org/hashicorp/aws", "registry.terraform.io/hashicorp/aws"];
      await next.run("state", "replace-provider", "-auto-approve", ...names);
      const plan = await next.plan();
      expect(plan.empty, plan.text).toBe(true);
    });
  });

  /** Applies by one tool, and gives its state to another one. */
  async function handedOver(
    first: ModuleTool | undefined,
    second: ModuleTool | undefined,
    then: (next: Terraform) => Promise<void>,
  ): Promise<void> {
    if (first === undefined || second === undefined) throw new Error("A tool is missing.");
    const old = await aTerraform({ tools: first.tools, module, endpoint: aws.url });
    const next = await aTerraform({ tools: second.tools, module, endpoint: aws.url });
    try {
      await old.apply();
      await cp(join(old.folder, "terraform.tfstate"), join(next.folder, "terraform.tfstate"));
      await then(next);
    } finally {
      await Promise.all([old.remove(), next.remove()]);
    }
  }
});
