import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePlans, type GateResult, type PlanDocument, planReport, readPlan } from "../../plan/index.ts";
import { aPlannedChange, listPrices, planBytes, realPlan } from "../../plan/testing/index.ts";
import { displayWidth } from "../../text/index.ts";
import { planMarker, renderComparisonText, renderPlanMarkdown, renderPlanText } from "./index.ts";

const reportOf = async (bytes: Uint8Array) =>
  planReport(await readPlan(bytes), { ...listPrices, region: "us-east-1" });

const planOf = (...resource_changes: readonly Readonly<Record<string, unknown>>[]) =>
  reportOf(planBytes({ resource_changes }));

const aVolume = (address: string, size: number) =>
  aPlannedChange({
    address,
    actions: ["create"],
    after: { type: "gp3", size, iops: 3000, throughput: 125 },
  });

const comment = (plan: PlanDocument, gate: GateResult | null = null) =>
  renderPlanMarkdown(plan, { project: null, gate, comparison: null });

const hostile = [
  "a|b",
  "`whoami`",
  "``` ``",
  "<script>alert(1)</script>",
  "[x](javascript:alert(1))",
  "![x](https://evil.example/x.png)",
  "@everyone #1",
  "--> <img src=x>",
  "a\nb\r\n| c |",
  "\u202egnp.exe",
  "\u001b[31mred",
  "*_~",
  "&lt;b&gt;",
];

const named = (name: string) => `aws_ebs_volume.a["${name}"]`;

describe("resources that a list leaves out", () => {
  const volumes = (count: number) =>
    planOf(...Array.from({ length: count }, (_, at) => aVolume(`aws_ebs_volume.v${at}`, 100 + at)));
  const others = /and \d+ more resources?(?= |$)/;

  it("are counted in the singular and in the plural, in each form", async () => {
    const texts: string[] = [];
    for (let count = 15; count < 60; count++) {
      const plan = await volumes(count);
      for (const text of [renderPlanText(plan), comment(plan)]) texts.push(...(others.exec(text) ?? []));
    }
    expect(texts.filter((text) => text === "and 1 more resource")).toHaveLength(2);
    expect(texts).toContain("and 2 more resources");
    expect(texts.filter((text) => /\b1 more resources/.test(text))).toEqual([]);
  });
});

describe("the text of a plan", () => {
  it("reads like this", async () => {
    expect(renderPlanText(await reportOf(await realPlan("resize")))).toMatchInlineSnapshot(`
      "Dapanoskop · plan of Terraform 1.11.4

      +$197.42 a month (+985.0 %)
      Of what is known, a month costs $20.04 before and $217.46 after.
      1 to create, 1 to update and 1 to replace; 1 unchanged.
      The total is partial: of the resources, 2 depend on usage.

      CHANGES OF COST                                                          a month
        ~   aws_instance.web                                                  +$132.57
        +   aws_nat_gateway.private                                            +$32.85
        -/+ aws_ebs_volume.data                                                +$32.00
      "
    `);
  });

  it("says that a plan failed, and of what", async () => {
    const text = renderPlanText(await reportOf(await realPlan("failed-import")));
    expect(text).toContain("The plan failed.");
    expect(text).not.toContain("No changes");
    expect(text).not.toContain("$0.00");
  });

  it("says of a plan that changes outputs alone that it changes no resources, and how many outputs", async () => {
    const output = { actions: ["create"], before: null, after: "a" };
    const plan = async (outputs: object) =>
      reportOf(planBytes({ resource_changes: undefined, output_changes: outputs }));
    const [one, none] = [await plan({ a: output }), await plan({})];
    expect([one.kind, one.counts.outputs, none.kind]).toEqual(["refresh-only", 1, "refresh-only"]);
    for (const text of [renderPlanText(one), comment(one)]) {
      expect(text).toContain("The plan changes no resources: 1 output to change.");
      expect(text).not.toContain("efresh-only");
    }
    expect(comment(none)).toContain("### Refresh-only plan");
    expect(renderPlanText(none)).toContain("A refresh-only plan: it changes nothing but the state.");
  });

  it("names drift apart from changes", async () => {
    const text = renderPlanText(await reportOf(await realPlan("drifted")));
    expect(text).toContain("1 to create and 2 to update");
    expect(text.replaceAll("\n", " ")).toContain("2 changed and 1 deleted outside of Terraform");
  });

  it("says what to do where a list price is missing, and only there", async () => {
    const volume = aVolume("aws_ebs_volume.a", 10);
    const inRegion = async (region: string) =>
      planReport(await readPlan(planBytes({ resource_changes: [volume] })), { ...listPrices, region });
    const command = "dapanoskop prices update --plan FILE";
    const [missing, listed] = [await inRegion("ap-south-2"), await inRegion("us-east-1")];
    expect(renderPlanText(missing).replaceAll("\n", " ")).toContain(command);
    expect(comment(missing)).toContain(command);
    expect(renderPlanText(listed) + comment(listed)).not.toContain(command);
  });

  it("never says 0 for what is not known", async () => {
    const plan = await planOf(
      aPlannedChange({ address: "aws_ivs_channel.a", actions: ["create"], after: {} }),
    );
    expect(renderPlanText(plan)).toContain("Change of cost not known");
    expect(comment(plan)).toContain("Change of cost not known");
  });

  it("fits the columns of the terminal, whatever the names are", async () => {
    for (const name of ["actions", "addresses", "unknown", "modules", "drifted", "failed-import"]) {
      const document = await reportOf(await realPlan(name));
      const gate = { passed: false, isApproved: false, reasons: ["x ".repeat(200)] };
      const lines = renderPlanText(document, gate, { columns: 80, ansi: false }).split("\n");
      expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([]);
    }
    const document = await planOf(...hostile.map((name) => aVolume(named(name.repeat(20)), 100)));
    const text = renderPlanText(document) + renderComparisonText(comparePlans(document, await planOf()));
    expect(text.split("\n").filter((line) => displayWidth(line) > 80)).toEqual([]);
    expect(text).not.toMatch(/[\u001b\u202e\r]/);
  });

  it("lists at most twenty changes and then how many there are, and all rows add up to the total", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 16_000 }), { minLength: 1, maxLength: 45 });
    await fc.assert(
      fc.asyncProperty(sizes, async (all) => {
        const document = await planOf(...all.map((size, at) => aVolume(`aws_ebs_volume.a[${at}]`, size)));
        const text = renderPlanText(document);
        const cents = (line: string) =>
          Number((/\+\$([\d,.]+)/.exec(line)?.[1] ?? "0").replaceAll(/[,.]/g, ""));
        const lines = text.split("\n");
        const rows = lines.filter((line) => /^ {2}(\+ {3}aws|and \d+ more)/.test(line));
        expect(rows.length).toBeLessThanOrEqual(21);
        const headline = lines.find((line) => line.includes("a month") && line.startsWith("+")) ?? "";
        expect(rows.reduce((sum, row) => sum + cents(row), 0)).toBe(cents(headline));
      }),
      { numRuns: 40 },
    );
  });

  it("rounds half up: 16.425 reads 16.43", async () => {
    const balancer = aPlannedChange({
      address: "aws_lb.a",
      actions: ["create"],
      after: { load_balancer_type: "application" },
    });
    expect(renderPlanText(await planOf(balancer))).toContain("+$16.43");
  });
});

