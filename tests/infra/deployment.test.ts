import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createUserPool } from "./support/account-contents.ts";
import { type AwsEmulator, startAwsEmulator } from "./support/aws-emulator.ts";
import { moduleTools, pluginFlags, type Tools } from "./support/tools.ts";

// The scripts of the workflow deploy.yml, as a runner calls them.

const root = fileURLToPath(new URL("../../", import.meta.url));
const work = join(root, ".cache/deployment");
const run = promisify(execFile);
vi.setConfig({ testTimeout: 400_000, hookTimeout: 400_000 });

const outputsIn = (file: string) =>
  Object.fromEntries(
    readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split("=")),
  );

for (const { name, tools, missing } of moduleTools()) {
  describe.skipIf(missing !== null)(`a deployment's plan, by ${name}. ${missing ?? ""}`, () => plans(tools));
}

function plans(tools: Tools): void {
  let aws: AwsEmulator;
  let pool: string;
  let folder: string;
  let plugins: readonly string[];

  beforeAll(async () => {
    aws = await startAwsEmulator(tools.moto ?? "");
    pool = await createUserPool(aws.url);
    folder = mkdtempSync(join(tmpdir(), "dapanoskop-deploy-"));
    plugins = pluginFlags(tools, join(folder, "plugins"));
    const scope = "AKIAEXAMPLE/20260101/us-east-1/s3/aws4_request";
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, Signature=any`;
    const { status } = await fetch(`${aws.url}/states`, { method: "PUT", headers: { authorization } });
    expect(status).toBe(200);
  });
  afterAll(() => {
    aws?.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(work, { recursive: true, force: true });
  });

  async function planned(approved = "") {
    const output = join(folder, "output");
    writeFileSync(output, "");
    const backend = [
      "use_path_style=true",
      "skip_credentials_validation=true",
      "skip_requesting_account_id=true",
    ];
    const more = backend.map((option) => `-backend-config=${option}`).join(" ");
    await run("bash", ["scripts/deployment/plan.sh"], {
      cwd: root,
      maxBuffer: 1 << 28,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TF_BIN: tools.terraform ?? "",
        TF_CLI_CONFIG_FILE: "/dev/null",
        TF_CLI_ARGS_init: [...plugins, more].join(" "),
        AWS_ENDPOINT_URL: aws.url,
        AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "secret",
        AWS_REGION: "eu-central-1",
        STATE_BUCKET: "states",
        STATE_KEY: "dapanoskop/terraform.tfstate",
        TFVARS: `cognito_user_pool_id = "${pool}"\ncognito_domain = "my-org.auth.eu-central-1.amazoncognito.com"`,
        APPROVED: approved,
        GITHUB_OUTPUT: output,
      },
    });
    return outputsIn(output);
  }

  it("is the same plan twice, passes where it is approved, and is refused where another one was", async () => {
    const first = await planned();
    expect(first).toEqual({ fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/), changes: "true" });
    const plan = JSON.parse(readFileSync(join(work, "plan.json"), "utf8"));
    expect(plan.resource_changes.length).toBeGreaterThan(50);
    expect(await planned(first.fingerprint)).toEqual(first);
    await expect(planned("0".repeat(64))).rejects.toThrow("The plan is another one than the approved plan");
  });
}

describe("a deployment's scripts", () => {
  it("name what is missing", async () => {
    const env = {
      PATH: process.env.PATH,
      STATE_BUCKET: "states",
      STATE_KEY: "key",
      AWS_REGION: "eu-central-1",
    };
    for (const [name, sentence] of Object.entries({
      STATE_BUCKET: "Name the bucket of the state in STATE_BUCKET.",
      STATE_KEY: "Name the key of the state in STATE_KEY",
      AWS_REGION: "Name the region in AWS_REGION.",
      TFVARS: "Give the content of terraform.tfvars in TFVARS.",
    })) {
      const without = { ...env, [name]: "" };
      await expect(run("bash", ["scripts/deployment/plan.sh"], { cwd: root, env: without })).rejects.toThrow(
        sentence,
      );
    }
  });

  it("apply the plan that was made, and say where page and figures are", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dapanoskop-apply-"));
    mkdirSync(join(folder, ".cache/deployment"), { recursive: true });
    mkdirSync(join(folder, "scripts/deployment"), { recursive: true });
    const script = readFileSync(join(root, "scripts/deployment/apply.sh"), "utf8");
    writeFileSync(join(folder, "scripts/deployment/apply.sh"), script);
    const tool = join(folder, "tool");
    writeFileSync(
      tool,
      `#!/bin/sh\necho "$@" >> "${folder}/calls"\ncase "$3" in url) printf https://costs.example.com;; data_bucket) printf costs-data;; esac\n`,
    );
    chmodSync(tool, 0o755);
    const output = join(folder, "output");
    await run("bash", [join(folder, "scripts/deployment/apply.sh")], {
      env: { PATH: process.env.PATH, TF_BIN: tool, GITHUB_OUTPUT: output },
    });
    expect(readFileSync(join(folder, "calls"), "utf8").split("\n")[0]).toBe("apply -input=false plan.bin");
    expect(outputsIn(output)).toEqual({ page: "https://costs.example.com", bucket: "costs-data" });
    rmSync(folder, { recursive: true });
  });
});
