import { describe, expect, it } from "vitest";
import { openEngine } from "./engine.ts";

describe("charges that a scan has seen", () => {
  it("are forgotten when the bill is loaded again under another memory limit", async () => {
    const engine = await openEngine({ threads: 1 });
    try {
      const scan = async () => {
        for (const file of [1, 2]) {
          await engine.connection.runAndReadAll(
            `SELECT count(seen_row(x, ${file}::INTEGER)), count(seen_line_item(x + 100)) FROM (VALUES (1::DOUBLE), (2::DOUBLE)) AS t(x)`,
          );
        }
        return { common: engine.seen.commonRows(), repeated: [...engine.seen.repeated] };
      };
      const first = await scan();
      expect(first).toEqual({
        common: [{ files: [1, 2], count: 2, ofSmaller: 2, ofLarger: 2 }],
        repeated: [101, 102],
      });
      engine.seen.clear();
      expect(engine.seen.commonRows()).toEqual([]);
      expect(await scan()).toEqual(first);
    } finally {
      await engine.close();
    }
  });
});
