import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rules } from "./rules/followed.ts";
import { skips } from "./rules/not-followed.ts";

// The scanners themselves, where they are on the path: `rules.test.ts` has their rules evaluated for every input.
const root = fileURLToPath(new URL("../../", import.meta.url));
const MODULE = join(root, "terraform-export");
const WORKFLOWS = ".github/workflows";
const ACTIONS = ["action.yml", "collect/action.yml"];

/** Rules that have an answer: followed, as `rules.test.ts` proves, or not, with a reason. */
const answered = new Set(
  [...Object.keys(rules), ...Object.keys(skips)].flatMap((title) => (title.split(":")[0] ?? "").split(" ")),
);

function onPath(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** A test that is skipped by name where the scanner is missing. */
const scans = (program: string, what: string, test: () => void) =>
  onPath(program) ? it(what, test, 300_000) : it.skip(`${what} (not on this machine: ${program})`, test);

/** What a scanner writes. Its exit code only says whether it found something. */
function output(program: string, args: readonly string[], cwd = root): string {
  const { stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error !== undefined || (stdout === "" && stderr !== "")) {
    throw new Error(`${program}: ${error?.message ?? stderr}`);
  }
  return stdout;
}

describe("the module, scanned", () => {
  scans("checkov", "has no finding of Checkov without an answer", () => {
    const args = ["-d", ".", "--skip-path", "examples", "--skip-path", "tests", "--framework", "terraform"];
    const found = JSON.parse(output("checkov", [...args, "-o", "json", "--quiet", "--compact"], MODULE));
    const failed: readonly { readonly check_id: string }[] = found.results.failed_checks;
    expect(found.summary.parsing_errors).toBe(0);
    expect(found.summary.resource_count).toBeGreaterThan(50);
    expect([...new Set(failed.map(({ check_id }) => check_id))].filter((id) => !answered.has(id))).toEqual(
      [],
    );
  });

  scans("trivy", "has no finding of Trivy without an answer", () => {
    // Its own rules: newer ones would be downloaded.
    const args = ["config", "--skip-check-update", "--skip-dirs", "examples", "--quiet", "--format", "json"];
    const { Results } = JSON.parse(output("trivy", [...args, MODULE]));
    const found = (Results as readonly TrivyResult[]).flatMap(
      ({ Misconfigurations = [] }) => Misconfigurations,
    );
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found.map(({ ID }) => avdName(ID)))].filter((id) => !answered.has(id))).toEqual([]);
  });

  scans("tflint", "and its examples have no finding of TFLint", () => {
    const { issues, errors } = JSON.parse(output("tflint", ["--recursive", "--format", "json"], MODULE));
    expect({ issues, errors }).toEqual({ issues: [], errors: [] });
  });
});

describe("the container image, scanned", () => {
  scans("trivy", "has no finding of Trivy", () => {
    const args = ["config", "--skip-check-update", "--quiet", "--format", "json", "Containerfile"];
    const { Results } = JSON.parse(output("trivy", args));
    const found = (Results as readonly TrivyResult[]).flatMap(
      ({ Misconfigurations = [] }) => Misconfigurations,
    );
    expect(Results).toHaveLength(1);
    // DS-0026: no health check, because a command runs and ends.
    expect(found.map(({ ID }) => ID)).toEqual(["DS-0026"]);
  });
});

describe("the workflows, scanned", () => {
  scans("actionlint", "have no finding of actionlint", () => {
    expect(output("actionlint", ["-shellcheck="])).toBe("");
  });

  scans("zizmor", "have no finding of zizmor without an answer", () => {
    // The audits that ask GitHub need a connection.
    const args = ["--offline", "--format", "json", "--config", ".github/zizmor.yml", WORKFLOWS, ...ACTIONS];
    expect(JSON.parse(output("zizmor", args))).toEqual([]);
  });
});

interface TrivyResult {
  readonly Misconfigurations?: readonly { readonly ID: string }[];
}

/** Trivy names its rules `AWS-0017`, before 2026 `AVD-AWS-0017`. */
const avdName = (id: string) => (id.startsWith("AVD-") ? id : `AVD-${id}`);

describe("a broken module, scanned", () => {
  scans("checkov", "has findings: the scan sees what it must", () => {
    const folder = mkdtempSync(join(tmpdir(), "dapanoskop-scan-"));
    try {
      execFileSync(
        "sh",
        [
          "-c",
          `printf '%s' "$1" > main.tf`,
          "sh",
          'resource "aws_sns_topic_policy" "a" {\n  arn    = "a"\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }] })\n}\n',
        ],
        { cwd: folder },
      );
      const found = JSON.parse(
        output("checkov", ["-d", ".", "--framework", "terraform", "-o", "json", "--quiet"], folder),
      );
      expect(found.summary.failed).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
