import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readIndex } from "@dapanoskop/dataset";
import { recover } from "@dapanoskop/pipeline/publish";
import { staleKeys, tornFiles } from "@dapanoskop/pipeline/publish/testing";
import { afterAll, describe, expect, it } from "vitest";
import { folderStore } from "./index.ts";

const home = mkdtemp(join(tmpdir(), "dapanoskop-race-"));
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(await home, { recursive: true, force: true });
});

interface Lap {
  readonly number: number;
  readonly generation: number | null;
  readonly seen: number;
}

const RACER = fileURLToPath(new URL("testing/racer.ts", import.meta.url));
const TSX = createRequire(import.meta.url).resolve("tsx");

async function startRacers(folder: string, racers: number, laps: number) {
  const started = Array.from({ length: racers }, (_, racer) => {
    const child = spawn(process.execPath, ["--import", TSX, RACER, folder, String(racer + 1), String(laps)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout });
    reader.on("line", (line) => lines.push(line));
    const ready = once(reader, "line");
    const ended = Promise.all([once(child, "exit"), once(reader, "close")]).then(
      ([[code]]) => code as number | null,
    );
    return { child, lines, reader, ready, ended };
  });
  await Promise.all(started.map(({ ready }) => ready));
  for (const { child } of started) child.stdin?.write("go\n");
  return started;
}

const lapsOf = (lines: readonly string[]): Lap[] => lines.slice(1).map((line) => JSON.parse(line));

describe("processes that publish into one folder at the same moment", () => {
  it("all commit, each generation once, and no month is lost", async () => {
    const folder = join(await home, "all");
    const racers = await startRacers(folder, 3, 4);
    expect(await Promise.all(racers.map(({ ended }) => ended))).toEqual([0, 0, 0]);

    const laps = racers.flatMap(({ lines }) => lapsOf(lines));
    const generations = laps.flatMap(({ generation }) => (generation === null ? [] : [generation]));
    const index = await readIndex(folderStore(folder));
    expect(laps).toHaveLength(12);
    expect([...generations].sort((a, b) => a - b)).toEqual(
      Array.from({ length: index?.generation ?? 0 }, (_, at) => at + 1),
    );
    expect(index?.periods).toEqual(["2026-03", "2025-03", "2025-02", "2025-01"]);
    for (const { generation, seen } of laps) expect(seen).toBeGreaterThanOrEqual(generation ?? 1);

    const store = folderStore(folder);
    expect(await tornFiles(store)).toEqual([]);
    expect(await staleKeys(store)).toEqual([]);
    expect(await readFile(join(folder, "index.json"), "utf8")).toBe(
      await readFile(join(folder, "_index", `${index?.generation}.json`), "utf8"),
    );
  });

  it("may be killed: what stands is whole, and the next recover shows it", async () => {
    const folder = join(await home, "killed");
    const [victim, survivor] = await startRacers(folder, 2, 4);
    if (victim === undefined || survivor === undefined) throw new Error("Two were started.");
    await once(victim.reader, "line");
    victim.child.kill("SIGKILL");
    expect(await survivor.ended).toBe(0);
    await victim.ended;

    const store = folderStore(folder);
    expect(await tornFiles(store)).toEqual([]);
    await recover(store);
    expect(await staleKeys(store)).toEqual([]);
    const index = await readIndex(store);
    expect(index?.generation).toBe(
      (await readdir(join(folder, "_index"))).filter((name) => /^\d/.test(name)).length,
    );
    expect(index?.periods).toContain("2025-02");
    for (const { generation } of lapsOf(survivor.lines)) {
      expect(index?.history.some((entry) => entry.generation === generation)).toBe(generation !== null);
    }
  });
});
