import { describe, expect, it } from "vitest";
import { Recorder } from "./recorder.ts";
import { code, isSym, type Sym } from "./symbol.ts";

const symbol = () => code("var.name_prefix") as Sym & Readonly<Record<string, () => unknown>>;

describe("a value that is known only at apply", () => {
  it("is no text, and says what makes one of it", () => {
    const sentence = "was made into text or a number. Use platform.text, in infra/.";
    expect(() => `${symbol()}-data`).toThrow(sentence);
    expect(() => ["a", symbol()].join("-")).toThrow(sentence);
    expect(() => String(symbol())).toThrow(sentence);
    expect(() => new Map([[`${symbol()}`, 1]])).toThrow(sentence);
  });

  it("is no number and is not compared", () => {
    expect(() => Number(symbol())).toThrow("made into text or a number");
    expect(() => (symbol() as unknown as number) > 5).toThrow("made into text or a number");
    // biome-ignore lint/suspicious/noDoubleEquals: what the test is about
    expect(() => (symbol() as unknown) == "dapanoskop").toThrow("made into text or a number");
  });

  it("has no properties and no methods of texts, lists or outputs", () => {
    expect(() => symbol().apply?.()).toThrow("was asked for .apply. Use platform's own words");
    expect(() => symbol().length).toThrow("was asked for .length");
    expect(() => symbol().startsWith?.()).toThrow("was asked for .startsWith");
    expect(() => [...(symbol() as unknown as Iterable<string>)]).toThrow(TypeError);
  });

  it("is no JSON, neither alone nor inside of something", () => {
    expect(() => JSON.stringify(symbol())).toThrow("was made into JSON. Use platform.json");
    expect(() => JSON.stringify({ Resource: [symbol()] })).toThrow("was made into JSON. Use platform.json");
  });

  it("passes through promises", async () => {
    const one = symbol();
    expect(isSym(await Promise.resolve(one))).toBe(true);
  });
});

describe("what stands for a resource", () => {
  const bucket = () => new Recorder().add("resource", "aws_s3_bucket", "data", {}, { part: "store" });

  it("gives symbols of its attributes, and is none of the things a symbol is not", () => {
    expect(isSym((bucket() as { readonly arn: unknown }).arn)).toBe(true);
    expect(() => `${bucket()}`).toThrow("made into text");
    expect(() => JSON.stringify(bucket())).toThrow("made into JSON");
  });
});
