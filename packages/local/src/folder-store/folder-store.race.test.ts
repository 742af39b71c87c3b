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

interface PublishedRun {
  readonly number: number;
  readonly generation: number | null;
  readonly seen: number;
}

const PUBLISHER = fileURLToPath(new URL("testing/publisher-process.ts", import.meta.url));
const TSX = createRequire(import.meta.url).resolve("tsx");

async function startPublishers(folder: string, publishers: number, runs: number) {
  const started = Array.from({ length: publishers }, (_, publisher) => {
    const child = spawn(
      process.execPath,
      ["--import", TSX, PUBLISHER, folder, String(publisher + 1), String(runs)],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
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

const publishedRuns = (lines: readonly string[]): PublishedRun[] =>
  lines.slice(1).map((line) => JSON.parse(line));

describe("processes that publish into one folder at the same moment", () => {
  it("all commit, each generation once, and no month is lost", async () => {
    const folder = join(await home, "all");
    const publishers = await startPublishers(folder, 3, 4);
    expect(await Promise.all(publishers.map(({ ended }) => ended))).toEqual([0, 0, 0]);

    const runs = publishers.flatMap(({ lines }) => publishedRuns(lines));
    const generations = runs.flatMap(({ generation }) => (generation === null ? [] : [generation]));
    const index = await readIndex(folderStore(folder));
    expect(runs).toHaveLength(12);
    expect([...generations].sort((a, b) => a - b)).toEqual(
      Array.from({ length: index?.generation ?? 0 }, (_, at) => at + 1),
    );
    expect(index?.periods).toEqual(["2026-03", "2025-03", "2025-02", "2025-01"]);
    for (const { generation, seen } of runs) expect(seen).toBeGreaterThanOrEqual(generation ?? 1);

    const store = folderStore(folder);
    expect(await tornFiles(store)).toEqual([]);
    expect(await staleKeys(store)).toEqual([]);
    expect(await readFile(join(folder, "index.json"), "utf8")).toBe(
      await readFile(join(folder, "_index", `${index?.generation}.json`), "utf8"),
    );
  });

  it("may be killed: the published data is whole, and the next recover promotes it", async () => {
    const folder = join(await home, "killed");
    const [victim, survivor] = await startPublishers(folder, 2, 4);
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
    for (const { generation } of publishedRuns(survivor.lines)) {
      expect(index?.history.some((entry) => entry.generation === generation)).toBe(generation !== null);
    }
  });
});
