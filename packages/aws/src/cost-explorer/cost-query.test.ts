import { moneyText, parseMoney } from "@dapanoskop/core/money";
import type { CostQuery, CostRow } from "@dapanoskop/core/source";
import { describe, expect, it } from "vitest";
import { answers, refuses } from "../testing/scripted-endpoint.ts";
import {
  aGoodPage,
  aGroup,
  aPage,
  aQuery,
  aResult,
  byApp,
  costs,
  scripted,
} from "../testing/scripted-source.ts";

const usd = (text: string) => parseMoney(text, "USD");
const seen = (rows: readonly CostRow[]) => rows.map(({ day, keys, cost }) => [day, ...keys, moneyText(cost)]);

describe("a cost query", () => {
  it("requests the cost and the usage quantity, grouped and filtered by AWS's names", async () => {
    const { source, requests } = await scripted([answers(aPage([]))]);
    await source.query(
      aQuery({
        groupBy: [
          { by: "tag", key: "App" },
          { by: "costCategory", name: "CostCenter" },
        ],
        filter: {
          of: { by: "service" },
          match: "equals",
          caseSensitive: true,
          values: ["Amazon Simple Storage Service"],
        },
      }),
    );
    expect(requests.map(({ operation, body }) => [operation, body])).toEqual([
      [
        "GetCostAndUsage",
        {
          TimePeriod: { Start: "2026-02-01", End: "2026-03-01" },
          Granularity: "DAILY",
          Metrics: ["UnblendedCost", "UsageQuantity"],
          GroupBy: [
            { Type: "TAG", Key: "App" },
            { Type: "COST_CATEGORY", Key: "CostCenter" },
          ],
          Filter: { Dimensions: { Key: "SERVICE", Values: ["Amazon Simple Storage Service"] } },
        },
      ],
    ]);
  });

  it("requests the metric of the query, and no group where the query has none", async () => {
    const { source, requests } = await scripted([answers(aPage([]))]);
    await source.query(aQuery({ metric: "NetAmortizedCost", granularity: "MONTHLY" }));
    expect(requests[0]?.body).toEqual({
      TimePeriod: { Start: "2026-02-01", End: "2026-03-01" },
      Granularity: "MONTHLY",
      Metrics: ["NetAmortizedCost", "UsageQuantity"],
    });
  });

  it("fails before it costs a request when Cost Explorer would refuse it", async () => {
    const { source, requests } = await scripted([answers(aPage([]))]);
    const dimensions = [{ by: "service" }, { by: "region" }, { by: "operation" }] as const;
    const empty = { start: "2026-03-01", end: "2026-03-01" };
    const refused: readonly [CostQuery, RegExp][] = [
      [aQuery({ groupBy: dimensions }), /two keys at most/],
      [aQuery({ window: empty }), /contains no day/],
      [aQuery({ filter: { and: [] } }), /empty list of conditions in its "and"/],
      [
        aQuery({ filter: { of: { by: "service" }, match: "equals", caseSensitive: true, values: [] } }),
        /no value/,
      ],
    ];
    for (const [query, sentence] of refused) {
      await expect(source.query(query)).rejects.toMatchObject({
        failure: "validation",
        message: expect.stringMatching(sentence),
      });
    }
    await expect(source.forecast({ window: empty, metric: "UnblendedCost" })).rejects.toMatchObject({
      failure: "validation",
    });
    await expect(source.costCategories(empty)).rejects.toMatchObject({ failure: "validation" });
    expect(requests).toHaveLength(0);
  });
});

