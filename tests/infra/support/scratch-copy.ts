import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

/** A copy of a module to run in, so that nothing is written beside the sources. */
export interface ScratchCopy {
  /** The copy's root module. */
  readonly folder: string;
  /** For `TF_DATA_DIR`: what `init` leaves. */
  readonly data: string;
  remove(): Promise<void>;
}

/** Names of files and folders that belong to a run and not to a module. */
export const OF_A_RUN = /^(\.terraform.*|.*\.tfstate(\..*)?|terraform\.tfvars)$/;

/**
 * Copies a module and sets its AWS providers up with arguments that only a test needs, in an override file.
 * @param module the folder to copy
 * @param runIn the root module in it, such as `examples/minimal`
 */
export async function scratchCopy(
  module: string,
  runIn: string,
  providerArguments: Readonly<Record<string, boolean | number>>,
): Promise<ScratchCopy> {
  const scratch = await mkdtemp(join(tmpdir(), "dapanoskop-infra-"));
  const copy = join(scratch, "module");
  await cp(module, copy, { recursive: true, filter: (path) => !OF_A_RUN.test(basename(path)) });
  const folder = join(copy, runIn);
  const data = join(scratch, "data");
  await mkdir(data);
  await overrideProviders(folder, providerArguments);
  return { folder, data, remove: () => rm(scratch, { recursive: true, force: true }) };
}

async function overrideProviders(
  folder: string,
  given: Readonly<Record<string, boolean | number>>,
): Promise<void> {
  const lines = Object.entries(given).map(([name, value]) => `  ${name} = ${value}`);
  const block = (alias: string | null) =>
    ['provider "aws" {', ...(alias === null ? [] : [`  alias = "${alias}"`]), ...lines, "}", ""].join("\n");
  const aliases = await providersOf(folder);
  const overrides = aliases.map(block).join("\n");
  if (overrides !== "") await writeFile(join(folder, "stand_in_override.tf"), overrides);
  // An override needs something to override; a module that leaves its default provider unsaid is given one.
  if (!aliases.includes(null)) await writeFile(join(folder, "stand_in_provider.tf"), block(null));
}

/** The aliases of the AWS providers that a root module sets up; null is the default one. */
async function providersOf(folder: string): Promise<readonly (string | null)[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".tf")).sort();
  const text = (await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
  const blocks = text.matchAll(/^provider\s+"aws"\s*\{(.*?)(?:^\}|\}\s*$)/gms);
  return [...blocks].map(([, body = ""]) => /^\s*alias\s*=\s*"([^"]+)"/m.exec(body)?.[1] ?? null);
}
