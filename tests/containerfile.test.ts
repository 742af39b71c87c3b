import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { tarGz } from "../packages/terraform/src/module/archive.ts";
import { builtNpmPackage } from "../scripts/release/npm-package.ts";

// Containerfile, read and run step by step on this machine: the tests have no container engine. `npm run scanners` has it read by
// Trivy.

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface Instruction {
  readonly name: string;
  readonly value: string;
}

/** The instructions without comments; a line that ends in a backslash goes on. */
const instructions: readonly Instruction[] = readFileSync(join(root, "Containerfile"), "utf8")
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll(/\\\n\s*/g, " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => /^([A-Z]+) (.*)$/.exec(line) ?? [line, "", ""])
  .map(([, name = "", value = ""]) => ({ name, value }));

const values = (name: string) => instructions.filter((one) => one.name === name).map(({ value }) => value);
/** The instructions of the last stage: the image. */
const image = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));
const last = (name: string) => image.findLast((one) => one.name === name)?.value ?? "";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

describe("the container image", () => {
  it("is written in instructions that every container engine has, from one base that a digest names", () => {
    const known = ["FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD"];
    expect(instructions.filter(({ name }) => !known.includes(name))).toEqual([]);
    const bases = values("FROM").map((value) => value.replace(/ AS [a-z]+$/, ""));
    expect(new Set(bases).size).toBe(1);
    expect(bases[0]).toMatch(/^docker\.io\/library\/node:24\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/);
  });

  it("runs as a user without rights, by number, and holds no file of the build but the installed package", () => {
    expect(last("USER")).toBe("1000:1000");
    const order = image.map(({ name }) => name);
    expect(order.indexOf("USER")).toBeGreaterThan(order.lastIndexOf("RUN"));
    expect(image.filter(({ name }) => name === "COPY").map(({ value }) => value)).toEqual([
      "--from=installed /opt/dapanoskop /opt/dapanoskop",
    ]);
    expect(JSON.parse(last("ENTRYPOINT"))).toEqual(["dapanoskop"]);
    expect(JSON.parse(last("CMD"))).toEqual(["help"]);
  });
});

describe("the steps of the container image", () => {
  let disk: string;
  beforeAll(async () => {
    disk = mkdtempSync(join(tmpdir(), "dapanoskop-image-"));
    mkdirSync(join(disk, "tmp"));
    const { version, files } = builtNpmPackage(root);
    writeFileSync(join(disk, `tmp/dapanoskop-${version}.tgz`), await tarGz(files));
    for (const step of values("RUN")) {
      const { status, stderr } = shell(step.replace(/--owner=\S+ --group=\S+ /, ""));
      expect(status, stderr).toBe(0);
    }
  });
  afterAll(() => rmSync(disk, { recursive: true, force: true }));

  /** Runs a command with the image's folders below one of this machine, and its environment. */
  function shell(command: string, cwd = disk) {
    const here = (text: string) => text.replaceAll(/(?<=^|[\s:="])\/(?=(opt|tmp|work)\b)/g, `${disk}/`);
    const [, path = ""] = /PATH="([^"]*):\$PATH"/.exec(last("ENV")) ?? [];
    return spawnSync("sh", ["-c", here(command)], {
      cwd,
      encoding: "utf8",
      env: {
        PATH: `${here(path)}:${process.env.PATH}`,
        HOME: process.env.HOME,
        npm_config_prefer_offline: "true",
      },
    });
  }

  const run = (...words: readonly string[]) =>
    shell([...JSON.parse(last("ENTRYPOINT")), ...words].join(" "), join(disk, last("WORKDIR")));

  it("give a command that says its version and its commands", () => {
    const { version } = JSON.parse(readFileSync(join(root, "packages/cli/package.json"), "utf8"));
    expect(run("--version")).toMatchObject({ status: 0, stdout: `dapanoskop ${version}\n` });
    expect(run(...JSON.parse(last("CMD"))).stdout).toContain("dapanoskop collect");
  });

  it("give a command that publishes into the folder that it works in", () => {
    writeFileSync(join(disk, "work/bill.csv"), readFileSync(join(root, "tests/bills/focus-2024-09.csv")));
    const { status, stderr } = run("collect", "--bill", "bill.csv", "--at", "2024-10-10T00:00:00Z");
    expect(status, stderr).toBe(0);
    expect(existsSync(join(disk, "work/dapanoskop-data/2024-09/summary.json"))).toBe(true);
  });
});
