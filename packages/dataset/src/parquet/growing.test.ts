import { describe, expect, it } from "vitest";
import { GrowingTexts } from "./growing.ts";

describe("a column of texts that grows", () => {
  const grown = (count: number) => {
    const texts = new GrowingTexts();
    for (let at = 0; at < count; at++) texts.push(`text ${at}`);
    return texts;
  };

  it.each([
    [256, 1],
    [257, 2],
    [65_536, 2],
    [65_537, 4],
  ])("of %i texts has %i bytes a row, and every text where it was", (count, bytes) => {
    const { codes, values } = grown(count).column();
    expect([codes.BYTES_PER_ELEMENT, codes.length, values.length]).toEqual([bytes, count, count]);
    expect([0, 255, count - 1].map((row) => values[codes[row] ?? -1])).toEqual([
      "text 0",
      "text 255",
      `text ${count - 1}`,
    ]);
  });

  it.each([300, 66_000])(
    "is not copied for a new text while its codes are wide enough: %i texts",
    (count) => {
      const texts = grown(count);
      const { buffer } = texts.column().codes;
      texts.push("another one");
      expect(texts.column().codes.buffer).toBe(buffer);
    },
  );
});
