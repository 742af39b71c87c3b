import { readdir, readFile } from "node:fs/promises";
import { readPlan } from "@dapanoskop/core/plan";
import { describe, expect, it } from "vitest";
import { planScenarios } from "./plan-scenarios.ts";

const folder = new URL("./json/", import.meta.url);
const files = (await readdir(folder)).sort();
const text = (file: string) => readFile(new URL(file, folder), "utf8");

describe("the plans that Terraform made for the tests", () => {
  it("are of the configurations, and each is small", async () => {
    const names = (await readdir(new URL("./configurations/", import.meta.url))).sort();
    expect(Object.keys(planScenarios).sort()).toEqual(names);
    expect(files.length).toBeGreaterThanOrEqual(names.length);
    for (const file of files) expect((await text(file)).length).toBeLessThan(100_000);
  });

  it.each(files)("name no folder, server or time of the machine that made them: %s", async (file) => {
    const content = await text(file);
    expect(content).not.toMatch(/127\.0\.0\.1|localhost|\/tmp\/|\/home\/|\/root\//);
    expect(content.match(/20\d\d-\d\d-\d\dT[\d:]+Z/g) ?? []).toSatisfy((times: readonly string[]) =>
      times.every((time) => time === "2026-11-30T06:00:00Z"),
    );
  });

  it.each(files.filter((file) => !file.includes(".state.")))("are read: %s", async (file) => {
    const plan = await readPlan(await readFile(new URL(file, folder)));
    expect(plan).toMatchObject({ tool: "terraform", toolVersion: "1.11.4" });
    expect(plan.kind).toBe(
      file.startsWith("failed") ? "errored" : /-only\.json$/.test(file) ? "refresh-only" : "plan",
    );
  });
});
