import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { changeKeptPlan, LOCAL_OWNER } from "@dapanoskop/plans";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPlanStorage } from "./store.ts";
import { type CommandSetup, dapanoskop } from "./testing/run-command.ts";

const real = (name: string) =>
  fileURLToPath(new URL(`../../../tests/plans/json/${name}.json`, import.meta.url));

async function aPlace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-plan-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `dapanoskop plan` where nothing is published and nothing is kept yet. */
async function plan(argv: readonly string[], setup: CommandSetup & { readonly place?: string } = {}) {
  const place = setup.place ?? (await aPlace());
  const places = ["--store", join(place, "data"), "--state", join(place, "state")];
  return dapanoskop(["plan", ...argv, ...places], setup);
}

const aFile = async (text: string) => {
  const path = join(await aPlace(), "plan.json");
  await writeFile(path, text);
  return path;
};

describe("dapanoskop plan", () => {
  it("prices a plan of the real Terraform, from a file as from standard input", async () => {
    const fromFile = await plan([real("resize")]);
    expect(fromFile).toMatchObject({ code: 0 });
    expect(fromFile.err).toMatch(
      /^! Nothing is published in .*: the plan is priced by list prices alone\.\n$/,
    );
    expect(fromFile.out).toContain("-/+ aws_ebs_volume.data");
    expect(fromFile.out).toContain("+$32.00");
    const input = await readFile(real("resize"));
    const { code, out } = fromFile;
    expect(await plan(["-"], { input })).toMatchObject({ code, out });
  });

  it("writes JSON in the published shape", async () => {
    const { code, out } = await plan([real("actions"), "--format", "json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      tool: "terraform",
      tool_version: "1.11.4",
      format_version: "1.2",
      kind: "plan",
      counts: {
        create: 0,
        update: 0,
        delete: 0,
        replace: 2,
        read: 0,
        import: 1,
        move: 1,
        forget: 1,
        no_op: 2,
        outputs: 1,
      },
      drift: { changed: 0, deleted: 0, resources: [] },
      cost: { currency: "USD", monthly_before: expect.stringMatching(/^[\d.]+$/) },
      resources: expect.arrayContaining([
        expect.objectContaining({ address: "aws_ebs_volume.tainted", reason: "replace_because_tainted" }),
      ]),
    });
  });

  it("writes Markdown with the marker of the project", async () => {
    const { out } = await plan([real("resize"), "--format", "markdown", "--project", "acme/infra"]);
    expect(out.startsWith("<!-- dapanoskop plan acme%2Finfra -->\n")).toBe(true);
  });

  it.each([
    ["plan text", "Terraform will perform the following actions:", "terraform show -json tfplan"],
    ["another format", '{"format_version":"2.0"}', "versions 1.x are supported"],
    ["a plan that is cut off", '{"format_version":"1.2","resource_changes":[{"a":"planted', "not valid JSON"],
  ])("refuses %s with a sentence that names the file and no content", async (_, text, words) => {
    const file = await aFile(text);
    const { code, out, err } = await plan([file]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(`${file}: `);
    expect(err).toContain(words);
    expect(err).not.toContain("planted");
  });

  it("refuses more bytes than a plan may have", async () => {
    const { code, err } = await plan(["-"], { input: new Uint8Array(40_000_000).fill(0x20) });
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining("more than 10 MB") });
  });

  it("says that there is no such file", async () => {
    const { code, err } = await plan(["nowhere/plan.json"]);
    expect({ code, err }).toEqual({ code: 1, err: "There is no file nowhere/plan.json.\n" });
  });

  it("asks for a region, and takes it from --region", async () => {
    const asked = await plan([real("unknown")]);
    expect(asked).toMatchObject({ code: 1, err: expect.stringContaining("Give it by --region") });
    expect((await plan([real("unknown"), "--region", "us-east-1"])).code).toBe(0);
    const wrong = await plan([real("unknown"), "--region", "Frankfurt"]);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("like eu-central-1") });
  });

  it("ends with 1 for a plan that failed, whatever its rules are", async () => {
    const { code, out } = await plan([real("failed-import"), "--fail-on", "delta>100"]);
    expect(code).toBe(1);
    expect(out).toContain("The plan failed.");
  });
});

