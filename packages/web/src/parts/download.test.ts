import { describe, expect, it } from "vitest";
import { fileName } from "./download.ts";

describe("the name of a saved file", () => {
  it("joins its words", () => {
    expect(fileName("dapanoskop", "2026-03", "cost-centers")).toBe("dapanoskop-2026-03-cost-centers");
    expect(fileName("", "index.json")).toBe("index.json");
  });

  it.each([
    ["../../etc/passwd", "etc-passwd"],
    ["R&D <prototype>", "R-D-prototype"],
    ["Zoë Müller", "Zoe-Mu-ller"],
    ["\u202egnp.exe", "gnp.exe"],
    ["日本", ""],
  ])("reduces a name from the bill to letters, digits, dots and hyphens: %s", (name, reduced) => {
    expect(fileName("dapanoskop", name)).toBe(reduced === "" ? "dapanoskop" : `dapanoskop-${reduced}`);
  });

  it("shortens long words", () => {
    expect(fileName("x".repeat(1_000), "trend")).toBe(`${"x".repeat(60)}-trend`);
  });
});
