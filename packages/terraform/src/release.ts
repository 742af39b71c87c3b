// npm run release             writes to dist/: the module's archive, the npm package of the command line, the packages that both
//                             contain as CycloneDX, their licenses, the Containerfile, and the SHA-256 of each
// npm run release -- --tag    also tags the commit v{version}, with the module's artifacts in the tag's own commit
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { builtNpmPackage } from "../../../scripts/release/npm-package.ts";
import { packagesAsCycloneDx } from "../../../scripts/release/sbom.ts";
import { packagesOf, thirdPartyLicenses } from "../../../scripts/release/third-party-licenses.mjs";
import { root, versions, writeArtifacts, writeModule } from "./export.ts";
import { archiveName, folderName, tarGz } from "./module/archive.ts";

const MODULE = "terraform-export";
/** What the export writes and git ignores. */
const GENERATED = [`${MODULE}/artifacts`, `${MODULE}/child`] as const;
const DIST = join(root, "dist");

/** A release cannot be made; the message says why and what to do. */
class ReleaseError extends Error {}

async function main(args: readonly string[]): Promise<void> {
  const [unknown] = args.filter((arg) => arg !== "--tag");
  if (unknown !== undefined)
    throw new ReleaseError(`The option ${unknown} does not exist. Use --tag or none.`);
  const version = versions().module;
  const tag = args.includes("--tag") ? `v${version}` : null;
  if (tag !== null) requireTaggable(tag);
  exportModule();
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST);
  const written = [await writeArchive(version), ...(await writePackage())];
  written.push(writeFile(`dapanoskop-${version}.cdx.json`, packagesAsCycloneDx(root)));
  written.push(writeFile("Containerfile", readFileSync(join(root, "Containerfile"))));
  writeFileSync(join(DIST, "SHA256SUMS"), written.map(checksumLine).join(""));
  if (tag !== null) writeTag(tag);
}

/** @throws ReleaseError where the work tree has changes that a tag would not have, or the tag exists */
function requireTaggable(tag: string): void {
  if (git("status", "--porcelain") !== "") {
    throw new ReleaseError(
      "The work tree has changes that are not committed. Commit them, then release again.",
    );
  }
  if (git("tag", "--list", tag) !== "") {
    throw new ReleaseError(`The tag ${tag} exists. Raise the version in packages/terraform/package.json.`);
  }
}

/** @throws ReleaseError where the committed module is not what these sources export */
function exportModule(): void {
  const module = join(root, MODULE);
  writeModule(module);
  writeArtifacts(module);
  const changed = git("status", "--porcelain", "--", MODULE);
  if (changed !== "") {
    throw new ReleaseError(
      `The committed module is not what these sources export. Commit these files, then release again:\n${changed}`,
    );
  }
}

/** A file of the release. */
interface ReleaseFile {
  readonly name: string;
  readonly sha256: string;
}

/** Writes the archive of the committed files, the generated ones and the licenses, and beside it its SHA-256. */
async function writeArchive(version: string): Promise<ReleaseFile> {
  const generated = GENERATED.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }),
  )
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, MODULE).length + 1));
  const committed = git("ls-files", "-z", "--", MODULE)
    .split("\0")
    .map((path) => path.slice(MODULE.length + 1));
  const folder = folderName(version);
  const files = new Map(
    [...new Set([...committed, ...generated])]
      .filter((name) => name !== "")
      .map((name) => [`${folder}/${name.replaceAll("\\", "/")}`, readFileSync(join(root, MODULE, name))]),
  );
  files.set(`${folder}/LICENSE`, readFileSync(join(root, "LICENSE")));
  files.set(`${folder}/THIRD-PARTY-LICENSES.txt`, Buffer.from(moduleLicenses()));
  const written = writeFile(archiveName(version), await tarGz(files));
  writeFileSync(join(DIST, `${written.name}.sha256`), checksumLine(written));
  return written;
}

const moduleLicenses = () =>
  thirdPartyLicenses(
    "The functions and the page of this module contain code of these packages.",
    packagesOf(root, ["functions", "web"]),
  );

/** Writes the package of the command line as npm publishes it, and the licenses of what it contains. */
async function writePackage(): Promise<readonly ReleaseFile[]> {
  const { version, files } = builtNpmPackage(root);
  const licenses = files.get("package/THIRD-PARTY-LICENSES.txt");
  if (licenses === undefined) throw new Error("The package of the command line has no licenses.");
  return [
    writeFile(`dapanoskop-${version}.tgz`, await tarGz(files)),
    writeFile(`dapanoskop-${version}-THIRD-PARTY-LICENSES.txt`, licenses),
  ];
}

function writeFile(name: string, content: string | Uint8Array): ReleaseFile {
  const sha256 = createHash("sha256").update(content).digest("hex");
  writeFileSync(join(DIST, name), content);
  console.log(`dist/${name}: ${Buffer.byteLength(content)} bytes, SHA-256 ${sha256}`);
  return { name, sha256 };
}

/** As sha256sum --check reads it. */
const checksumLine = ({ name, sha256 }: ReleaseFile) => `${sha256}  ${name}\n`;

/**
 * Commits HEAD's tree and the artifacts on top of HEAD, and tags that commit. The commit is on no branch: an index of its
 * own makes it, so branches, HEAD, the index and the work tree stay as they are.
 */
function writeTag(tag: string): void {
  const scratch = mkdtempSync(join(tmpdir(), "dapanoskop-release-"));
  try {
    const env = { ...process.env, GIT_INDEX_FILE: join(scratch, "index") };
    gitWith(env, "read-tree", "HEAD");
    gitWith(env, "add", "--force", "--", ...GENERATED);
    const tree = gitWith(env, "write-tree");
    const message = `release: ${tag}, with the module's artifacts`;
    const commit = git("commit-tree", tree, "-p", "HEAD", "-m", message);
    git("tag", "--annotate", tag, commit, "-m", `Dapanoskop ${tag}`);
    console.log(`${tag}: commit ${commit}. Publish it with git push origin ${tag}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const git = (...args: readonly string[]) => gitWith(process.env, ...args);

function gitWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): string {
  return execFileSync("git", args, {
    cwd: root,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trimEnd();
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
