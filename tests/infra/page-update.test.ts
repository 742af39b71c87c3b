import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { committedModule as module } from "../../packages/terraform/src/export.ts";
import { releasePage } from "../../packages/terraform/src/module/releases.ts";
import { type AwsEmulator, startAwsEmulator } from "./support/aws-emulator.ts";
import { aTerraform, type Terraform } from "./support/terraform.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

// The order in which the page's files change while people use the page.

const tools = findTools();
const missing = toolsMissing(tools);
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const PAGE = 'aws_s3_object.page["index.html"]';
const asset = (name: string) => `aws_s3_object.page_assets["assets/${name}"]`;

describe.skipIf(missing !== null)(`a newer page. ${missing ?? ""}`, () => {
  let scratch: string;
  let aws: AwsEmulator;
  let terraform: Terraform;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "dapanoskop-page-"));
    aws = await startAwsEmulator(tools.moto ?? "");
    terraform = await aTerraform({ tools, module, endpoint: aws.url });
  });
  afterAll(async () => {
    await terraform?.remove();
    aws?.stop();
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true });
  });

  it("is complete before the old one is deleted: first its assets, then itself, then the old assets", async () => {
    expect(await stepsOf("1.0.0", ["index-1.js", "index-1.css"])).toEqual([
      ["create", [asset("index-1.css"), asset("index-1.js")]],
      ["create", [PAGE]],
    ]);
    expect(await stepsOf("1.1.0", ["index-2.js", "index-2.css"])).toEqual([
      ["create", [asset("index-2.css"), asset("index-2.js")]],
      ["update", [PAGE]],
      ["delete", [asset("index-1.css"), asset("index-1.js")]],
    ]);
  });

  /** Releases a page that loads these assets and applies its files. Returns steps: each began after the one before had ended. */
  async function stepsOf(version: string, assets: readonly string[]) {
    const folder = join(scratch, `built-${version}`);
    await mkdir(join(folder, "assets"), { recursive: true });
    await writeFile(join(folder, "index.html"), assets.join());
    for (const name of assets) await writeFile(join(folder, "assets", name), `/* ${version} */`);
    releasePage({ version, folder }, join(scratch, "releases"));
    const inputs = {
      cognito_user_pool_id: "eu-central-1_AbCdEfGhI",
      cognito_domain: "login.example.com",
      page_version: version,
      artifacts_dir: join(scratch, "releases"),
    };
    const targets = ["-target=aws_s3_object.page", "-target=aws_s3_object.page_assets"];
    const events = (await terraform.apply(inputs, "-json", ...targets))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as ApplyEvent)
      .filter(({ hook }) => hook?.resource?.addr.startsWith("aws_s3_object.") === true);
    const steps: [action: string, addresses: string[]][] = [];
    const open = new Set<string>();
    for (const { type, hook } of events) {
      const { addr } = hook.resource;
      if (type === "apply_complete") open.delete(addr);
      if (type !== "apply_start") continue;
      const last = steps.at(-1);
      if (last?.[0] === hook.action && last[1].every((one) => isAsset(one) === isAsset(addr)))
        last[1].push(addr);
      else {
        expect([...open], `not complete when ${addr} began`).toEqual([]);
        steps.push([hook.action, [addr]]);
      }
      open.add(addr);
    }
    return steps.map(([action, addresses]) => [action, addresses.sort()]);
  }
});

const isAsset = (address: string) => address.startsWith("aws_s3_object.page_assets");

/** A line of `apply -json`. */
interface ApplyEvent {
  readonly type: string;
  readonly hook: { readonly action: string; readonly resource: { readonly addr: string } };
}
