import { writeFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderState } from "@dapanoskop/local/state-folder";
import { driftFindings, driftProject, LOCAL_OWNER } from "@dapanoskop/plans";
import { describe, expect, it } from "vitest";
import { aFolder } from "./testing/a-folder.ts";
import { dapanoskop } from "./testing/run-command.ts";

const plan = (name: string) =>
  fileURLToPath(new URL(`../../../tests/plans/json/${name}.json`, import.meta.url));

async function places() {
  const folder = await aFolder();
  await mkdir(folder, { recursive: true });
  return { folder, state: join(folder, "state"), store: join(folder, "store") };
}

describe("dapanoskop drift", () => {
  it("shows what changes the bill first, by list prices, and what moves cost", async () => {
    const { store } = await places();
    const { code, out } = await dapanoskop(["drift", plan("drifted-refresh-only"), "--store", store]);
    expect(code).toBe(0);
    expect(out).toContain("+$545.05 a month by drift\n");
    expect(out).toMatch(
      /2 changed and 1 deleted outside of Terraform: 2 by cost, 1 by allocation, 0\s+other\./,
    );
    expect(out).toMatch(/CHANGES THE BILL +a month\n {2}~ aws_instance\.web +\+\$553\.05\n/);
    expect(out).toMatch(/- aws_ebs_volume\.data +−\$8\.00\n/);
    expect(out).toMatch(
      /MOVES COST BETWEEN WORKLOADS\n {2}~ aws_cloudwatch_log_group\.web\n {6}tags\.App, tags\.LastPatched/,
    );
  });

  it("is the same as JSON, with exact amounts", async () => {
    const { store } = await places();
    const { out } = await dapanoskop(["drift", plan("drifted"), "--store", store, "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      status: "drift",
      changed: 2,
      deleted: 1,
      monthly_delta: "545.048",
      counts: { cost: 2, allocation: 1, other: 0, ignored: 0 },
      resources: [
        {
          address: "aws_instance.web",
          severity: "cost",
          monthly_before: "12.042",
          monthly_after: "565.09",
          monthly_delta: "553.048",
        },
        { address: "aws_ebs_volume.data", change: "deleted", monthly_delta: "-8" },
        { address: "aws_cloudwatch_log_group.web", severity: "allocation", monthly_delta: "0" },
      ],
    });
  });

  it("says no drift where Terraform lists untagged resources alone", async () => {
    const { store } = await places();
    const { code, out } = await dapanoskop([
      "drift",
      plan("first-refresh-only"),
      "--store",
      store,
      "--fail-on",
      "any",
    ]);
    expect([code, out.includes("No drift\n")]).toEqual([0, true]);
  });

  it("ignores what a file says, counts it, and refuses a wrong file by its lines", async () => {
    const { folder, store } = await places();
    const rules = join(folder, "ignored");
    writeFileSync(rules, "# patched by night\naws_cloudwatch_log_group.*: tags\n");
    const args = ["drift", plan("drifted"), "--store", store, "--ignore", rules];
    expect((await dapanoskop(args)).out).toMatch(/0 by allocation, 0\s+other\. 1 ignored by rules\./);
    expect((await dapanoskop([...args, "--fail-on", "allocation"])).code).toBe(0);
    writeFileSync(rules, "aws_instance\n");
    const wrong = await dapanoskop(args);
    expect([wrong.code, wrong.err]).toEqual([
      1,
      expect.stringContaining('Line 1: "aws_instance" is not a rule.'),
    ]);
  });

  it("is a gate by severity", async () => {
    const { store } = await places();
    const code = async (name: string, severity: string) =>
      (await dapanoskop(["drift", plan(name), "--store", store, "--fail-on", severity])).code;
    expect(await code("drifted", "cost")).toBe(4);
    expect(await code("drifted", "other")).toBe(0);
    expect(await code("drifted", "any")).toBe(4);
    // The renamed default tag goes from the root volume.
    expect(await code("default-tags", "allocation")).toBe(4);
    expect(await code("drifted", "all")).toBe(2);
  });

  it("records scans of a project: a failed one keeps the last good one, with its age", async () => {
    const { state, store } = await places();
    const project = ["--project", "acme/infra", "--state", state, "--store", store];
    const good = await dapanoskop(["drift", plan("drifted"), ...project], { at: "2026-03-08T06:00:00Z" });
    expect(good.code).toBe(0);
    const failed = await dapanoskop(
      ["drift", "--failed", "terraform init failed: no credentials", ...project],
      {
        at: "2026-03-11T06:00:00Z",
      },
    );
    expect(failed.code).toBe(0);
    expect(failed.out).toBe("");
    expect(failed.err).toContain(
      "The last scan that succeeded is 3 days old (2026-03-08T06:00:00Z): there was drift.",
    );
    const records = folderState(state);
    expect(await driftProject(records, LOCAL_OWNER, "acme/infra")).toMatchObject({
      latest: { status: "failed", reason: "terraform init failed: no credentials" },
      last_good: { status: "drift", monthly_delta: "545.048" },
    });
    const findings = await driftFindings(records, LOCAL_OWNER, "acme/infra");
    expect(findings.map(({ address, resolved_at }) => [address, resolved_at])).toEqual([
      ["aws_instance.web", null],
      ["aws_ebs_volume.data", null],
      ["aws_cloudwatch_log_group.web", null],
    ]);
  });

  it.each([
    ["failed-import", "The plan is errored"],
    ["targeted", "The plan is not complete"],
  ])("is a failed scan where the plan says nothing: %s", async (name, reason) => {
    const { state, store } = await places();
    const result = await dapanoskop([
      "drift",
      plan(name),
      "--project",
      "p",
      "--state",
      state,
      "--store",
      store,
    ]);
    expect(result.code).toBe(1);
    expect(result.out).toBe("");
    expect(result.err).toContain(`The scan failed: ${reason}`);
    expect(await driftProject(folderState(state), LOCAL_OWNER, "p")).toMatchObject({
      latest: { status: "failed" },
      last_good: null,
    });
  });

  it("is a failed scan where the file is no plan, and reads one from standard input", async () => {
    const { store } = await places();
    const input = await readFile(plan("drifted"));
    expect((await dapanoskop(["drift", "-", "--store", store], { input })).code).toBe(0);
    const wrong = await dapanoskop(["drift", "-", "--store", store], { input: input.subarray(0, 900) });
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("The scan failed: ")]);
  });

  it.each([
    [["drift"], "dapanoskop drift needs FILE or --failed REASON, and not both."],
    [["drift", "a", "--failed", "b", "--project", "p"], "and not both."],
    [["drift", "--failed", "b"], "it needs --project."],
    [["drift", "a", "--project", "#"], "--project must have 1 to 50 letters"],
    [["drift", "a", "--region", "moon"], "--region must be a region of AWS"],
  ])("refuses %j", async (argv, sentence) => {
    const { code, err } = await dapanoskop(argv);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });
});
