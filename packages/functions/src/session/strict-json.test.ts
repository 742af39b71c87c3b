import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8, parseStrictJson, StrictJsonError } from "./strict-json.ts";

describe("strict JSON", () => {
  it("reads whatever a serialiser writes, as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat({ max: 4 }), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(parseStrictJson(spaced)).toEqual(JSON.parse(spaced));
      }),
    );
  });

  it("refuses a key named twice, at any depth and however it is spelled", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.json(), fc.nat({ max: 3 }), (key, value, depth) => {
        const escaped = [...key].map((one) =>
          [...Array(one.length).keys()]
            .map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, "0")}`)
            .join(""),
        );
        const twins = `{${JSON.stringify(key)}:${value},"":1,"${escaped.join("")}":0}`;
        const text = `${"[1,".repeat(depth)}${twins}${"]".repeat(depth)}`;
        if (key !== "") expect(() => parseStrictJson(text)).toThrow(StrictJsonError);
      }),
    );
  });

  it("lets the same key stand in neighbouring objects, in values and in lists", () => {
    for (const text of [
      '[{"a":1},{"a":1}]',
      '{"a":{"a":{"a":"a"}},"b":["a","a"]}',
      '{"a":"{\\"a\\":1}","b":"a"}',
    ]) {
      expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    }
  });

  it("never repeats the text in its words: it may be a token", () => {
    for (const text of ["secret", '{"secret":1,"secret":2}', '{"a":secret}']) {
      expect(() => parseStrictJson(text)).toThrow(/^(It is not JSON|An object names a key twice)\.$/);
    }
  });

  it("refuses bytes that are not UTF-8, and keeps a byte order mark for JSON to refuse", () => {
    expect(() => decodeUtf8(Buffer.from([0x22, 0xff, 0x22]))).toThrow(StrictJsonError);
    expect(() => parseStrictJson(decodeUtf8(Buffer.from("\ufeff{}")))).toThrow(StrictJsonError);
  });
});