describe("the keys of a group", () => {
  it("reads App$ and CostCenter$ as charges without, and keeps a $ inside of a value", async () => {
    const query = aQuery({
      groupBy: [
        { by: "tag", key: "App" },
        { by: "costCategory", name: "CostCenter" },
      ],
    });
    const groups = [
      aGroup(["App$a$b", "CostCenter$"], "1"),
      aGroup(["App$", "CostCenter$Shared"], "2"),
      aGroup(["App$Untagged", "No cost category: CostCenter"], "3"),
      aGroup(["App$web", "CostCenter$No cost category: CostCenter"], "4"),
    ];
    const { source } = await scripted([answers(aPage([aResult("2026-02-01", groups)]))]);
    expect(seen((await source.query(query)).rows)).toEqual([
      ["2026-02-01", "a$b", null, "1"],
      ["2026-02-01", null, "Shared", "2"],
      ["2026-02-01", "Untagged", null, "3"],
      ["2026-02-01", "web", null, "4"],
    ]);
  });

  it("keeps dimension keys unchanged, also empty ones", async () => {
    const query = aQuery({ groupBy: [{ by: "region" }, { by: "usageType" }] });
    const { source } = await scripted([
      answers(aPage([aResult("2026-02-01", [aGroup(["", "NoUsageType"]), aGroup(["a$", "x"])])])),
    ]);
    const { rows } = await source.query(query);
    expect(rows.map(({ keys }) => keys)).toEqual([
      ["", "NoUsageType"],
      ["a$", "x"],
    ]);
  });

  it("keeps every cent of workloads with hostile names", async () => {
    const names = [
      "__proto__",
      "constructor",
      "<img onerror=…>",
      "\u0000\u0000",
      "\u202egnp",
      "x".repeat(10_000),
    ];
    const { source } = await scripted([
      answers(
        aPage([
          aResult(
            "2026-02-01",
            names.map((name) => aGroup([`App$${name}`], "0.01")),
          ),
        ]),
      ),
    ]);
    const { rows } = await source.query(byApp);
    expect(rows.map(({ keys }) => keys[0])).toEqual(names);
    expect(rows.every(({ cost }) => cost.units === usd("0.01").units)).toBe(true);
  });

  it("refuses a key of another grouping, and too many or too few keys", async () => {
    for (const [keys, what] of [
      [["Team$web"], /does not begin with/],
      [["App$web", "more"], /2 keys where 1/],
      [[], /0 keys where 1/],
    ] as const) {
      const { source } = await scripted([answers(aPage([aResult("2026-02-01", [aGroup(keys)])]))]);
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringMatching(what),
      });
    }
  });
});

describe("an answer", () => {
  it("is exact: exponents, ten decimals and credits are kept", async () => {
    const amounts = ["0.1", "1E-7", "-0.0000000001", "1234567890.1234567891"];
    const { source } = await scripted([
      answers(
        aPage([
          aResult(
            "2026-02-01",
            amounts.map((amount, at) => aGroup([`App$${at}`], amount)),
          ),
        ]),
      ),
    ]);
    const { rows } = await source.query(byApp);
    expect(rows.map(({ cost }) => cost)).toEqual(amounts.map(usd));
  });

  it("reads an ungrouped total as the one row without keys", async () => {
    const { source } = await scripted([
      answers(aPage([aResult("2026-02-01", [], { Total: costs("12.50") })])),
    ]);
    const { rows } = await source.query(aQuery());
    expect(rows).toEqual([
      {
        day: "2026-02-01",
        keys: [],
        cost: usd("12.50"),
        quantity: { units: 1_000_000_000_000n, unit: "N/A" },
      },
    ]);
  });

  it("keeps the unit of quantities, and N/A where the answer has none", async () => {
    const quantities = [{ Amount: "2.5", Unit: "GB-Mo" }, { Amount: "3" }];
    const groups = quantities.map((UsageQuantity, at) => ({
      Keys: [`App$${at}`],
      Metrics: { UnblendedCost: { Amount: "1", Unit: "USD" }, UsageQuantity },
    }));
    const { source } = await scripted([answers(aPage([aResult("2026-02-01", groups)]))]);
    const { rows } = await source.query(byApp);
    expect(rows.map(({ quantity }) => quantity)).toEqual([
      { units: 2_500_000_000_000n, unit: "GB-Mo" },
      { units: 3_000_000_000_000n, unit: "N/A" },
    ]);
  });

  it("names the periods that are still estimates, and accepts periods without a group", async () => {
    const { source } = await scripted([
      answers(
        aPage([
          aResult("2026-02-02", [], { Estimated: true }),
          aResult("2026-02-01", [aGroup(["App$web"])], { Estimated: true }),
          aResult("2026-02-03", []),
        ]),
      ),
    ]);
    const { rows, estimated } = await source.query(byApp);
    expect(estimated).toEqual(["2026-02-01", "2026-02-02"]);
    expect(rows).toHaveLength(1);
  });

  it("of months dates a row by the first day of the month within the window", async () => {
    const query = aQuery({
      granularity: "MONTHLY",
      window: { start: "2026-01-15", end: "2026-02-08" },
    });
    const { source } = await scripted([
      answers(
        aPage([
          aResult("2026-01-15", [], {
            TimePeriod: { Start: "2026-01-15", End: "2026-02-01" },
            Total: costs("1"),
          }),
          aResult("2026-02-01", [], {
            TimePeriod: { Start: "2026-02-01", End: "2026-02-08" },
            Total: costs("2"),
          }),
        ]),
      ),
    ]);
    expect(seen((await source.query(query)).rows)).toEqual([
      ["2026-01-15", "1"],
      ["2026-02-01", "2"],
    ]);
  });
});

