import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { aFolder } from "./testing/a-folder.ts";
import { addressIn } from "./testing/run-command.ts";

const program = fileURLToPath(new URL("../bin/dapanoskop.mjs", import.meta.url));

function start(...argv: readonly string[]) {
  const child = spawn(process.execPath, [program, ...argv], { stdio: ["ignore", "pipe", "pipe"] });
  const written = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    written.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    written.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, written, ended };
}

const until = async (child: ChildProcess, condition: () => boolean) => {
  while (!condition() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe("the program itself", () => {
  it("starts from the checkout without a build", async () => {
    const { written, ended } = start("--version");
    expect(await ended).toBe(0);
    expect(written).toEqual({ out: expect.stringMatching(/^dapanoskop \d/), err: "" });
  });

  it("writes one line about a command that does not exist", async () => {
    const { written, ended } = start("shwo");
    expect(await ended).toBe(2);
    expect(written.out).toBe("");
    expect(written.err.split("\n")).toHaveLength(2);
  });

  it("serves until Ctrl-C and then exits with 130", async () => {
    const { child, written, ended } = start("serve", "--port", "0", "--store", await aFolder());
    await until(child, () => written.out.includes("\n"));
    const response = await fetch(`${addressIn(written.out)}/data/index.json`);
    expect(await response.text()).toBe("No file is published under this address.\n");
    child.kill("SIGINT");
    child.kill("SIGINT"); // a launcher sends the signal a second time
    expect(await ended).toBe(130);
  });

  it.skipIf(process.platform !== "linux")("fails when the disk is full", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [program, "help"], { stdio: ["ignore", full, "pipe"] });
    let written = "";
    child.stderr?.on("data", (chunk) => {
      written += chunk;
    });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(1);
    closeSync(full);
    expect(written).toContain("The output could not be written: ENOSPC");
  });

  it("succeeds when the reader closes the pipe early", async () => {
    const { child, written, ended } = start("help");
    child.stdout.destroy();
    expect(await ended).toBe(0);
    expect(written.err).toBe("");
  });
});
