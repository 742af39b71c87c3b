import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { root, versions } from "../../packages/terraform/src/export.ts";
import { tarGz } from "../../packages/terraform/src/module/archive.ts";
import { installWhenNeeded } from "../../scripts/dependencies.mjs";
import { builtNpmPackage } from "../../scripts/release/npm-package.ts";
import { type AwsEmulator, startAwsEmulator } from "./support/aws-emulator.ts";
import { buildArtifacts } from "./support/built-artifacts.ts";
import { aTerraform } from "./support/terraform.ts";
import { findTools, toolsMissing } from "./support/tools.ts";

const VERSION = versions().module;
const TAG = `v${VERSION}`;
const OF_OTHERS = "THIRD-PARTY-LICENSES.txt";
const ARCHIVE = `dapanoskop-module-${VERSION}.tar.gz`;
// A test builds the page and the functions, or makes a plan.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let scratch: string;
/** A checkout of these sources in another folder, which may be released. */
let clone: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "dapanoskop-release-"));
  clone = join(scratch, "clone");
  checkOut(clone);
  run("export.ts");
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "the module as it is exported");
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("npm run export", () => {
  it("writes the same files in another folder", () => {
    const here = join(scratch, "here");
    buildArtifacts(here);
    expect(hashes(join(clone, "terraform-export/artifacts"))).toEqual(hashes(join(here, "artifacts")));
  });

  it("leaves the artifacts out of git", () => {
    expect(git("ls-files", "terraform-export/artifacts")).toBe("");
    expect(git("check-ignore", "terraform-export/artifacts")).toBe("terraform-export/artifacts");
  });
});

