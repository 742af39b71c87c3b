import { parseMoney } from "@dapanoskop/core/money";
import type { IndexDocument } from "@dapanoskop/dataset";
import { describe, expect, it } from "vitest";
import { collectResult } from "./collect-result.ts";

describe("what a collection reports", () => {
  it("is each month, newest first, and what the requests cost", () => {
    const result = collectResult({
      runId: "run",
      result: {
        generation: 7,
        months: [
          { period: "2026-01", outcome: "published" },
          { period: "2026-03", outcome: "dropped-newer" },
          { period: "2026-02", outcome: "dropped-same" },
          { period: "2026-05", outcome: "published" },
        ],
      },
      revisions: new Map([["2026-01", "AWS has revised it."]]),
      outcomes: [{ period: "2026-06", outcome: "skipped", why: "No charges." }],
      fresh: ["2026-04"],
      index: { snapshot: { "2026-04": { as_of: "2026-05-01T06:00:00Z" } } } as unknown as IndexDocument,
      requests: { pages: 3, other: 1, priceUsd: parseMoney("0.03", "USD") },
      billSpan: null,
      warnings: ["A warning."],
    } as Parameters<typeof collectResult>[0]);
    expect(result).toEqual({
      runId: "run",
      generation: 7,
      months: [
        { period: "2026-06", outcome: "skipped", why: "No charges." },
        { period: "2026-05", outcome: "published", why: null },
        {
          period: "2026-04",
          outcome: "unchanged",
          why: "2026-04 was collected at 2026-05-01T06:00:00Z and was not queried again; --force collects it again.",
        },
        {
          period: "2026-03",
          outcome: "unchanged",
          why: "2026-03 is published as of a later time: the newer figures remain.",
        },
        {
          period: "2026-02",
          outcome: "unchanged",
          why: "2026-02 is published as of the same time; --force publishes it again.",
        },
        { period: "2026-01", outcome: "published", why: null, revised: "AWS has revised it." },
      ],
      requests: { pages: 3, other: 1, priceUsd: 0.03 },
      billSpan: null,
      warnings: ["A warning."],
    });
  });
});
