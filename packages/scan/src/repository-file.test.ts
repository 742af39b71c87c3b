import { describe, expect, it } from "vitest";
import { isConfiguration } from "./repository-file.ts";

describe("a file of a repository", () => {
  it.each([
    ["main.tf", true],
    ["modules/vpc/main.tf.json", true],
    ["main.tofu", true],
    ["node_modules.tf", true],
    ["README.md", false],
    ["main.tf/README.md", false],
    [".terraform/main.tf", false],
    ["node_modules/a/main.tf", false],
    ["live/.terragrunt-cache/x/y/main.tf", false],
  ])("%s is read: %s", (path, isRead) => {
    expect(isConfiguration(path)).toBe(isRead);
  });
});
