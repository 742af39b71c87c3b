import { describe, expect, it } from "vitest";
import { causesOf } from "./causes.ts";

class Named extends Error {
  override readonly name: string;

  constructor(name: string, options: ErrorOptions & { readonly code?: unknown } = {}) {
    super(`secret words of ${name}`, options);
    this.name = name;
    if (options.code !== undefined) Reflect.set(this, "code", options.code);
  }
}

const chain = (...names: readonly string[]): Error | undefined =>
  names.reduceRight<Error | undefined>((cause, name) => new Named(name, { cause }), undefined);

describe("the causes of an error", () => {
  it("are their kinds and codes, outermost first, without their messages", () => {
    const inner = new Named("Error", { code: "ECONNREFUSED" });
    const error = new Named("Outer", { cause: new Named("TypeError", { cause: inner }) });
    expect(causesOf(error)).toBe("TypeError, Error ECONNREFUSED");
  });

  it("leave out a code that is not text", () => {
    expect(causesOf(new Named("Outer", { cause: new Named("Error", { code: 7 }) }))).toBe("Error");
  });

  it("are the outermost five", () => {
    expect(causesOf(chain("Outer", "A", "B", "C", "D", "E"))).toBe("A, B, C, D, E");
    expect(causesOf(chain("Outer", "A", "B", "C", "D", "E", "F"))).toBe("A, B, C, D, E");
  });

  it("are absent where there is none, or where it is not an error", () => {
    expect(causesOf(new Named("Outer"))).toBeUndefined();
    expect(causesOf(new Named("Outer", { cause: "a text" }))).toBeUndefined();
    expect(causesOf("a text")).toBeUndefined();
    expect(causesOf(undefined)).toBeUndefined();
  });
});