describe("pages", () => {
  const three = [
    aPage([aResult("2026-02-01", [aGroup(["App$a"]), aGroup(["App$b"])])], "two"),
    // The first day continues here, then the second one begins.
    aPage([aResult("2026-02-01", [aGroup(["App$c"])]), aResult("2026-02-02", [aGroup(["App$a"])])], "three"),
    aPage([aResult("2026-02-02", [aGroup(["App$b"])])], ""),
  ] as const;
  const all = [
    ["2026-02-01", "a", "1"],
    ["2026-02-01", "b", "1"],
    ["2026-02-01", "c", "1"],
    ["2026-02-02", "a", "1"],
    ["2026-02-02", "b", "1"],
  ];

  it("returns every group of three pages once, and repeats the request with each token", async () => {
    const { source, requests } = await scripted([answers(three[0]), answers(three[1]), answers(three[2])]);
    expect(seen((await source.query(byApp)).rows)).toEqual(all);
    const [first, ...others] = requests.map(({ body }) => body);
    expect(others).toEqual([
      { ...first, NextPageToken: "two" },
      { ...first, NextPageToken: "three" },
    ]);
    expect(source.requestCosts).toEqual({ pages: 3, other: 0, priceUsd: usd("0.03") });
  });

  it("succeeds although the second page is throttled twice", async () => {
    const { source, sleeps } = await scripted([
      answers(three[0]),
      refuses("ThrottlingException", "Rate exceeded"),
      refuses("LimitExceededException", "You made too many calls"),
      answers(three[1]),
      answers(three[2]),
    ]);
    expect(seen((await source.query(byApp)).rows)).toEqual(all);
    // Half of 1 s, half of 2 s, between pages a fifth of a second apart.
    expect(sleeps).toEqual([200, 500, 1_000, 200]);
    expect(source.requestCosts.pages).toBe(3);
  });

  it("fails when a token repeats an earlier one, long before the ceiling", async () => {
    const page = (at: number, token: string) =>
      answers(aPage([aResult("2026-02-01", [aGroup([`App$${at}`])])], token));
    const repeated = await scripted([page(1, "again"), page(2, "again"), page(3, "again")]);
    await expect(repeated.source.query(byApp)).rejects.toMatchObject({
      failure: "protocol",
      window: byApp.window,
      message: expect.stringMatching(/by tag "App".* for 2026-02-01 to 2026-02-28: page 2 leads back/),
    });
    expect(repeated.requests).toHaveLength(2);
    const cyclic = await scripted([page(1, "a"), page(2, "b"), page(3, "c"), page(4, "a")]);
    await expect(cyclic.source.query(byApp)).rejects.toMatchObject({ failure: "protocol" });
    expect(cyclic.requests).toHaveLength(4);
  });

  it("fails when a page comes twice, also one without any group", async () => {
    for (const result of [aResult("2026-02-01", [aGroup(["App$a"])]), aResult("2026-02-01", [])]) {
      const { source } = await scripted([answers(aPage([result], "x")), answers(aPage([result], "y"))]);
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringContaining("page 2 repeats page 1"),
      });
    }
  });

  it("fails when a group comes twice, on one page or two, naming page, day and group", async () => {
    const group = aGroup(["App$a"], "1");
    const doubled = [
      [aPage([aResult("2026-02-01", [group, aGroup(["App$a"], "2")])])],
      [
        aPage([aResult("2026-02-01", [group])], "two"),
        aPage([aResult("2026-02-01", [aGroup(["App$b"]), group])]),
      ],
    ];
    for (const pages of doubled) {
      const [first = aGoodPage, ...more] = pages;
      const { source } = await scripted([answers(first), ...more.map(answers)]);
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringMatching(/page \d, 2026-02-01, group .*App\$a.* comes twice/),
      });
    }
  });

  it("fails when an ungrouped day is totalled twice", async () => {
    const day = (amount: string) => aResult("2026-02-01", [], { Total: costs(amount) });
    const { source } = await scripted([answers(aPage([day("1"), day("2")]))]);
    await expect(source.query(aQuery())).rejects.toMatchObject({ failure: "protocol" });
  });

  it("fails on a token that is longer than AWS writes", async () => {
    const { source } = await scripted([answers(aPage([], "t".repeat(8_193)))]);
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "protocol",
      message: expect.stringMatching(/page 1 .*"NextPageToken": .*8,192/),
    });
  });

  it("accepts a token of 8,192 characters", async () => {
    const { source } = await scripted([answers(aPage([], "t".repeat(8_192))), answers(aGoodPage)]);
    expect((await source.query(byApp)).rows).toHaveLength(1);
  });
});

