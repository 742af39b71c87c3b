import { costNow } from "@dapanoskop/core/insight";
import { moneyText } from "@dapanoskop/core/money";
import { usageTypeTable } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { usageLines } from "./usage-lines.ts";

const sides = { current: "2026-03", previous: "2026-02", yearBefore: "2025-03" };

describe("a workload's usage types", () => {
  it("stand side by side with what they were, the dearest first", () => {
    const table = usageTypeTable();
    table.push("web", "BoxUsage:m5.large", "Compute", "2026-03", 10, 100);
    table.push("web", "NatGateway-Hours", "Other", "2026-03", 30, 700);
    table.push("etl", "BoxUsage:m5.large", "Compute", "2026-03", 99, 1);
    table.push("web", "BoxUsage:m5.large", "Compute", "2026-02", 8, null);
    table.push("web", "BoxUsage:m5.large", "Compute", "2025-03", 7, 70);
    table.push("web", "EBS:VolumeUsage.gp3", "Storage", "2026-02", 3, 30);
    const lines = usageLines([{ columns: table.columns(), sides }], "web", "USD");
    expect(lines.map(({ usageType }) => usageType)).toEqual([
      "NatGateway-Hours",
      "BoxUsage:m5.large",
      "EBS:VolumeUsage.gp3",
    ]);
    expect(lines[1]).toMatchObject({
      current: { quantity: 100 },
      previous: { quantity: null },
      yearBefore: { quantity: 70 },
    });
    expect(lines[2]).toMatchObject({ current: null, previous: { quantity: 30 } });
  });

  it("stand by name where they cost the same, and the dearer first among many, in any order of the file", () => {
    const costs: readonly (readonly [string, number])[] = [
      ["b", 1],
      ["a", 1],
      ["c", 1],
      ["z", 3],
      ["e", 2],
      ["d", 2],
    ];
    for (const order of [costs, costs.toReversed()]) {
      const table = usageTypeTable();
      for (const [type, cost] of order) table.push("web", type, "Other", "2026-03", cost, 1);
      const lines = usageLines([{ columns: table.columns(), sides }], "web", "USD");
      expect(lines.map(({ usageType }) => usageType)).toEqual(["z", "d", "e", "a", "b", "c"]);
    }
  });

  it("are told apart by category, and never by a name's look", () => {
    const table = usageTypeTable();
    table.push("__proto__", "constructor", "Storage", "2026-03", 1, 1);
    table.push("__proto__", "constructor", "Other", "2026-03", 2, 1);
    const lines = usageLines([{ columns: table.columns(), sides }], "__proto__", "USD");
    expect(lines.map((line) => [line.category, moneyText(costNow(line, "USD"))])).toEqual([
      ["Other", "2"],
      ["Storage", "1"],
    ]);
  });

  it("are one line for each type in each category, in any order of the file", () => {
    const table = usageTypeTable();
    const pairs = ["a", "b", "c", "d"].flatMap((type) =>
      ["Storage", "Compute", "Other"].map((category) => [type, category] as const),
    );
    for (const period of ["2026-03", "2026-02"])
      for (const [at, [type, category]] of pairs.entries())
        table.push("web", type, category, period, at + 1, at);
    const lines = usageLines([{ columns: table.columns(), sides }], "web", "USD");
    const found = lines.map(({ usageType, category, current, previous }) => [
      usageType,
      category,
      current?.quantity,
      previous?.quantity,
    ]);
    expect(found).toEqual(pairs.map(([type, category], at) => [type, category, at, at]).reverse());
  });

  it("meet over two files, each with codes of its own: what runs, and the same days of the month before", () => {
    const running = usageTypeTable();
    running.push("web", "NatGateway-Hours", "Other", "2026-03", 30, 700);
    running.push("web", "BoxUsage:m5.large", "Compute", "2026-03", 10, 100);
    running.push("web", "BoxUsage:m5.large", "Compute", "2026-02", 999, 9999);
    const sameDays = usageTypeTable();
    sameDays.push("etl", "Requests", "Other", "2026-02", 5, 5);
    sameDays.push("web", "EBS:VolumeUsage.gp3", "Storage", "2026-02", 3, 30);
    sameDays.push("web", "BoxUsage:m5.large", "Compute", "2026-02", 8, 80);
    const lines = usageLines(
      [
        { columns: running.columns(), sides: { current: "2026-03", yearBefore: "2025-03" } },
        { columns: sameDays.columns(), sides: { previous: "2026-02" } },
      ],
      "web",
      "USD",
    );
    expect(
      lines.map(({ usageType, current, previous }) => [usageType, current?.quantity, previous?.quantity]),
    ).toEqual([
      ["NatGateway-Hours", 700, undefined],
      ["BoxUsage:m5.large", 100, 80],
      ["EBS:VolumeUsage.gp3", undefined, 30],
    ]);
  });

  it("are none where the workload has none", () => {
    expect(usageLines([{ columns: usageTypeTable().columns(), sides }], "web", "USD")).toEqual([]);
  });

  it("are found among 100,000 rows well within a blink", () => {
    const table = usageTypeTable();
    for (let row = 0; row < 100_000; row += 1) {
      table.push(
        `workload ${row % 500}`,
        `BoxUsage:${row % 211}`,
        "Compute",
        row % 2 ? "2026-03" : "2026-02",
        row,
        row,
      );
    }
    const columns = table.columns();
    const start = performance.now();
    expect(usageLines([{ columns, sides }], "workload 77", "USD").length).toBeGreaterThan(100);
    expect(performance.now() - start).toBeLessThan(1500); // some 5 ms; the bound only tells codes from rows on a busy machine
  });
});
