import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The rows of the table below a heading. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const [, section = ""] = read("docs/security.md").split(`## ${heading}\n`);
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
}

describe("docs/security.md", () => {
  it("names for each threat a control and tests that exist", () => {
    const threats = rowsBelow("Threats, controls and tests");
    expect(threats.length).toBeGreaterThan(10);
    for (const [threat, control, tests = ""] of threats) {
      expect(control, threat).toMatch(/\w/);
      const paths = [...tests.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
      expect(paths.length, threat).toBeGreaterThan(0);
      for (const path of paths) {
        expect(path).toMatch(/\.test\.ts$/);
        expect(existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url))), path).toBe(true);
      }
    }
  });

  it("gives a reason for each deviation from ASVS", () => {
    const deviations = rowsBelow("Deviations from OWASP ASVS 5");
    expect(deviations.length).toBeGreaterThan(3);
    for (const [requirement = "", deviation = "", reason = ""] of deviations) {
      expect(requirement).toMatch(/chapter \d+/);
      expect(
        [deviation.length, reason.length].every((length) => length > 20),
        requirement,
      ).toBe(true);
    }
  });

  it("is what SECURITY.md refers to, which invents no address", () => {
    const text = read("SECURITY.md");
    expect(text).toContain("(docs/security.md)");
    expect(text).not.toMatch(/[\w.]+@[\w.]+\.\w+/);
  });
});
