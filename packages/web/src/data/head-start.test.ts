import type { IndexDocument, Summary } from "@dapanoskop/core/artifacts";
import { describe, expect, it } from "vitest";
import { withHeadStart } from "./head-start.ts";
import type { Reader } from "./reader.ts";

const index = { periods: ["2026-02", "2026-01"] } as unknown as IndexDocument;

function aReader(answers: readonly (IndexDocument | null | Error)[]) {
  const asked: string[] = [];
  const left = [...answers];
  const reader: Reader = {
    async index() {
      asked.push("index");
      const answer = left.shift();
      if (answer instanceof Error || answer === undefined) throw answer ?? new Error("Asked too often.");
      return answer;
    },
    async summary(_, month) {
      asked.push(month);
      return {} as Summary;
    },
    async trend() {
      asked.push("trend");
      throw new Error("No trend.");
    },
    usage: () => Promise.reject(new Error("Nothing needs it yet.")),
    likeForLike: () => Promise.reject(new Error("Nothing needs it yet.")),
  };
  return { reader, asked };
}

describe("a bill's first figures", () => {
  it.each([
    ["", "2026-02"],
    ["?period=2026-01", "2026-01"],
  ])(
    "are asked for before anybody draws: with %j the index, its month %s and the trend",
    async (search, month) => {
      const { reader, asked } = aReader([index]);
      const early = withHeadStart(reader, search);
      expect(await early.index()).toBe(index);
      await Promise.resolve();
      expect(asked).toEqual(["index", month, "trend"]);
    },
  );

  it("are asked for once, and every later index afresh", async () => {
    const { reader, asked } = aReader([null, index]);
    const early = withHeadStart(reader, "");
    expect([await early.index(), await early.index()]).toEqual([null, index]);
    expect(asked).toEqual(["index", "index"]);
  });

  it("that are refused are told to whoever draws, who may ask again; a month that is not there is not asked for", async () => {
    const { reader, asked } = aReader([new Error("Refused."), index]);
    const early = withHeadStart(reader, "?period=1999-01");
    await expect(early.index()).rejects.toThrow("Refused.");
    expect(await early.index()).toBe(index);
    expect(asked).toEqual(["index", "index"]);
  });
});