describe("stale pages", () => {
  const stale = [
    refuses("InvalidNextTokenException", "The pagination token is invalid."),
    refuses("RequestChangedException", "Your request parameters changed between pages."),
  ] as const;

  it("are dropped and read again from the first one, so that no group is counted twice", async () => {
    const { source, requests } = await scripted([
      answers(aPage([aResult("2026-02-01", [aGroup(["App$a"], "5")])], "two")),
      stale[0],
      answers(aPage([aResult("2026-02-01", [aGroup(["App$a"], "6")])], "two")),
      stale[1],
      answers(aPage([aResult("2026-02-01", [aGroup(["App$a"], "7")])], "two")),
      answers(aPage([aResult("2026-02-01", [aGroup(["App$b"], "1")])])),
    ]);
    expect(seen((await source.query(byApp)).rows)).toEqual([
      ["2026-02-01", "a", "7"],
      ["2026-02-01", "b", "1"],
    ]);
    expect(requests.map(({ body }) => body.NextPageToken)).toEqual([
      undefined,
      "two",
      undefined,
      "two",
      undefined,
      "two",
    ]);
    // The dropped pages have been charged.
    expect(source.requestCosts.pages).toBe(4);
  });

  it("fail after two restarts", async () => {
    const first = answers(aPage([], "two"));
    const { source, requests } = await scripted([first, stale[0], first, stale[0], first, stale[0]]);
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "protocol",
      message: expect.stringMatching(/changed between its pages.*InvalidNextTokenException.*2 restarts/),
    });
    expect(requests).toHaveLength(6);
  });
});

