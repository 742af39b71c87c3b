import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { releasePage } from "../../packages/terraform/src/module/releases.ts";
import { type AwsStandIn, startAwsStandIn } from "./support/aws-stand-in.ts";
import { aTerraform, type Terraform } from "./support/terraform.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

// A page that is raised while people look at it: in which order its files change.

const tools = findTools();
const missing = toolsMissing(tools);
const module = fileURLToPath(new URL("../../terraform-export", import.meta.url));
const A_WHILE = 300_000;

const PAGE = 'aws_s3_object.page["index.html"]';
const asset = (name: string) => `aws_s3_object.page_assets["assets/${name}"]`;

describe.skipIf(missing !== null)(`a newer page. ${missing ?? ""}`, () => {
  let scratch: string;
  let aws: AwsStandIn;
  let terraform: Terraform;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "dapanoskop-page-"));
    aws = await startAwsStandIn(tools.moto ?? "");
    terraform = await aTerraform({ tools, module, endpoint: aws.url });
  }, A_WHILE);
  afterAll(async () => {
    await terraform?.remove();
    aws?.stop();
    if (scratch !== undefined) await rm(scratch, { recursive: true, force: true });
  });

  it("is there whole before the old one goes: what it loads, then itself, then the old one's files are deleted", {
    timeout: A_WHILE,
  }, async () => {
    const first = await release("1.0.0", ["index-1.js", "index-1.css"]);
    const second = await release("1.1.0", ["index-2.js", "index-2.css"]);
    expect(await steps(first)).toEqual([
      ["create", [asset("index-1.css"), asset("index-1.js")]],
      ["create", [PAGE]],
    ]);
    expect(await steps(second)).toEqual([
      ["create", [asset("index-2.css"), asset("index-2.js")]],
      ["update", [PAGE]],
      ["delete", [asset("index-1.css"), asset("index-1.js")]],
    ]);
  });

  /** A release of a page that loads these files, for the module's inputs. */
  async function release(version: string, assets: readonly string[]) {
    const folder = join(scratch, `built-${version}`);
    await mkdir(join(folder, "assets"), { recursive: true });
    await writeFile(
      join(folder, "index.html"),
      assets.map((name) => `<link href="assets/${name}">`).join(""),
    );
    for (const name of assets) await writeFile(join(folder, "assets", name), `/* ${version} */`);
    const artifacts = join(scratch, `releases-${version}`);
    releasePage({ version, folder }, artifacts);
    return { page_version: version, artifacts_dir: artifacts };
  }

  /**
   * Applies the page's files with what they need, and tells what became of them: steps of one action each, a step begun
   * only after the one before had ended.
   */
  async function steps(inputs: object): Promise<readonly (readonly [action: string, addresses: string[]])[]> {
    const required = { cognito_user_pool_id: "eu-central-1_AbCdEfGhI", cognito_domain: "login.example.com" };
    await terraform.write("page.tfvars.json", JSON.stringify({ ...required, ...inputs }));
    const said = await terraform.run(
      "apply",
      "-json",
      "-auto-approve",
      "-var-file=page.tfvars.json",
      "-target=aws_s3_object.page",
      "-target=aws_s3_object.page_assets",
    );
    const events = said
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Event)
      .filter(({ hook }) => hook?.resource?.addr.startsWith("aws_s3_object.") === true);
    const made: (readonly [string, string[]])[] = [];
    const open = new Set<string>();
    for (const { type, hook } of events) {
      const { addr } = hook.resource;
      if (type === "apply_start") {
        const [action, addresses] = made.at(-1) ?? [];
        const isSame =
          action === hook.action && (addresses ?? []).every((one) => isAsset(one) === isAsset(addr));
        if (!isSame) {
          expect([...open], `still under way when ${addr} began`).toEqual([]);
          made.push([hook.action, []]);
        }
        made.at(-1)?.[1].push(addr);
        open.add(addr);
      } else if (type === "apply_complete") open.delete(addr);
    }
    return made.map(([action, addresses]) => [action, addresses.sort()]);
  }
});

const isAsset = (address: string) => address.startsWith("aws_s3_object.page_assets");

/** A line of what `apply -json` prints. */
interface Event {
  readonly type: string;
  readonly hook: { readonly action: string; readonly resource: { readonly addr: string } };
}
