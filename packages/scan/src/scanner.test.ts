import { describe, expect, it } from "vitest";
import { scanner } from "./scanner.ts";
import { installedGrammar } from "./wasm/installed-grammar.ts";

const files = { files: [{ path: "main.tf", text: 'resource "aws_s3_bucket" "b" {}\n' }], skipped: [] };

describe("a scanner", () => {
  it("loads its grammar with the first scan, once", async () => {
    let loads = 0;
    const scan = scanner(() => {
      loads += 1;
      return installedGrammar();
    });
    expect(loads).toBe(0);
    const reports = await Promise.all([scan(files, "App"), scan(files, "Team")]);
    expect(reports.map(({ tagKey, findings }) => [tagKey, findings.length])).toEqual([
      ["App", 1],
      ["Team", 1],
    ]);
    expect(loads).toBe(1);
  });

  it("loads it again where that failed", async () => {
    let loads = 0;
    const scan = scanner(async () => {
      loads += 1;
      if (loads === 1) throw new Error("The disk is away.");
      return installedGrammar();
    });
    await expect(scan(files, "App")).rejects.toThrow("The disk is away.");
    expect((await scan(files, "App")).findings).toHaveLength(1);
    expect(loads).toBe(2);
  });
});