describe("npm run release", () => {
  let archive: Buffer;
  let released: ReadonlyMap<string, string>;
  let head: string;
  beforeAll(() => {
    head = git("rev-parse", "HEAD");
    run("release.ts", "--tag");
    archive = readFileSync(join(clone, "dist", ARCHIVE));
    released = hashes(join(clone, "dist"));
  });

  it("writes the command line, its licenses, the packages that are used, and the SHA-256 of each", () => {
    const files = [
      ARCHIVE,
      "Containerfile",
      `dapanoskop-${VERSION}-THIRD-PARTY-LICENSES.txt`,
      `dapanoskop-${VERSION}.cdx.json`,
      `dapanoskop-${VERSION}.tgz`,
    ];
    expect([...released.keys()].sort()).toEqual([...files, `${ARCHIVE}.sha256`, "SHA256SUMS"].sort());
    const sums = readFileSync(join(clone, "dist/SHA256SUMS"), "utf8");
    expect(sums.trim().split("\n").sort()).toEqual(
      files.map((name) => `${released.get(name)}  ${name}`).sort(),
    );
  });

  it("writes the same command line as these sources in another folder", async () => {
    const here = await tarGz(builtNpmPackage(root).files);
    expect(released.get(`dapanoskop-${VERSION}.tgz`)).toBe(sha256(here));
  });

  it("lists the packages that are used with versions and licenses, and none of the tests", () => {
    const bom = JSON.parse(readFileSync(join(clone, `dist/dapanoskop-${VERSION}.cdx.json`), "utf8"));
    expect(bom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
    const components: readonly { group?: string; name: string; version: string; licenses?: object[] }[] =
      bom.components;
    const named = new Map(components.map((one) => [[one.group, one.name].filter(Boolean).join("/"), one]));
    const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
    for (const name of ["@duckdb/node-api", "@aws-sdk/client-s3", "parquet-wasm", "solid-js"]) {
      expect(named.get(name)?.version).toBe(packages[`node_modules/${name}`].version);
    }
    expect(components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
    expect([...named.keys()].filter((name) => /^(vitest|knip|dynalite|@?typescript)\b/.test(name))).toEqual(
      [],
    );
    expect(bom.serialNumber ?? bom.metadata.timestamp).toBeUndefined();
  });

  it("writes an archive with the whole module in one folder, and its SHA-256", () => {
    const unpacked = join(scratch, "unpacked");
    mkdirSync(unpacked);
    execFileSync("tar", ["-xzf", join(clone, "dist", ARCHIVE), "-C", unpacked]);
    const folder = `dapanoskop-module-${VERSION}`;
    expect(readdirSync(unpacked)).toEqual([folder]);
    const module = hashes(join(clone, "terraform-export"));
    const license = sha256(readFileSync(join(clone, "LICENSE")));
    const { [OF_OTHERS]: ofOthers, ...files } = Object.fromEntries(hashes(join(unpacked, folder)));
    expect(files).toEqual({ ...Object.fromEntries(module), LICENSE: license });
    expect(ofOthers).toBeDefined();
    const text = readFileSync(join(unpacked, folder, OF_OTHERS), "utf8");
    for (const name of ["@aws-sdk/client-s3", "aws-jwt-verify", "valibot", "solid-js"]) {
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
    expect(readFileSync(join(clone, "dist", `${ARCHIVE}.sha256`), "utf8")).toBe(
      `${sha256(archive)}  ${ARCHIVE}\n`,
    );
  });

  it("writes the same bytes again, from artifacts that are built again", () => {
    rmSync(join(clone, "dist"), { recursive: true });
    rmSync(join(clone, "terraform-export/artifacts"), { recursive: true });
    run("release.ts");
    expect(hashes(join(clone, "dist"))).toEqual(released);
  });

  it("tags a commit with the artifacts, and leaves the branch, HEAD and the work tree as they were", () => {
    expect(git("rev-parse", `${TAG}^{commit}^`)).toBe(head);
    expect([git("rev-parse", "HEAD"), git("rev-parse", "main")]).toEqual([head, head]);
    expect(git("status", "--porcelain")).toBe("");
    const added = git("diff", "--name-status", head, TAG).split("\n");
    const generated = ["artifacts", "child"].flatMap((of) =>
      [...hashes(join(clone, "terraform-export", of)).keys()].map(
        (name) => `A\tterraform-export/${of}/${name}`,
      ),
    );
    expect(added).toEqual(generated);
  });

  it.each([
    ["a tag that exists", ["--tag"], () => {}, `The tag ${TAG} exists.`],
    ["an option that does not exist", ["--push"], () => {}, "The option --push does not exist."],
    [
      "a tag of changes that are not committed",
      ["--tag"],
      spoil,
      "The work tree has changes that are not committed.",
    ],
    [
      "a module that is not what the sources export",
      [],
      spoil,
      "The committed module is not what these sources export.",
    ],
  ] as const)("refuses %s", (_, args, prepare, sentence) => {
    prepare();
    try {
      expect(() => run("release.ts", ...args)).toThrow(sentence);
    } finally {
      git("checkout", "--quiet", "--", ".");
    }
  });

  function spoil() {
    cpSync(join(clone, "LICENSE"), join(clone, "terraform-export/manifests/page", `${versions().page}.json`));
    cpSync(join(clone, "LICENSE"), join(clone, "terraform-export/UPGRADING.md"));
  }
});

const tools = findTools();
const missing = toolsMissing(tools);

describe.skipIf(missing !== null)(`a release without Node. ${missing ?? ""}`, () => {
  let aws: AwsEmulator;
  beforeAll(async () => {
    aws = await startAwsEmulator(tools.moto ?? "");
  });
  afterAll(() => aws?.stop());

  it.each([
    ["the tag", () => `git::${pathToFileURL(clone).href}//terraform-export?ref=${TAG}`],
    ["the unpacked archive", () => join(scratch, "unpacked", `dapanoskop-module-${VERSION}`)],
  ])("is planned from %s", async (_, source) => {
    const plan = await planOf(source());
    expect(plan).toMatch(/Plan: [4-9][0-9] to add, 0 to change, 0 to destroy\./);
  });

  it("cannot be planned from the branch, which has no artifacts", async () => {
    await expect(planOf(`git::${pathToFileURL(clone).href}//terraform-export?ref=main`)).rejects.toThrow(
      /release files are missing or do not match/,
    );
  });

  async function planOf(source: string): Promise<string> {
    const folder = await mkdtemp(join(scratch, "root-"));
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, "main.tf"),
      `module "dapanoskop" {
  source               = "${source}"
  cognito_user_pool_id = "eu-central-1_AbCdEfGhI"
  cognito_domain       = "login.example.com"
}
`,
    );
    const terraform = await aTerraform({ tools, module: folder, endpoint: aws.url });
    try {
      await terraform.validate();
      return (await terraform.plan()).text;
    } finally {
      await terraform.remove();
      await rm(folder, { recursive: true });
    }
  }
});

/** Copies the files of this checkout, committed or not, into a repository of their own, with this checkout's packages. */
function checkOut(folder: string): void {
  const options = { cwd: root, encoding: "utf8" } as const;
  const files = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    options,
  );
  for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  linkFolder(join(root, "node_modules"), join(folder, "node_modules"));
  for (const name of readdirSync(join(root, "packages"))) {
    const installed = join(root, "packages", name, "node_modules");
    if (existsSync(installed)) linkFolder(installed, join(folder, "packages", name, "node_modules"));
  }
  const tools = "scripts/release";
  installWhenNeeded(join(root, tools), ["--ignore-scripts"]);
  linkFolder(join(root, tools, "node_modules"), join(folder, tools, "node_modules"));
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "these sources");
}

/** Gives a folder a second place without a copy of its files, where the file system can do that. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkFile(source, target);
  }
}

function linkFile(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** Runs a program of packages/terraform in the clone; what it prints as an error is the error's message. */
function run(program: string, ...args: readonly string[]): void {
  const tsx = join(clone, "node_modules/tsx/dist/cli.mjs");
  execFileSync(process.execPath, [tsx, join("packages/terraform/src", program), ...args], {
    cwd: clone,
    stdio: "pipe",
    env: { ...process.env, ...IDENTITY },
  });
}

function git(...args: readonly string[]): string {
  const env = { ...process.env, ...IDENTITY };
  return execFileSync("git", args, { cwd: clone, encoding: "utf8", env }).trim();
}

const IDENTITY = {
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
};

const sha256 = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");

/** The SHA-256 of every file below a folder, sorted by path. */
function hashes(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort()
      .map((name) => [name, sha256(readFileSync(join(folder, name)))]),
  );
}
