import { expect, it } from "vitest";
import { hclParser } from "./hcl-parser.ts";
import { installedGrammar } from "./installed-grammar.ts";

// A function's bundle has the runtime beside it, where the library does not look.
it("a parser runs in the runtime that it is given, and finds its own where it is given none", async () => {
  const { language } = await installedGrammar();
  await expect(hclParser({ runtime: new Uint8Array(8), language })).rejects.toThrow();
  const parser = await hclParser({ runtime: null, language });
  expect(parser.parse('a = "b"', ({ type }) => type)).toBe("config_file");
});
