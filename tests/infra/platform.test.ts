import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { environmentOf, sst } from "../../scripts/platform.mjs";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

describe("the environment of sst", () => {
  it("has no telemetry, and the bun that is installed", () => {
    const { SST_BUN_PATH = "", ...rest } = environmentOf("deploy", {});
    expect(rest).toEqual({ SST_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" });
    expect(execFileSync(SST_BUN_PATH, ["--version"], { encoding: "utf8" })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("lets install run without Pulumi's command line, which the other commands download", () => {
    expect(environmentOf("install", {})).toMatchObject({ SST_SKIP_DEPENDENCY_CHECK: "1" });
    expect(environmentOf("dev", {})).not.toHaveProperty("SST_SKIP_DEPENDENCY_CHECK");
  });

  it("does not replace a variable that is set", () => {
    expect(environmentOf("deploy", { AWS_PROFILE: "staging", SST_BUN_PATH: "bun" })).toMatchObject({
      AWS_PROFILE: "staging",
      SST_BUN_PATH: "bun",
    });
  });

  it("lets sst print its version", () => {
    const installed = JSON.parse(readFileSync(join(checkout, "infra", "package.json"), "utf8"));
    const { stdout } = spawnSync(process.execPath, [sst, "version"], {
      cwd: checkout,
      encoding: "utf8",
      env: environmentOf("install"),
    });
    expect(stdout).toContain(installed.devDependencies.sst);
  });
});

describe("the type checker", () => {
  it("reports a misspelt argument of a component and of a resource, and nothing in SST's own sources", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["scripts/typecheck-infra.mjs", "tests/infra/fixtures/misspelt"],
      { cwd: checkout, encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toContain("'versionning' does not exist in type 'BucketArgs'");
    expect(stderr).toContain("'bukcet' does not exist in type 'BucketArgs'");
    expect(stderr.split("\n").filter((line) => line.startsWith(".sst"))).toEqual([]);
  });

  it("fails where its project does not exist", () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["scripts/typecheck-infra.mjs", "tests/infra/nowhere"],
      {
        cwd: checkout,
        encoding: "utf8",
      },
    );
    expect(status).toBe(1);
    expect(stderr).toContain("tests/infra/nowhere");
  });
});