describe("the comment of a plan", () => {
  it("begins with a marker, which CI finds it by, and has one table", async () => {
    const plan = await reportOf(await realPlan("resize"));
    const text = renderPlanMarkdown(plan, { project: "acme/infra", gate: null, comparison: null });
    expect(text.startsWith("<!-- dapanoskop plan acme%2Finfra -->\n")).toBe(true);
    expect(text.match(/^\| --- /gm)).toHaveLength(1);
    expect(text).toMatch(/^\| \*\*Total.*\| \*\*\+\$197\.42\*\* \|$/m);
    expect(planMarker(null)).toBe("<!-- dapanoskop plan -->");
    expect(planMarker("a --> <script>")).not.toMatch(/<script|--> </);
  });

  it.each(hostile)(
    "holds the name %j as code: it is no markup, no mention and no further row",
    async (name) => {
      const plan = await planOf(aVolume(named(name), 100));
      const text = comment(plan);
      const rows = text.split("\n").filter((line) => line.startsWith("|"));
      // Head, line, the resource and the total.
      expect(rows).toHaveLength(4);
      for (const row of rows.slice(2)) expect(row.replaceAll("\\|", "").match(/\|/g)).toHaveLength(4);
      const outside = text
        .replace(/^<!-- dapanoskop plan -->/, "")
        .replaceAll(/(`+)(?:(?!\1)[\s\S])*?[^`]\1(?!`)/g, "")
        .replaceAll(/<\/?(details|summary|sub)>/g, "");
      expect(outside).not.toMatch(/[<@`]|\]\(|\u202e|\u001b/);
    },
  );

  it("is at most as long as a comment may be", async () => {
    const names = Array.from({ length: 400 }, (_, at) => named(`${"x".repeat(300)}${at}`));
    const plan = await planOf(
      ...names.map((name) => aVolume(name, 100)),
      ...names.map((name) =>
        aPlannedChange({
          address: name.replace("aws_ebs_volume", "aws_ivs_channel"),
          actions: ["create"],
          after: {},
        }),
      ),
    );
    expect(comment(plan).length).toBeLessThan(65_536);
  });

  it("says what the gate says", async () => {
    const plan = await reportOf(await realPlan("resize"));
    const failed = comment(plan, { passed: false, isApproved: false, reasons: ["delta>100 holds."] });
    expect(failed).toMatch(/\*\*The gate fails\.\*\*\n- `delta>100 holds\.`/);
    const approved = comment(plan, { passed: true, isApproved: true, reasons: ["delta>100 holds."] });
    expect(approved).toContain("this plan is approved");
  });
});
