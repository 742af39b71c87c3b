import { gzipSync } from "node:zlib";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { ApiProblem } from "../api-problem.ts";
import { LONGEST_PLAN, readBody } from "./read-body.ts";
import { checkJsonType, parseBody, parseQuery } from "./read-json.ts";

const request = (body: Uint8Array<ArrayBuffer> | null, headers: Readonly<Record<string, string>> = {}) =>
  new Request("http://x", { method: "POST", body, headers });

/** The text of the body, or the code and the sentence of the problem. */
const read = (of: Request, limit = 10) =>
  readBody(of, limit).then(
    (bytes) => new TextDecoder().decode(bytes),
    ({ code, message }: ApiProblem) => `${code}: ${message}`,
  );

const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const tooLarge = "too_large: The body is larger than 10 bytes, the most that is read here.";

describe("the body of a request", () => {
  it.each([
    ["of the largest size", request(bytes("1234567890")), "1234567890"],
    ["of one byte more", request(bytes("12345678901")), tooLarge],
    ["that says that it is larger", request(bytes("1"), { "content-length": "11" }), tooLarge],
    ["that says that it is as large", request(bytes("1"), { "content-length": "10" }), "1"],
    ["that is none", request(null), ""],
    ["with an encoding in capitals", request(bytes("1"), { "content-encoding": " IDENTITY " }), "1"],
    [
      "with another encoding",
      request(bytes("1"), { "content-encoding": "br" }),
      "unsupported_media_type: The body may be plain or gzip: content-encoding has another value.",
    ],
    [
      "that is no gzip",
      request(bytes("1"), { "content-encoding": "gzip" }),
      "bad_request: The body is not gzip, as its content-encoding says.",
    ],
  ])("%s", async (_name, of, expected) => {
    expect(await read(of)).toBe(expected);
  });

  it("that is compressed is bounded before and after it is unpacked", async () => {
    const zipped = (length: number) =>
      request(new Uint8Array(gzipSync("a".repeat(length))), { "content-encoding": "gzip" });
    expect(await read(zipped(1_000), 1_000)).toBe("a".repeat(1_000));
    expect(await read(zipped(1_001), 1_000)).toMatch(/^too_large: The body is larger than 1,000 bytes/);
    expect(await read(zipped(5), 10)).toBe(tooLarge);
  });

  it("of a plan that is too large says what to do", async () => {
    const headers = { "content-length": "10000001" };
    expect(await read(request(bytes("1"), headers), LONGEST_PLAN)).toBe(
      "too_large: The body is larger than 10,000,000 bytes, the most that is read here. Split the root module, or leave large values out of the plan.",
    );
  });
});

describe("the content type of JSON", () => {
  it.each([
    ["application/json", true],
    ["Application/JSON ; charset=UTF-8", true],
    ['application/json;charset="utf-8"', true],
    ["application/json; charset=latin1", false],
    ["application/jsonx", false],
    ["text/plain", false],
    [null, false],
  ])("%s is %s", (type, isTaken) => {
    const of = new Request("http://x", { headers: type === null ? {} : { "content-type": type } });
    const check = () => checkJsonType(of, " So.");
    if (isTaken) expect(check).not.toThrow();
    else expect(check).toThrow("The content-type must be application/json. So.");
  });
});

describe("a value of another form than its schema", () => {
  const schema = v.strictObject({
    name: v.optional(v.pipe(v.string(), v.regex(/^a+$/), v.maxLength(3))),
    list: v.optional(v.array(v.strictObject({ at: v.number() }))),
  });
  const message = (body: string) => {
    try {
      return JSON.stringify(parseBody(schema, bytes(body)));
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['{"name":"a"}', '{"name":"a"}'],
    [
      '{"name":"b"}',
      'The body is wrong at "name": it takes a text like ^a+$. The OpenAPI file describes it.',
    ],
    ['{"name":"aaaa"}', 'The body is wrong at "name": it takes "<=3". The OpenAPI file describes it.'],
    [
      '{"other":1}',
      'The body is wrong at "other": it takes nothing: the name is unknown. The OpenAPI file describes it.',
    ],
    [
      '{"list":[{"at":1},{"at":"2"}]}',
      'The body is wrong at "list.1.at": it takes "number". The OpenAPI file describes it.',
    ],
    ["1", "The body has another form than it must have. The OpenAPI file describes it."],
    ["[]", "The body has another form than it must have. The OpenAPI file describes it."],
    ["{", "The body is not JSON in UTF-8, or an object in it has a key twice."],
    ['{"name":"a","name":"aa"}', "The body is not JSON in UTF-8, or an object in it has a key twice."],
  ])("is refused by its place: %s", (body, expected) => {
    expect(message(body)).toBe(expected);
  });

  it("is refused where a parameter is given twice", () => {
    expect(parseQuery(schema, new URL("http://x/?name=aa"))).toEqual({ name: "aa" });
    expect(() => parseQuery(schema, new URL("http://x/?name=a&name=a"))).toThrow(
      'The parameter "name" is given twice.',
    );
    expect(() => parseQuery(schema, new URL("http://x/?b=1"))).toThrow(/^The address is wrong at "b"/);
  });
});
