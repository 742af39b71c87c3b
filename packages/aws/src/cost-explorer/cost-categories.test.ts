import { describe, expect, it } from "vitest";
import { answers, refuses } from "../testing/scripted-endpoint.ts";
import { scripted } from "../testing/scripted-source.ts";

const february = { start: "2026-02-01", end: "2026-03-01" };

describe("the cost categories with cost", () => {
  it("keep the order of their pages", async () => {
    const { source, requests } = await scripted([
      answers({ CostCategoryNames: ["Team", "CostCenter"], NextPageToken: "two" }),
      answers({ CostCategoryNames: ["Zoë's $"] }),
    ]);
    expect(await source.costCategories(february)).toEqual(["Team", "CostCenter", "Zoë's $"]);
    expect(requests.map(({ operation, body }) => [operation, body])).toEqual([
      ["GetCostCategories", { TimePeriod: { Start: "2026-02-01", End: "2026-03-01" } }],
      ["GetCostCategories", { TimePeriod: { Start: "2026-02-01", End: "2026-03-01" }, NextPageToken: "two" }],
    ]);
    expect(source.requestCosts).toMatchObject({ pages: 0, other: 2 });
  });

  it("may be none, which is a normal case", async () => {
    const { source } = await scripted([answers({ ReturnSize: 0, TotalSize: 0 })]);
    expect(await source.costCategories(february)).toEqual([]);
  });

  it("fail when a name, a page or a token repeats", async () => {
    const again: readonly (readonly [object, object])[] = [
      [{ CostCategoryNames: ["A"], NextPageToken: "x" }, { CostCategoryNames: ["B", "A"] }],
      [
        { CostCategoryNames: ["A"], NextPageToken: "x" },
        { CostCategoryNames: ["A"], NextPageToken: "y" },
      ],
      [
        { CostCategoryNames: ["A"], NextPageToken: "x" },
        { CostCategoryNames: ["B"], NextPageToken: "x" },
      ],
    ];
    for (const [first, second] of again) {
      const { source } = await scripted([answers(first), answers(second)]);
      await expect(source.costCategories(february)).rejects.toMatchObject({
        failure: "protocol",
        window: february,
      });
    }
  });

  it("are read again when their pages are stale", async () => {
    const { source } = await scripted([
      answers({ CostCategoryNames: ["Old"], NextPageToken: "two" }),
      refuses("InvalidNextTokenException", "stale"),
      answers({ CostCategoryNames: ["New"] }),
    ]);
    expect(await source.costCategories(february)).toEqual(["New"]);
  });

  it("are not taken for none when an answer does not contain them", async () => {
    for (const answer of [{}, [], { ReturnSize: 1, TotalSize: 1 }]) {
      const { source } = await scripted([answers(answer)]);
      await expect(source.costCategories(february)).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringMatching(/page 1 .*no CostCategoryNames/),
      });
      await expect(source.splitCharges("CostCenter")).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringMatching(/page 1 .*CostCategoryReferences/),
      });
    }
  });

  it("are unavailable while Cost Explorer has no data", async () => {
    const { source } = await scripted([refuses("DataUnavailableException", "not yet")]);
    await expect(source.costCategories(february)).rejects.toMatchObject({ failure: "data-unavailable" });
  });
});

