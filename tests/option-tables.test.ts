import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { flagTable, optionTables, withTable } from "../scripts/option-tables.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("the tables of options in the READMEs", () => {
  it.each([...optionTables().keys()])("are as npm run options writes them: %s", (file) => {
    const text = readFileSync(join(root, file), "utf8");
    expect(withTable(text, optionTables().get(file) ?? "")).toBe(text);
  });

  it("keep their columns and their words, whatever a description holds", () => {
    const description = "Read a|b, <c>, _d_ and `e`.";
    const option = { type: "text", flag: "file", valueName: "A|B", default: null, description } as const;
    expect(flagTable({ option }).split("\n").at(-1)).toBe(
      "| `--file A\\|B` | Read a\\|b, &lt;c&gt;, \\_d\\_ and \\`e\\`. |",
    );
  });

  it("need their marks in the file", () => {
    expect(() => withTable("no marks", "table")).toThrow("are missing");
  });
});
