import { describe, expect, it } from "vitest";
import type { Log } from "../lambda/index.ts";
import { logResult } from "./collect-telemetry.ts";

function lastLine(pages: number, other: number): string {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const log = { info: write, warn: write, error: write } as unknown as Log;
  const requests = { pages, other, priceUsd: (pages + other) / 100 };
  logResult(log, { months: [], warnings: [], requests, generation: 1 } as never);
  return lines.at(-1) ?? "";
}

describe("the log of a run", () => {
  it.each([
    [0, 0, "Collected with 0 requests to Cost Explorer for $0.00."],
    [1, 0, "Collected with 1 request to Cost Explorer for $0.01."],
    [0, 1, "Collected with 1 request to Cost Explorer for $0.01."],
    [1, 1, "Collected with 2 requests to Cost Explorer for $0.02."],
  ])("counts pages and other requests: %i and %i", (pages, other, text) => {
    expect(lastLine(pages, other)).toBe(text);
  });
});