describe("split charges", () => {
  const arn = "arn:aws:ce::123456789012:costcategory/1";
  const listed = answers({ CostCategoryReferences: [{ Name: "CostCenter", CostCategoryArn: arn }] });
  const defined = (SplitChargeRules?: readonly unknown[]) =>
    answers({ CostCategory: { Name: "CostCenter", CostCategoryArn: arn, Rules: [], SplitChargeRules } });
  const fixed = (values: readonly unknown[], type = "ALLOCATION_PERCENTAGES") => ({
    Source: "Shared",
    Targets: ["A", "B", "C"],
    Method: "FIXED",
    Parameters: [{ Type: type, Values: values }],
  });

  it("come from the definition of that name, in the order of its rules", async () => {
    const { source, requests } = await scripted([
      answers({
        CostCategoryReferences: [{ Name: "Other", CostCategoryArn: "arn:other" }],
        NextToken: "two",
      }),
      listed,
      defined([
        { Source: "Shared", Targets: ["B", "A"], Method: "PROPORTIONAL" },
        { Source: "", Targets: ["A", "B", "C"], Method: "EVEN", Parameters: [] },
        fixed(["15", "20", "65"]),
      ]),
    ]);
    expect(await source.splitCharges("CostCenter")).toEqual([
      { source: "Shared", targets: ["B", "A"], method: { kind: "proportional" } },
      { source: null, targets: ["A", "B", "C"], method: { kind: "even" } },
      {
        source: "Shared",
        targets: ["A", "B", "C"],
        method: { kind: "fixed", percentages: ["15", "20", "65"] },
      },
    ]);
    expect(requests.map(({ operation, body }) => [operation, body])).toEqual([
      ["ListCostCategoryDefinitions", { MaxResults: 100 }],
      ["ListCostCategoryDefinitions", { MaxResults: 100, NextToken: "two" }],
      ["DescribeCostCategoryDefinition", { CostCategoryArn: arn }],
    ]);
    expect(source.requestCosts).toMatchObject({ pages: 0, other: 3 });
  });

  it("are found without paying for the pages after the one with the name", async () => {
    const { source, requests } = await scripted([
      answers({ CostCategoryReferences: [{ Name: "CostCenter", CostCategoryArn: arn }], NextToken: "two" }),
      defined(),
    ]);
    expect(await source.splitCharges("CostCenter")).toEqual([]);
    expect(requests).toHaveLength(2);
  });

  it("are null when no such cost category is defined, or it was deleted since", async () => {
    const none = await scripted([answers({ CostCategoryReferences: [] })]);
    expect(await none.source.splitCharges("__proto__")).toBeNull();
    const deleted = await scripted([listed, refuses("ResourceNotFoundException", "gone")]);
    expect(await deleted.source.splitCharges("CostCenter")).toBeNull();
  });

  it("recognize uncategorized spend as a source in every spelling", async () => {
    for (const Source of ["", "No cost category: CostCenter", "No Cost Category: CostCenter"]) {
      const { source } = await scripted([listed, defined([{ Source, Targets: ["A"], Method: "EVEN" }])]);
      expect(await source.splitCharges("CostCenter")).toMatchObject([{ source: null }]);
    }
  });

  it("may have percentages with decimals", async () => {
    const { source } = await scripted([listed, defined([fixed(["33.33", "33.33", "33.34"])])]);
    expect(await source.splitCharges("CostCenter")).toMatchObject([
      { method: { percentages: ["33.33", "33.33", "33.34"] } },
    ]);
  });

  const wrong: readonly [string, unknown, RegExp][] = [
    [
      "an unknown method",
      { Source: "Shared", Targets: ["A"], Method: "BY_HEADCOUNT" },
      /"BY_HEADCOUNT" is unknown/,
    ],
    ["no target", { Source: "Shared", Targets: [], Method: "EVEN" }, /no target/],
    ["a target twice", { Source: "Shared", Targets: ["A", "A"], Method: "EVEN" }, /target twice/],
    [
      "its source as a target",
      { Source: "Shared", Targets: ["Shared"], Method: "EVEN" },
      /among its targets/,
    ],
    ["percentages for too few", fixed(["50", "50"]), /2 percentages for 3 targets/],
    [
      "percentages that are not 100",
      fixed(["33.33", "33.33", "33.33"]),
      /"33\.33, 33\.33, 33\.33" do not add up to 100/,
    ],
    ["a percentage below 0", fixed(["-10", "50", "60"]), /below 0/],
    ["a percentage that is no number", fixed(["a third", "1", "1"]), /not a decimal number/],
    ["no percentages", { ...fixed([]), Parameters: undefined }, /0 lists of percentages/],
    ["percentages of another kind", fixed(["15", "20", "65"], "WEIGHTS"), /0 lists of percentages/],
  ];
  for (const [name, rule, sentence] of wrong) {
    it(`fail on a rule with ${name}`, async () => {
      const { source } = await scripted([listed, defined([rule])]);
      await expect(source.splitCharges("CostCenter")).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringMatching(sentence),
      });
    });
  }

  it("name the wrong rule and where to correct it", async () => {
    const { source } = await scripted([listed, defined([fixed(["1", "2", "3"])])]);
    await expect(source.splitCharges("CostCenter")).rejects.toThrow(
      /cost category "CostCenter".*rule of "Shared".*Billing console, or switch split charges off/,
    );
  });

  it("fail when the answer defines another category, or none", async () => {
    for (const answer of [
      { CostCategory: { Name: "Team" } },
      {},
      { CostCategory: { Name: "CostCenter", SplitChargeRules: [{}] } },
    ]) {
      const { source } = await scripted([listed, answers(answer)]);
      await expect(source.splitCharges("CostCenter")).rejects.toMatchObject({
        failure: "protocol",
        window: null,
      });
    }
  });
});

describe("the tag keys of charges", () => {
  it("are read from all pages, counted as other requests, without the empty key of untagged charges", async () => {
    const { source, requests } = await scripted([
      answers({ Tags: ["", "App", "Team"], ReturnSize: 3, TotalSize: 4, NextPageToken: "two" }),
      answers({ Tags: ["aws:createdBy"], ReturnSize: 1, TotalSize: 4 }),
    ]);
    expect(await source.tagKeys?.(february)).toEqual(["App", "Team", "aws:createdBy"]);
    expect(requests.map(({ operation }) => operation)).toEqual(["GetTags", "GetTags"]);
    expect(source.requestCosts).toMatchObject({ pages: 0, other: 2 });
  });

  it("fail in a sentence that names the permission", async () => {
    const { source } = await scripted([refuses("AccessDeniedException", "no")]);
    await expect(source.tagKeys?.(february)).rejects.toMatchObject({
      failure: "access-denied",
      message: expect.stringContaining("Grant ce:GetTags to the role that collects."),
    });
  });
});
