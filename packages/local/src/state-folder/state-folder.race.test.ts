import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sendingsOf } from "@dapanoskop/core/sending";
import { afterAll, describe, expect, it } from "vitest";
import { folderState } from "./index.ts";

const home = mkdtemp(join(tmpdir(), "dapanoskop-state-race-"));
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(await home, { recursive: true, force: true });
});

const WRITER = fileURLToPath(new URL("testing/writer-process.ts", import.meta.url));
const TSX = createRequire(import.meta.url).resolve("tsx");
const PROCESSES = 20;

/** Starts 20 processes, lets them begin together, and gives what each printed; `null` for one that was killed. */
async function race(folder: string, what: string, times = 1, killed = 0): Promise<readonly unknown[]> {
  const started = Array.from({ length: PROCESSES }, (_, at) => {
    const args = ["--import", TSX, WRITER, folder, String(at + 1), what, String(times)];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    children.push(child);
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout });
    reader.on("line", (line) => lines.push(line));
    const ready = once(reader, "line");
    const ended = Promise.all([once(child, "exit"), once(reader, "close")]);
    return { child, lines, ready, ended };
  });
  await Promise.all(started.map(({ ready }) => ready));
  for (const { child } of started) child.stdin?.write("go\n");
  for (const { child } of started.slice(0, killed)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill("SIGKILL");
  }
  await Promise.all(started.map(({ ended }) => ended));
  return started.map(({ lines }) => (lines[1] === undefined ? null : JSON.parse(lines[1])));
}

describe(`${PROCESSES} processes with one state folder`, () => {
  it("create a record once", async () => {
    const folder = join(await home, "create");
    const outcomes = await race(folder, "create");
    expect(outcomes.filter((outcome) => outcome === "written")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "refused")).toHaveLength(PROCESSES - 1);
    const record = await folderState(folder).get({ partition: "race", sort: "created" });
    expect(record?.value).toBe(outcomes.indexOf("written") + 1);
  });

  it("lose no write of a record that all replace, although some are killed", async () => {
    const folder = join(await home, "increment");
    const refused = await race(folder, "increment", 5, 4);
    const done = refused.filter((count) => count !== null).length;
    const count = (await folderState(folder).get({ partition: "race", sort: "count" }))?.value;
    expect(done).toBeGreaterThanOrEqual(PROCESSES - 4);
    expect(count).toBeGreaterThanOrEqual(done * 5);
    expect(count).toBeLessThanOrEqual(PROCESSES * 5);
  });

  it("send one message", async () => {
    const folder = join(await home, "send");
    const outcomes = await race(folder, "send");
    expect(outcomes.filter((outcome) => outcome === "sent")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "elsewhere")).toHaveLength(PROCESSES - 1);
    expect(await readFile(`${folder}.sent`, "utf8")).toBe(`${outcomes.indexOf("sent") + 1} 1\n`);
    const records = await sendingsOf(folderState(folder), "2026-01-14", "2026-01-14");
    expect(records.map(({ state }) => state)).toEqual(["SENT"]);
  });
});