describe("an answer that is not as documented", () => {
  const day = (more: object) => ({ ...aResult("2026-02-01", [aGroup(["App$web"])]), ...more });
  const grouped = (group: unknown) => aPage([aResult("2026-02-01", [group])]);
  const period = (Start: string, End: string) => aPage([day({ TimePeriod: { Start, End } })]);
  const broken: readonly [string, unknown, RegExp][] = [
    ["no results", {}, /page 1 .*ResultsByTime/],
    ["an empty array", [1], /page 1 .*ResultsByTime/],
    ["no groups", aPage([day({ Groups: undefined })]), /lacks its groups/],
    ["no keys", grouped({ Metrics: costs("1") }), /Keys/],
    ["a key that is no text", grouped(aGroup([7])), /Keys/],
    ["no metrics", grouped({ Keys: ["App$web"] }), /Metrics/],
    ["no cost", grouped({ Keys: ["App$web"], Metrics: { UsageQuantity: { Amount: "1" } } }), /UnblendedCost/],
    [
      "no quantity",
      grouped({ Keys: ["App$web"], Metrics: { UnblendedCost: { Amount: "1", Unit: "USD" } } }),
      /UsageQuantity/,
    ],
    ["an amount that is a number", grouped(aGroup(["App$web"], 12.5)), /Amount/],
    ["no amount", grouped({ Keys: ["App$web"], Metrics: { UnblendedCost: { Unit: "USD" } } }), /Amount/],
    ["NaN", grouped(aGroup(["App$web"], "NaN")), /no number: "NaN"/],
    ["Infinity", grouped(aGroup(["App$web"], "Infinity")), /no number/],
    ["an amount with a comma", grouped(aGroup(["App$web"], "1,5")), /no number/],
    ["an amount that would never end", grouped(aGroup(["App$web"], "1e999999999")), /no number/],
    [
      "a quantity that is no number",
      grouped({
        Keys: ["App$web"],
        Metrics: { UnblendedCost: { Amount: "1", Unit: "USD" }, UsageQuantity: { Amount: "many" } },
      }),
      /quantity that is no number/,
    ],
    ["no period", aPage([day({ TimePeriod: undefined })]), /TimePeriod/],
    ["a day that is none", period("2026-02-30", "2026-03-01"), /not a day/],
    ["a day before the window", period("2026-01-31", "2026-02-01"), /outside/],
    ["a day after the window", period("2026-03-01", "2026-03-02"), /outside/],
    ["a period of two days", period("2026-02-01", "2026-02-03"), /not one day/],
    ["a period without a day", period("2026-02-02", "2026-02-02"), /no day/],
    ["an estimate that is neither", aPage([day({ Estimated: "maybe" })]), /Estimated/],
    ["a token that is no text", aPage([], 7), /NextPageToken/],
  ];

  for (const [name, page, sentence] of broken) {
    it(`is an error that names the page and the query: ${name}`, async () => {
      const { source, requests } = await scripted([answers(page)]);
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "protocol",
        window: byApp.window,
        message: expect.stringMatching(sentence),
      });
      await expect(source.query(byApp)).rejects.toThrow(/DAILY UnblendedCost by tag "App".*page 1/);
      expect(requests).toHaveLength(2);
    });
  }

  it("is an error when months overlap or span", async () => {
    const query = aQuery({
      granularity: "MONTHLY",
      window: { start: "2026-01-01", end: "2026-03-01" },
    });
    const month = (Start: string, End: string) =>
      aResult(Start, [], { TimePeriod: { Start, End }, Total: costs("1") });
    for (const [results, sentence] of [
      [[month("2026-01-01", "2026-02-01"), month("2026-01-20", "2026-02-01")], /overlaps \[2026-01-01/],
      [[month("2026-01-01", "2026-03-01")], /spans two months/],
    ] as const) {
      const { source } = await scripted([answers(aPage(results))]);
      await expect(source.query(query)).rejects.toThrow(sentence);
    }
  });

  it("is an error when an ungrouped query gets groups, or no total", async () => {
    for (const result of [
      day({}),
      aResult("2026-02-01", [], { Total: undefined }),
      aResult("2026-02-01", []),
    ]) {
      const { source } = await scripted([answers(aPage([result]))]);
      await expect(source.query(aQuery())).rejects.toMatchObject({ failure: "protocol" });
    }
  });

  it("names the second page when that is the invalid one", async () => {
    const { source } = await scripted([
      answers(aPage([], "two")),
      answers(grouped(aGroup(["App$web"], "?"))),
    ]);
    await expect(source.query(byApp)).rejects.toThrow(/page 2, 2026-02-01, group .*App\$web/);
  });

  it("quotes names escaped and cut", async () => {
    const { source } = await scripted([answers(grouped(aGroup([`Team$\n\u202e${"x".repeat(10_000)}`])))]);
    const error: unknown = await source.query(byApp).catch((thrown: unknown) => thrown);
    const message = error instanceof Error ? error.message : "";
    expect(message).toMatch(/does not begin with/);
    expect(message).not.toMatch(/[\n\u202e]/);
    expect(message.length).toBeLessThan(800);
  });
});

describe("the currency", () => {
  it("is one for the whole run: a second one is an error that names both", async () => {
    const { source } = await scripted([
      answers(aPage([aResult("2026-02-01", [aGroup(["App$web"], "1", "USD")])])),
      answers(aPage([aResult("2026-02-01", [aGroup(["App$web"], "1", "EUR")])])),
    ]);
    await source.query(byApp);
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "currency",
      message: expect.stringMatching(/page 1, 2026-02-01.*"EUR".*"USD"/),
    });
  });

  it("cannot change within an answer", async () => {
    const groups = [aGroup(["App$a"], "1", "EUR"), aGroup(["App$b"], "1", "USD")];
    const { source } = await scripted([answers(aPage([aResult("2026-02-01", groups)]))]);
    await expect(source.query(byApp)).rejects.toMatchObject({ failure: "currency" });
  });

  it("must be named: N/A stands for a mix of several", async () => {
    for (const unit of ["N/A", "", null]) {
      const { source } = await scripted([
        answers(aPage([aResult("2026-02-01", [aGroup(["App$web"], "1", unit)])])),
      ]);
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "currency",
        message: expect.stringMatching(/page 1, 2026-02-01, group .* without one currency/),
      });
    }
  });

  it("is the one of the bill", async () => {
    const { source } = await scripted([
      answers(aPage([aResult("2026-02-01", [aGroup(["App$web"], "1", "CNY")])])),
    ]);
    expect((await source.query(byApp)).rows[0]?.cost).toEqual(parseMoney("1", "CNY"));
  });
});
