import { describe, expect, it } from "vitest";
import { parseIndex } from "../index.ts";

describe("a published document", () => {
  it.each([
    ["cut", new TextEncoder().encode('{"schema": 1')],
    ["with bytes that are no UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
    ["empty", new Uint8Array()],
  ])("%s is refused as changed after it was published", (_, bytes) => {
    expect(() => parseIndex(bytes)).toThrow(
      `index.json is not JSON: it was changed or cut after it was published.`,
    );
  });
});
