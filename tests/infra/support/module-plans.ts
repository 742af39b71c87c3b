import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Values } from "../../../infra/inputs.ts";
import { FUNCTIONS, committedModule as module } from "../../../packages/terraform/src/export.ts";
import { releaseFunctions, releasePage } from "../../../packages/terraform/src/module/releases.ts";
import { startAwsEmulator } from "./aws-emulator.ts";
import { aTerraform, type PlanJson } from "./terraform.ts";
import type { Tools } from "./tools.ts";

const VERSION = "1.0.0";

/** Plans of the module by Terraform, over an emulator of AWS. */
export interface ModulePlans {
  readonly account: string;
  plan(inputs: Partial<Values>): Promise<PlanJson>;
  remove(): Promise<void>;
}

/** Prepares plans of the module with a release of empty files, since a plan needs the files and not what is in them. */
export async function modulePlans(tools: Tools): Promise<ModulePlans> {
  const releases = await mkdtemp(join(tmpdir(), "dapanoskop-releases-"));
  const built = join(releases, "built");
  const functions = FUNCTIONS.map((name) => `pipeline/${name}/index.mjs`);
  for (const path of ["page/index.html", "page/assets/a.js", ...functions]) {
    await mkdir(dirname(join(built, path)), { recursive: true });
    await writeFile(join(built, path), "");
  }
  releasePage({ version: VERSION, folder: join(built, "page") }, releases);
  releaseFunctions({ version: VERSION, folder: join(built, "pipeline") }, FUNCTIONS, releases);
  const aws = await startAwsEmulator(tools.moto ?? "");
  const terraform = await aTerraform({ tools, module, endpoint: aws.url }).catch((error: unknown) => {
    aws.stop();
    throw error;
  });
  const release = { artifacts_dir: releases, page_version: VERSION, pipeline_version: VERSION };
  return {
    account: aws.account,
    plan: async (inputs) => (await terraform.plan({ ...inputs, ...release })).json(),
    async remove() {
      await terraform.remove();
      aws.stop();
      await rm(releases, { recursive: true, force: true });
    },
  };
}
