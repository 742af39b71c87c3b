import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";

// SST's own command line in a clone without packages. npm is a stand-in that links the packages of this checkout.

const root = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;
let clone: string;

const npmStandIn = (clone: string) => `#!/usr/bin/env node
const { mkdirSync, readdirSync, symlinkSync } = require("node:fs");
const { join, relative } = require("node:path");
if (process.argv[2] !== "ci") process.exit(1);
const folder = relative(${JSON.stringify(clone)}, process.cwd());
const from = join(${JSON.stringify(root)}, folder, "node_modules");
mkdirSync("node_modules");
for (const name of readdirSync(from)) {
  if (!name.startsWith(".") && name !== "@dapanoskop") symlinkSync(join(from, name), join("node_modules", name));
}
if (folder === "") {
  mkdirSync("node_modules/@dapanoskop");
  for (const name of readdirSync("packages")) {
    symlinkSync(join("../../packages", name), join("node_modules/@dapanoskop", name));
  }
}
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dapanoskop-clone-"));
  clone = join(folder, "clone");
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of files.split("\0").filter((name) => name !== "" && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  mkdirSync(join(clone, ".sst"));
  symlinkSync(join(root, ".sst/platform"), join(clone, ".sst/platform"));
  cpSync(join(root, ".sst/provider-lock.json"), join(clone, ".sst/provider-lock.json"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/npm"), npmStandIn(clone));
  chmodSync(join(folder, "bin/npm"), 0o755);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(["deploy", "dev"])(
  "npm run sst -- %s works in a clean clone up to its first call of AWS",
  async (command) => {
    for (const place of ["", "infra"]) {
      rmSync(join(clone, place, "node_modules"), { recursive: true, force: true });
    }
    const asked: unknown[] = [];
    const aws = createServer((request, response) => {
      asked.push(request.headers["x-amz-target"]);
      response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify({ __type: "AccessDeniedException", message: "Not here." }));
    });
    await once(aws.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void aws.close());
    const run = promisify(execFile)(process.execPath, ["scripts/sst.mjs", command, "--stage", "ada"], {
      cwd: clone,
      env: {
        HOME: folder,
        PATH: `${join(folder, "bin")}:${process.env.PATH}`,
        AWS_ACCESS_KEY_ID: "any",
        AWS_SECRET_ACCESS_KEY: "any",
        AWS_REGION: "eu-central-1",
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
        // Without it SST downloads Pulumi's command line before it reads sst.config.ts.
        SST_SKIP_DEPENDENCY_CHECK: "1",
      },
    });
    const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
    expect(`${stdout}${stderr}`).not.toContain("Could not resolve");
    expect(asked).toEqual(["AmazonSSM.GetParameter"]);
    expect(`${stdout}${stderr}`).toContain("AccessDeniedException");
  },
);