describe("the gate of dapanoskop plan", () => {
  it("ends with 4 where a rule holds, and with 0 where none does", async () => {
    const failed = await plan([real("resize"), "--fail-on", "delta>100", "--fail-on", "deletes>0"]);
    expect(failed.code).toBe(4);
    expect(failed.out).toContain("The gate fails.\n  delta>100 holds.\n");
    expect(failed.out).not.toContain("deletes>0");
    expect((await plan([real("resize"), "--fail-on", "deletes>0"])).code).toBe(0);
  });

  it("keeps JSON whole: its reasons are written beside it", async () => {
    const { code, out, err } = await plan([real("resize"), "--format", "json", "--fail-on", "replaces>0"]);
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ schema: 1 });
    expect(err).toContain("The gate fails: replaces>0 holds.");
  });

  it.each(["delta>", "cost>100", "delta>a"])("refuses the rule %s with 2", async (rule) => {
    const { code, err } = await plan([real("resize"), "--fail-on", rule]);
    expect(code).toBe(2);
    expect(err).toMatch(/--fail-on: The rule .* is not understood.*dapanoskop help plan/);
  });

  it("passes with an approval of this plan, and asks again where the plan has changed", async () => {
    const { out } = await plan([real("resize"), "--format", "json"]);
    const { fingerprint } = JSON.parse(out) as { readonly fingerprint: string };
    const gate = ["--fail-on", "delta>100", "--approved", fingerprint];
    expect((await plan([real("resize"), ...gate])).code).toBe(0);
    const changed = JSON.parse(await readFile(real("resize"), "utf8"));
    changed.resource_changes.find(
      ({ type }: { type: string }) => type === "aws_ebs_volume",
    ).change.after.size += 1;
    const again = await plan([await aFile(JSON.stringify(changed)), ...gate]);
    expect(again.code).toBe(4);
    expect(again.out.replaceAll(/\s+/g, " ")).toContain("The approval is of another plan");
    expect((await plan([real("resize"), "--approved", "x"])).code).toBe(2);
  });
});

describe("a kept plan", () => {
  it("is kept once for its project, redacted, and has another id in another project", async () => {
    const place = await aPlace();
    const keep = (project: string) => plan([real("sensitive"), "--project", project], { place });
    const [first, second, other] = [await keep("acme/a"), await keep("acme/a"), await keep("acme/b")];
    const idIn = ({ err }: { readonly err: string }) => /[0-9a-f]{32}/.exec(err)?.[0];
    expect(first.err).toMatch(/^Kept as /);
    expect(second.err).toMatch(/^It was kept before as /);
    expect(idIn(second)).toBe(idIn(first));
    expect(idIn(other)).not.toBe(idIn(first));
    const files = await readdir(join(place, "state"), { recursive: true, withFileTypes: true });
    const bodies = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "utf8")),
    );
    expect(bodies.length).toBeGreaterThan(2);
    expect(bodies.filter((body) => /hunter2|variable-in-plain-text/.test(body))).toEqual([]);
  });

  it("is compared with by its id", async () => {
    const place = await aPlace();
    const { err } = await plan([real("resize"), "--project", "a"], { place });
    const id = /[0-9a-f]{32}/.exec(err)?.[0] ?? "";
    const same = await plan([real("resize"), "--compare", id], { place });
    expect(same.out).toContain("Both have the same content.");
    const byFile = await plan([real("drifted"), "--compare", real("resize"), "--format", "json"], { place });
    expect(JSON.parse(byFile.out).comparison).toMatchObject({
      is_same_plan: false,
      removed: [{ address: "aws_nat_gateway.private" }],
    });
    const unknown = await plan([real("resize"), "--compare", "f".repeat(32)], { place });
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("No plan f") });
  });

  it("shows what each resource adds to the difference, and the rows add up to it", async () => {
    const { out } = await plan([real("resize"), "--compare", real("drifted")]);
    const compared = out.slice(out.indexOf("COMPARED WITH"));
    expect(compared).toMatch(/changed: +aws_instance\.web +\+\$685\.62\n/);
    expect(compared).toMatch(/changed: +aws_ebs_volume\.data +\+\$24\.00\n/);
    expect(compared).toMatch(/Difference of the totals +\+\$742\.47\n/);
    const back = await plan([real("drifted"), "--compare", real("resize")]);
    expect(back.out).toMatch(/only in the other: aws_nat_gateway\.private +−\$32\.85\n/);
  });

  it("that somebody approved passes the gate, as long as it is the same plan", async () => {
    const place = await aPlace();
    const gate = (name: string) => plan([real(name), "--project", "a", "--fail-on", "creates>0"], { place });
    const { code, err } = await gate("resize");
    expect(code).toBe(4);
    const id = /[0-9a-f]{32}/.exec(err)?.[0] ?? "";
    await changeKeptPlan(await openPlanStorage(join(place, "state")), LOCAL_OWNER, id, {
      approval: { by: "ada", at: "2026-03-08T07:00:00Z" },
    });
    expect((await gate("resize")).code).toBe(0);
    expect((await gate("drifted")).code).toBe(4);
  });

  it("needs a name that a key can hold, and a folder", async () => {
    expect((await plan([real("resize"), "--project", "a#b"])).code).toBe(2);
    const table = await dapanoskop(["plan", real("resize"), "--project", "a", "--state", "dynamodb:t"]);
    expect(table).toMatchObject({ code: 1, err: expect.stringContaining("--state") });
  });
});
