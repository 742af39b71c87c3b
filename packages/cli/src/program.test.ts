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
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, said, ended };
}

const until = async (child: ChildProcess, condition: () => boolean) => {
  while (!condition() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe("the program itself", () => {
  it("starts from the checkout, without a build", async () => {
    const { said, ended } = start("--version");
    expect(await ended).toBe(0);
    expect(said).toEqual({ out: expect.stringMatching(/^dapanoskop \d/), err: "" });
  });

  it("says what it did not understand, and nothing else", async () => {
    const { said, ended } = start("shwo");
    expect(await ended).toBe(2);
    expect(said.out).toBe("");
    expect(said.err.split("\n")).toHaveLength(2);
  });

  it("serves until Ctrl-C, and ends as an interrupted program does", async () => {
    const { child, said, ended } = start("serve", "--port", "0", "--store", await aFolder());
    await until(child, () => said.out.includes("\n"));
    const response = await fetch(`${addressIn(said.out)}/data/index.json`);
    expect(await response.text()).toBe("No file is published under this address.\n");
    child.kill("SIGINT");
    child.kill("SIGINT"); // a launcher passes it on as well
    expect(await ended).toBe(130);
  });

  it.skipIf(process.platform !== "linux")("fails when its output finds no room", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [program, "help"], { stdio: ["ignore", full, "pipe"] });
    let said = "";
    child.stderr?.on("data", (chunk) => {
      said += chunk;
    });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(1);
    closeSync(full);
    expect(said).toContain("The output could not be written: ENOSPC");
  });

  it("does not mind a reader that has seen enough", async () => {
    const { child, said, ended } = start("help");
    child.stdout.destroy();
    expect(await ended).toBe(0);
    expect(said.err).toBe("");
  });
});
