import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8, parseStrictJson, StrictJsonError } from "./strict-json.ts";

describe("strict JSON", () => {
  it("reads what a serialiser writes as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat({ max: 4 }), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(parseStrictJson(spaced)).toEqual(JSON.parse(spaced));
      }),
    );
  });

  it("refuses a repeated key at any depth and in any spelling", () => {
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

  it("accepts the same key in different objects, in values and in lists", () => {
    for (const text of [
      '[{"a":1},{"a":1}]',
      '{"a":{"a":{"a":"a"}},"b":["a","a"]}',
      '{"a":"{\\"a\\":1}","b":"a"}',
    ]) {
      expect(parseStrictJson(text)).toEqual(JSON.parse(text));
    }
  });

  it("never quotes the text in its message, which may be a token", () => {
    for (const text of ["secret", '{"secret":1,"secret":2}', '{"a":secret}']) {
      expect(() => parseStrictJson(text)).toThrow(/^(It is not JSON|An object has a key twice)\.$/);
    }
  });

  it("refuses bytes that are not UTF-8, and leaves a byte order mark, which JSON refuses", () => {
    expect(() => decodeUtf8(Buffer.from([0x22, 0xff, 0x22]))).toThrow(StrictJsonError);
    expect(() => parseStrictJson(decodeUtf8(Buffer.from("\ufeff{}")))).toThrow(StrictJsonError);
  });
});
