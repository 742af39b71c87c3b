import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { firstRunFaults } from "../packages/cli/src/doctor/testing/first-run-faults.ts";
import { findingIds } from "../packages/doctor/src/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The rows of the tables of a section, as cells. */
function rowsOf(document: string, heading: string): readonly (readonly string[])[] {
  const text = readFileSync(join(root, document), "utf8");
  const [, section = ""] = text.split(`\n## ${heading}\n`);
  return (section.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split(" | ").map((part) => part.replace(/^\| | \|$/g, "").trim()))
    .slice(2);
}

const plain = (cell: string) => cell.replaceAll(/[`\\]/g, "").replaceAll(/(?<!\w)_|_(?!\w)/g, "");

describe("docs/doctor.md", () => {
  it("explains every finding, in the order in which they are given", () => {
    expect(rowsOf("docs/doctor.md", "The findings").map(([id = ""]) => plain(id))).toEqual([...findingIds]);
  });

  it("has the permissions of the probes, in a policy that is JSON", () => {
    const [, json = ""] =
      /```json\n([^`]+)```/.exec(readFileSync(join(root, "docs/doctor.md"), "utf8")) ?? [];
    const actions: unknown = JSON.parse(json).Statement[0].Action;
    const source = readFileSync(
      join(root, "packages/aws/src/account-probes/cost-explorer-probes.ts"),
      "utf8",
    );
    const commands = [...source.matchAll(/new (\w+)Command\(/g)].map(([, name]) => `ce:${name}`);
    expect(new Set(actions as readonly string[])).toEqual(
      new Set([...commands, "organizations:DescribeOrganization"]),
    );
  });
});

describe("the troubleshooting of docs/install.md", () => {
  const rows = rowsOf("docs/install.md", "Troubleshooting the first collection");

  it("has a row for at least twelve symptoms", () => {
    expect(rows.length).toBeGreaterThanOrEqual(12);
  });

  it.each(rows)("says what the finding says: %s", (symptom, finding = "", todo = "") => {
    const faults = firstRunFaults.filter((one) => one.finding === plain(finding));
    expect(faults.length, symptom).toBeGreaterThan(0);
    const said = faults.filter(({ next }) => next.test(plain(todo)));
    expect(
      said.length,
      `${todo} says nothing of ${faults.map(({ next }) => next).join(", ")}`,
    ).toBeGreaterThan(0);
  });
});
