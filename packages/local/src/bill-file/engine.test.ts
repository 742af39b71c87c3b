import { afterEach, describe, expect, it } from "vitest";
import { type Engine, openEngine } from "./engine.ts";

const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

async function anEngine(): Promise<Engine> {
  const engine = await openEngine({ threads: 1, memoryLimitMb: 100 });
  engines.push(engine);
  return engine;
}

const limitOf = async ({ connection }: Engine) =>
  (await connection.runAndReadAll("SELECT current_setting('memory_limit')")).getRowsJson()[0]?.[0];

describe("statements that run out of memory", () => {
  it("run again under other limits, and the limit is what it was afterwards", async () => {
    const engine = await anEngine();
    const before = await limitOf(engine);
    const limits: unknown[] = [];
    const result = await engine.withinMemory(async () => {
      limits.push(await limitOf(engine));
      if (limits.length < 3) throw new Error("Out of Memory Error: failed to allocate data");
      return "answer";
    });
    expect(result).toBe("answer");
    expect(new Set(limits).size).toBe(3);
    expect(await limitOf(engine)).toBe(before);
  });

  it("have half of the memory after loading, also where another limit was tried", async () => {
    const engine = await anEngine();
    expect(await limitOf(engine)).toBe("95.3 MiB");
    await engine.seal();
    expect(await limitOf(engine)).toBe("47.6 MiB");
    let runs = 0;
    await engine.withinMemory(async () => {
      runs += 1;
      if (runs === 1) throw new Error("Out of Memory Error: failed to allocate data");
    });
    expect(await limitOf(engine)).toBe("47.6 MiB");
  });

  it("fail at last with a sentence", async () => {
    const engine = await anEngine();
    let runs = 0;
    const failing = engine.withinMemory(async () => {
      runs += 1;
      throw new Error("Out of Memory Error: failed to allocate data");
    });
    await expect(failing).rejects.toThrow(
      /does not fit into the engine's memory, nor into its temporary folder/,
    );
    expect(runs).toBe(4);
  });

  it("are not repeated for another error", async () => {
    const engine = await anEngine();
    let runs = 0;
    const failing = engine.withinMemory(async () => {
      runs += 1;
      throw new Error("Parser Error");
    });
    await expect(failing).rejects.toThrow("Parser Error");
    expect(runs).toBe(1);
  });

  it("spill a grouping that does not shrink", async () => {
    const engine = await anEngine();
    const read = await engine.withinMemory(() =>
      engine.connection.runAndReadAll(
        "SELECT count(*) FROM (SELECT hash(r) AS h, count(*) FROM range(3000000) t(r) GROUP BY h)",
      ),
    );
    expect(Number(read.getRowsJson()[0]?.[0])).toBe(3_000_000);
  });
});
