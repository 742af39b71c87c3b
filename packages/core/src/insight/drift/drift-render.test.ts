import { describe, expect, it } from "vitest";
import type { CoverageDocument, DriftDocument, DriftedResourceEntry } from "../../drift/index.ts";
import { renderCoverageText } from "./coverage-text.ts";
import { renderDriftText } from "./drift-text.ts";

const resource = (address: string, own: Partial<DriftedResourceEntry> = {}): DriftedResourceEntry => ({
  address,
  type: "aws_instance",
  region: "us-east-1",
  change: "changed",
  severity: "cost",
  moves_cost: false,
  paths: ["instance_type"],
  ignored: false,
  ignored_paths: [],
  monthly_before: null,
  monthly_after: null,
  monthly_delta: "1.005",
  notes: [],
  ...own,
});

const drift = (own: Partial<DriftDocument> = {}): DriftDocument => ({
  schema: 1,
  status: "drift",
  currency: "USD",
  counts: { cost: 1, allocation: 0, other: 0, ignored: 0 },
  changed: 1,
  deleted: 0,
  monthly_delta: "1.005",
  partial: false,
  resources: [],
  planned_tag_losses: [],
  ...own,
});

/** The lines, with one space where there are several. */
const lines = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().replaceAll(/ +/g, " "));

describe("drift in a terminal", () => {
  it.each([
    [{ status: "no_drift" }, "No drift"],
    [{}, "+$1.01 a month by drift"],
    [{ monthly_delta: "-5" }, "-$5.00 a month by drift"],
    [{ partial: true }, "+$1.01 a month by drift, without what is not known"],
    [{ monthly_delta: null }, "Drift of unknown cost"],
    [
      { monthly_delta: "0", counts: { cost: 0, allocation: 1, other: 0, ignored: 0 } },
      "Drift that does not change the bill",
    ],
    [
      { monthly_delta: "0", partial: true, counts: { cost: 0, allocation: 1, other: 0, ignored: 0 } },
      "Drift, some of it of unknown cost",
    ],
  ] as const)("begins with %j as %s", (own, headline) => {
    expect(lines(renderDriftText(drift(own)))[2]?.replace("−", "-")).toBe(headline);
  });

  it("lists what drifted by severity, with amounts that add up to the total", () => {
    const text = renderDriftText(
      drift({
        counts: { cost: 3, allocation: 1, other: 1, ignored: 1 },
        changed: 4,
        deleted: 1,
        monthly_delta: "2.01",
        resources: [
          resource("a", { deposed: "1a2b" }),
          resource("b", { change: "deleted" }),
          resource("c", { monthly_delta: null }),
          resource("d", { severity: "allocation", paths: ["tags.App", "tags.Team"], monthly_delta: "0" }),
          resource("e", { severity: "other", monthly_delta: "0" }),
          resource("f", { ignored: true }),
        ],
        planned_tag_losses: [{ address: "g", path: "tags.App" }],
      }),
    );
    expect(lines(text).filter((line) => line !== "")).toEqual([
      "Dapanoskop · drift",
      "+$2.01 a month by drift",
      "4 changed and 1 deleted outside of Terraform: 3 by cost, 1 by allocation, 1",
      "other. 1 ignored by rules.",
      expect.stringMatching(/ a month$/),
      expect.stringMatching(/^~ a \(deposed 1a2b\) \+\$1\.0[01]$/),
      "instance_type",
      expect.stringMatching(/^- b \+\$1\.0[01]$/),
      "~ c not known",
      "instance_type",
      expect.any(String),
      "~ d",
      "tags.App, tags.Team",
      expect.any(String),
      "~ e",
      "instance_type",
      expect.stringMatching(/^! The apply of this plan takes tags\.App off g and sets no other: its cost/),
      expect.any(String),
    ]);
    const cents = [...text.matchAll(/~ a .*\+\$1\.(\d\d)|- b .*\+\$1\.(\d\d)/g)].map(([, a, b]) =>
      Number(a ?? b),
    );
    expect(cents.reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  it("lists twenty of each severity and says how many more there are", () => {
    const many = (count: number) =>
      lines(
        renderDriftText(drift({ resources: Array.from({ length: count }, (_, at) => resource(`r${at}`)) })),
      );
    expect(many(20).join("\n")).not.toMatch(/more/);
    expect(many(21).filter((line) => line.startsWith("~ r"))).toHaveLength(20);
    expect(many(21).at(-1)).toMatch(/\b1 more resource\b/);
    expect(many(25).at(-1)).toMatch(/\b5 more resources\b/);
  });
});

describe("the coverage of spend in a terminal", () => {
  const service = (name: string, managed: string, unmanaged: string) => ({
    service: name,
    managed,
    unmanaged,
    unattributable: "0",
  });
  const coverage = (own: Partial<CoverageDocument> = {}): CoverageDocument => ({
    schema: 1,
    currency: "USD",
    start: "2026-03-01",
    end: "2026-04-01",
    total: "100.005",
    managed: "60.335",
    unmanaged: "30.335",
    unattributable: "9.335",
    percent: "66.5",
    managed_resources: 7,
    charged_managed_resources: 5,
    services: [service("EC2", "60.335", "20.335"), service("S3", "0", "10"), service("SQS", "0", "0")],
    unmanaged_resources: 2,
    resources: [
      { resource_id: "i-1", service: "EC2", cost: "20.335" },
      { resource_id: "bucket", service: "S3", cost: "10" },
    ],
    ...own,
  });

  it("has parts that add up to the total, the worst services and the dearest resources", () => {
    const text = lines(renderCoverageText(coverage())).filter((line) => line !== "");
    expect(text.slice(0, 2)).toEqual([
      "Dapanoskop · spend that Terraform manages",
      "2026-03-01 to 2026-04-01, the end excluded. 7 managed resources, 5 of them with a charge.",
    ]);
    const of = (name: string) => text.find((line) => line.startsWith(name))?.slice(name.length + 1);
    const cents = ["Managed", "Unmanaged", "Names no resource"].map((name) =>
      Math.round(Number(of(name)?.replace("$", "")) * 100),
    );
    expect(of("Total")).toBe("$100.01");
    expect(cents.reduce((sum, one) => sum + one, 0)).toBe(10_001);
    expect(of("Managed, of what names a resource")).toBe("66.5 %");
    expect(of("EC2")).toMatch(/^\$20\.3[34] \$60\.3[34]$/);
    expect(of("S3")).toBe("$10.00 $0.00");
    expect(of("SQS")).toBeUndefined();
    expect([of("i-1"), of("bucket")]).toEqual(["$20.34", "$10.00"]);
    expect(text.join("\n")).not.toMatch(/more/);
  });

  it("says what it does not list, and that a share of nothing is none", () => {
    const resources = Array.from({ length: 22 }, (_, at) => ({
      resource_id: `i-${at}`,
      service: "EC2",
      cost: "1",
    }));
    const services = Array.from({ length: 21 }, (_, at) => service(`S${at}`, "0", "1"));
    const text = renderCoverageText(
      coverage({ percent: null, unmanaged_resources: 1_022, resources, services }),
    );
    expect(text).toMatch(/Managed, of what names a resource +n\/a/);
    expect(text).toMatch(/\b1 more service\b/);
    expect(text).toMatch(/\b1,?002 more resources\b/);
    expect(lines(text).filter((line) => line.startsWith("i-"))).toHaveLength(20);
    const none = renderCoverageText(coverage({ services: [], resources: [], unmanaged_resources: 0 }));
    expect(none).not.toMatch(/UNMANAGED/);
  });
});
