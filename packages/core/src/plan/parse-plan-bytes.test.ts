import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PLAN_BYTE_LIMIT, parsePlanBytes } from "./parse-plan-bytes.ts";
import type { PlanErrorKind } from "./plan-error.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const plan = (more = "") => `{"format_version":"1.2"${more}}`;
const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);

function refusal(bytes: Uint8Array): { readonly kind: PlanErrorKind; readonly message: string } | null {
  try {
    parsePlanBytes(bytes);
    return null;
  } catch (error) {
    return error as { kind: PlanErrorKind; message: string };
  }
}

describe("the bytes of a plan", () => {
  it("are read with 5 MB, and refused with 40 MB", () => {
    const text = "x".repeat(5_000_000);
    expect(refusal(bytesOf(plan(`,"later":"${text}"`)))).toBeNull();
    const large = refusal(new Uint8Array(40_000_000).fill(0x20));
    expect(large).toMatchObject({ kind: "too_large", message: expect.stringContaining("10 MB") });
    expect(refusal(new Uint8Array(PLAN_BYTE_LIMIT + 1))).toMatchObject({ kind: "too_large" });
  });

  it("may nest 64 levels, and no more", () => {
    // The plan itself is a level.
    expect(refusal(bytesOf(plan(`,"deep":${nested(63)}`)))).toBeNull();
    expect(refusal(bytesOf(plan(`,"deep":${nested(64)}`)))).toMatchObject({ kind: "too_deep" });
    const objects = '{"a":'.repeat(64);
    expect(refusal(bytesOf(plan(`,"deep":${objects}1${"}".repeat(64)}`)))).toMatchObject({
      kind: "too_deep",
    });
  });

  it("are refused for their depth before they are parsed: also where they are no valid JSON", () => {
    expect(refusal(bytesOf(`{"a":${"[".repeat(5_000_000)}`))).toMatchObject({ kind: "too_deep" });
  });

  it.each([
    ["brackets in a text", plan(`,"a":"${"[{".repeat(200)}"`)],
    ["brackets behind an escaped quote", plan(`,"a":"\\"${"[".repeat(200)}"`)],
    ["a text that ends in a backslash", plan(`,"a":"\\\\","b":[]`)],
    ["brackets in a key", plan(`,"${"[".repeat(200)}":1`)],
    ["many siblings", plan(`,"a":[${"[],".repeat(200)}[]]`)],
  ])("are not too deep by %s", (_, text) => {
    expect(refusal(bytesOf(text))).toBeNull();
  });

  it("hide no depth behind a text that ends in escaped backslashes", () => {
    expect(refusal(bytesOf(plan(`,"a":"\\\\\\\\","b":${nested(80)}`)))).toMatchObject({ kind: "too_deep" });
    expect(refusal(bytesOf(plan(`,"a":"\\\\\\"","b":${nested(80)}`)))).toMatchObject({ kind: "too_deep" });
  });

  it("are measured as deep as they are", () => {
    const json = fc.jsonValue({ maxDepth: 40 });
    const depthOf = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(json, fc.integer({ min: 0, max: 70 }), (value, more) => {
        const text = plan(`,"a":${"[".repeat(more)}${JSON.stringify(value)}${"]".repeat(more)}`);
        const depth = 1 + more + depthOf(value);
        expect(refusal(bytesOf(text))?.kind ?? null).toBe(depth > 64 ? "too_deep" : null);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["plan text", "\nTerraform will perform the following actions:\n"],
    ["coloured plan text", "\u001b[1mTerraform used the selected providers\u001b[0m"],
    ["nothing", ""],
    ["white space", " \n "],
    ["a JSON that is cut off", '{"format_version":"1.2","resource_changes":[{"address":"a'],
  ])("are not JSON where they are %s, and the sentence has the command that makes it", (_, text) => {
    expect(refusal(bytesOf(text))).toMatchObject({
      kind: "not_json",
      message: expect.stringContaining("terraform show -json tfplan > plan.json"),
    });
  });

  it.each([
    ["a binary plan", [0x50, 0x4b, 0x03, 0x04, 0x14], "binary plan"],
    ["a compressed plan", [0x1f, 0x8b, 0x08], "gzip"],
    ["UTF-16 of PowerShell", [0xff, 0xfe, 0x7b, 0x00], "UTF-16"],
    ["a text that is not UTF-8", [0x7b, 0x22, 0xff, 0x22, 0x7d], "UTF-8"],
  ])("tell %s apart", (_, bytes, words) => {
    expect(refusal(new Uint8Array(bytes))).toMatchObject({
      kind: "not_json",
      message: expect.stringContaining(words),
    });
  });

  it("tell the log of terraform plan -json apart", () => {
    const log = '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n';
    expect(refusal(bytesOf(log))).toMatchObject({
      kind: "not_json",
      message: expect.stringContaining("log"),
    });
  });

  it("may begin with a byte order mark", () => {
    expect(refusal(bytesOf(`\ufeff${plan()}`))).toBeNull();
  });

  it.each(["1.0", "1.2", "1.9", "1"])("are of a supported format where it is %s", (version) => {
    expect(refusal(bytesOf(`{"format_version":"${version}","of_later":{"x":[1]}}`))).toBeNull();
  });

  it.each([
    ["another major", '{"format_version":"2.0"}', "2.0"],
    ["an old one", '{"format_version":"0.2"}', "0.2"],
    ["no version", '{"resource_changes":[]}', "format_version"],
    ["a version that is no text", '{"format_version":1}', "format_version"],
    ["a list", "[]", "no plan"],
    ["a state", '{"format_version":"1.0","values":{"root_module":{}}}', "state"],
    ["schemas of providers", '{"format_version":"1.0","provider_schemas":{}}', "schemas"],
  ])("are refused with %s", (_, text, words) => {
    expect(refusal(bytesOf(text))).toMatchObject({
      kind: "unsupported_format",
      message: expect.stringContaining(words),
    });
  });

  it("are never repeated by an error", () => {
    for (const text of [
      '{"format_version":"planted-secret"}',
      '{"format_version":"1.2", planted-secret',
      "planted-secret",
      '{"format_version":"1.2"} planted-secret',
    ]) {
      const error = refusal(bytesOf(text));
      expect(error?.message).not.toContain("planted");
      expect((error as unknown as Error).cause).toBeUndefined();
    }
  });

  it("hold null in place of a number that is larger than a number of JavaScript", () => {
    const read = parsePlanBytes(bytesOf(plan(`,"a":1e999,"b":${"9".repeat(400)},"c":-1e999,"d":1e5`)));
    expect(read).toMatchObject({ a: null, b: null, c: null, d: 100_000 });
  });

  it("hold a number of 155 digits as the nearest one", () => {
    expect(parsePlanBytes(bytesOf(plan(`,"a":0.${"3".repeat(155)}`)))).toMatchObject({ a: 1 / 3 });
  });
});
