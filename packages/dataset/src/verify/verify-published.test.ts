import { billSource, type CostSource } from "@dapanoskop/core/source";
import { sha256Hex } from "@dapanoskop/core/store";
import { aBill, aCharge, CollectionFixture, daily, parquet } from "@dapanoskop/pipeline/testing";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { IndexDocument } from "../documents/index-document.ts";
import { renderDocument } from "../documents/parse.ts";
import type { Summary } from "../documents/summary.ts";
import { INDEX_KEY, PRIOR_PERIOD_TO_DATE_FILE, SUMMARY_FILE } from "../keys/file-kinds.ts";
import { stableKey } from "../keys/key.ts";
import { memoryStore } from "../store/index.ts";
import { verifyPublished } from "./verify-published.ts";

type Index = {
  source: object;
  periods: string[];
  snapshot: Record<string, object>;
  history: { generation: number; run_id: string }[];
};

const hostile = ["__proto__", "=1+1", "a$b", "Untagged", "\u202e\0", "", "a\ud83d", "a\ufffd"];

/** Two runs on successive days, a split charge, hostile names, amounts with many decimals: similar to a real store. */
async function publishedTwice(): Promise<CollectionFixture> {
  const fixture = new CollectionFixture();
  const bill = aBill(
    [
      ...daily("2024-11-01", "2026-03-09", { cost: "0.1000000001" }),
      ...daily("2025-02-10", "2026-03-09", { workload: "api", center: "B", cost: "12345.6789012345" }),
      ...daily("2025-03-01", "2026-03-09", { workload: null, center: null, cost: "0.004" }),
      ...daily("2025-03-01", "2026-03-09", { workload: "tools", center: "Shared", cost: "3.33" }),
      ...hostile.map((workload) => aCharge("2026-02-03", { workload, cost: "0.333333333333" })),
      aCharge("2026-03-01", {
        chargeType: "Tax",
        service: "Tax",
        usageType: "NoUsageType",
        workload: null,
        cost: "7.77",
      }),
      aCharge("2026-03-02", { chargeType: "Credit", workload: null, cost: "-2.5" }),
    ],
    [
      {
        name: "CostCenter",
        splitCharges: [{ source: "Shared", targets: ["A", "B"], method: { kind: "proportional" } }],
      },
    ],
  );
  await fixture.collect(bill, { at: "2026-03-08T06:00:00Z", backfill: 3 });
  await fixture.collect(bill, { at: "2026-03-09T06:00:00Z" });
  return fixture;
}

/** Changes a store to one that was published before there was a prior-period-to-date file: consistent, and without it. */
async function removePriorPeriodToDate({ store }: CollectionFixture): Promise<void> {
  const json = (key: string) => JSON.parse(new TextDecoder().decode(store.objects.get(key)?.body));
  const put = async (key: string, document: unknown) => {
    const object = store.objects.get(key);
    if (object !== undefined) await store.overwrite(key, { ...object, body: renderDocument(document) });
  };
  const index: IndexDocument = json(INDEX_KEY);
  for (const [period, { files }] of Object.entries(index.snapshot)) {
    const named = files[SUMMARY_FILE];
    if (named === undefined) continue;
    const summary: Summary = json(named.key);
    delete summary.files[PRIOR_PERIOD_TO_DATE_FILE];
    const body = renderDocument(summary);
    files[SUMMARY_FILE] = { key: named.key, sha256: await sha256Hex(body), bytes: body.length };
    store.remove(files[PRIOR_PERIOD_TO_DATE_FILE]?.key ?? "");
    delete files[PRIOR_PERIOD_TO_DATE_FILE];
    store.remove(stableKey(period, PRIOR_PERIOD_TO_DATE_FILE));
    for (const key of [named.key, stableKey(period, SUMMARY_FILE)]) await put(key, summary);
  }
  await put(INDEX_KEY, index);
}

describe("verifying what is published", () => {
  let fixture: CollectionFixture;
  beforeAll(async () => {
    fixture = await publishedTwice();
  });

  const damaged = async (key: string, change: (body: Uint8Array) => Uint8Array | null) => {
    const store = memoryStore();
    for (const [name, object] of fixture.store.objects) {
      const body = name === key ? change(object.body.slice()) : object.body;
      if (body !== null) await store.overwrite(name, { body, contentType: object.contentType });
    }
    return verifyPublished(store, parquet);
  };

  it("finds no fault in what was published", async () => {
    const verification = await verifyPublished(fixture.store, parquet);
    expect(verification?.faults).toEqual([]);
    expect(verification).toMatchObject({ months: 4 });
    expect(verification?.sums).toBeGreaterThan(150);
    const index = JSON.parse(new TextDecoder().decode((await fixture.store.get(INDEX_KEY))?.body)) as Index;
    const summaries = await Promise.all(index.periods.map((month) => fixture.summary(month)));
    const published = summaries.flatMap(({ files }) => Object.values(files).map(({ rows }) => rows));
    expect(verification?.rows).toBe(published.reduce((total, rows) => total + rows, 0));
    // Every file was read, the index too.
    expect(verification?.files).toBe(fixture.store.objects.size);
  });

  it("accepts what AWS rounded, in several views of the same days at once", async () => {
    const at = "2026-03-08T06:00:00Z";
    const inner = billSource(aBill(daily("2025-01-01", "2026-03-08", { cost: "0.3333333333" })), { at });
    const nudges: Readonly<Record<string, bigint>> = { costCategory: 100n, usageType: -100n };
    const source: CostSource = {
      ...inner,
      async query(question) {
        const answer = await inner.query(question);
        const [first, second] = question.groupBy;
        const isPart = !question.window.start.endsWith("-01");
        const nudge = first?.by === "tag" && !isPart ? (nudges[second?.by ?? ""] ?? 0n) : 0n;
        const rows = answer.rows.map((row) => ({
          ...row,
          cost: { ...row.cost, units: row.cost.units + nudge },
        }));
        return { ...answer, rows };
      },
    };
    const rounded = new CollectionFixture();
    await rounded.collect(source, { at });
    const { reconciliation } = await rounded.summary("2026-03");
    expect(reconciliation.residuals.map(({ view, period }) => `${view} ${period}`)).toEqual(
      expect.arrayContaining([
        "cost_centers 2026-03",
        "usage_types 2026-03",
        "cost_centers_prior_partial 2026-02",
        "usage_types_prior_partial 2026-02",
      ]),
    );
    expect((await verifyPublished(rounded.store, parquet))?.faults).toEqual([]);
  });

  it("needs no prior-period-to-date file of a month that was published before there was one, until it is collected again", async () => {
    const old = new CollectionFixture();
    const bill = aBill(daily("2025-01-01", "2026-03-09"));
    await old.collect(bill, { at: "2026-03-08T06:00:00Z", backfill: 2 });
    await removePriorPeriodToDate(old);
    expect(await old.files()).not.toHaveProperty(["2026-03/cost-by-usage-type-like-for-like.parquet"]);
    expect((await verifyPublished(old.store, parquet))?.faults).toEqual([]);

    await old.collect(bill, { at: "2026-03-09T06:00:00Z" });
    const stable = (await old.store.list("")).filter((key) => /^20.*-like-for-like/.test(key));
    expect(stable.map((key) => key.slice(0, 7))).toEqual(["2026-02", "2026-03"]);
    expect((await verifyPublished(old.store, parquet))?.faults).toEqual([]);
  });

  it("gives null where nothing is published", async () => {
    expect(await verifyPublished(memoryStore(), parquet)).toBeNull();
  });

  it("finds an index that cannot be read", async () => {
    const unreadable = await damaged(INDEX_KEY, (body) => body.subarray(1));
    expect([unreadable?.months, unreadable?.faults.length]).toEqual([0, 1]);
    expect(unreadable?.faults[0]).toContain(INDEX_KEY);
  });

  it("finds one flipped bit in any file, replaced ones too", async () => {
    const keys = [...fixture.store.objects.keys()].filter((key) => key !== INDEX_KEY);
    expect(keys.filter((key) => key.startsWith("_runs/20260308")).length).toBeGreaterThan(3);
    expect(keys.filter((key) => key.endsWith(PRIOR_PERIOD_TO_DATE_FILE)).length).toBeGreaterThan(8);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...keys), fc.nat(), fc.nat(7), async (key, at, bit) => {
        const verification = await damaged(key, (body) => {
          const offset = at % body.length;
          body[offset] = (body[offset] ?? 0) ^ (1 << bit);
          return body;
        });
        expect(verification?.faults.join(" ")).toContain(key);
      }),
      {
        numRuns: 60,
        // An amount that becomes larger than any bill.
        examples: [
          [
            "_runs/20260309T060000Z-02020202020202020202020202020202/2026-02/cost-by-day.parquet",
            517_236_735,
            2,
          ],
        ],
      },
    );
  });

  it("finds any missing file", async () => {
    for (const key of fixture.store.objects.keys()) {
      if (key === INDEX_KEY) continue;
      expect((await damaged(key, () => null))?.faults, key).not.toEqual([]);
    }
  });

  it("finds an amount that was changed by a cent in a summary of an earlier run", async () => {
    const key =
      [...fixture.store.objects.keys()].find((one) => /_runs\/20260308.*2026-03\/summary/.test(one)) ?? "";
    const verification = await damaged(key, (body) => {
      const summary = JSON.parse(new TextDecoder().decode(body));
      summary.cost_centers[0].workloads[0].current_cost_usd += 0.01;
      return renderDocument(summary);
    });
    expect(verification?.faults).toEqual([expect.stringContaining(`${key} is not what was published`)]);
  });

  const march = (own: object) => (index: Index) => Object.assign(index.snapshot["2026-03"] ?? {}, own);
  const total = (run: string, as_of: string, total_cost_usd = 1) => ({ run_id: run, as_of, total_cost_usd });
  const edits: readonly (readonly [string, (index: Index) => unknown, RegExp])[] = [
    [
      "the generation",
      (index) => Object.assign(index, { generation: 7 }),
      /its history does not end with it/,
    ],
    ["the run", (index) => Object.assign(index, { run_id: "x" }), /its history does not end with it/],
    [
      "the time of publication",
      (index) => Object.assign(index, { published_at: "2026-03-10T06:00:00Z" }),
      /is no run of 2026-03-10T06:00:00Z/,
    ],
    [
      "the source",
      (index) => Object.assign(index, { source: { ...index.source, tag_key: "Team" } }),
      /2026-03: index.json and the month's summary name different sources/,
    ],
    ["the order of the months", (index) => index.periods.reverse(), /index.json lists 2025-12, 2026-01/],
    ["a month", (index) => delete index.snapshot["2026-01"], /has snapshots of 2026-03, 2026-02, 2025-12/],
    ["the trend", (index) => Object.assign(index, { shared: {} }), /index.json names no trend.json/],
    [
      "a gap in the history",
      (index) => Object.assign(index.history[0] ?? {}, { generation: 7 }),
      /has a gap/,
    ],
    [
      "the length of the history",
      (index) =>
        index.history.unshift(
          ...Array.from({ length: 64 }, (_, at) => ({ generation: at + 1, run_id: "x" })),
        ),
      /longer than 64/,
    ],
    [
      "a run in the history",
      (index) => Object.assign(index.history[0] ?? {}, { run_id: `20250101T060000Z-${"0".repeat(32)}` }),
      /no file of that run exists/,
    ],
    ["a total", march({ total_cost_usd: 1 }), /disagree about run, time, state or total/],
    ["the state", march({ is_mtd: false }), /disagree about run, time, state or total/],
    ["the estimate", march({ estimated: false }), /disagree about run, time, state or total/],
    [
      "the time of a collection",
      march({ as_of: "2026-03-01T00:00:00Z" }),
      /is no run of 2026-03-01T00:00:00Z/,
    ],
    [
      "the files",
      march({ files: {} }),
      /index.json names no cost-by-workload.parquet, cost-by-usage-type.parquet, summary.json/,
    ],
    [
      "the time of an earlier total",
      march({ restated: [total(`20260307T060000Z-${"0".repeat(32)}`, "2026-03-06T06:00:00Z")] }),
      /2026-03, earlier total: 20260307T060000Z-0+ is no run of 2026-03-06/,
    ],
    [
      "the order of earlier totals",
      march({ restated: [total(`20260310T060000Z-${"0".repeat(32)}`, "2026-03-10T06:00:00Z")] }),
      /not in the order in which they were collected/,
    ],
  ];

  it.each([
    [0, false],
    [1, true],
  ])("takes earlier totals of the same second, and none of a later one: %i s", async (later, isFault) => {
    const second = `0${later}`;
    const verification = await damaged(INDEX_KEY, (body) => {
      const index: Index = JSON.parse(new TextDecoder().decode(body));
      const run = `20260309T0600${second}Z-${"0".repeat(32)}`;
      march({ restated: [total(run, `2026-03-09T06:00:${second}Z`)] })(index);
      return renderDocument(index);
    });
    expect(/not in the order/.test(verification?.faults.join("\n") ?? "")).toBe(isFault);
  });

  it("does not blame daily.json where a file of its months cannot be read", async () => {
    for (const file of ["cost-by-day.parquet", "cost-by-service.parquet"]) {
      const key = [...fixture.store.objects.keys()].find(
        (name) => name.startsWith("_runs/") && name.endsWith(`2026-03/${file}`),
      );
      const faults = (await damaged(key ?? "", () => new TextEncoder().encode("PAR1")))?.faults ?? [];
      expect(faults.join("\n")).toContain(file);
      expect(faults.filter((fault) => fault.startsWith("daily.json"))).toEqual([]);
    }
  });

  it.each(edits)("finds an index that was edited: %s", async (_, change, fault) => {
    const verification = await damaged(INDEX_KEY, (body) => {
      const index: Index = JSON.parse(new TextDecoder().decode(body));
      change(index);
      return renderDocument(index);
    });
    expect(verification?.faults.join("\n")).toMatch(fault);
  });

  it.each<[string, (index: Index) => unknown, RegExp]>([
    [
      "equal months",
      (index) => Object.assign(index, { periods: Array(100_000).fill("2026-03") }),
      /index.json is not as published: periods: .*1200/,
    ],
    [
      "equal months, as many as there may be",
      (index) => Object.assign(index, { periods: Array(1_200).fill("2026-03") }),
      /index.json lists 2026-03.* and 1140 more, and has snapshots of 2026-03, 2026-02/,
    ],
    [
      "months without an end",
      (index) => {
        const march = index.snapshot["2026-03"] ?? {};
        for (let at = 0; at < 9_000; at += 1) index.snapshot[`${1_000 + at}-05`] = march;
      },
      /index.json is not as published: snapshot: .*1200/,
    ],
    [
      "generations",
      (index) => Object.assign(index, { history: Array(100_000).fill(index.history[0]) }),
      /index.json is not as published: history: /,
    ],
    [
      "earlier totals",
      march({
        restated: Array(100_000).fill(total(`20260301T060000Z-${"0".repeat(32)}`, "2026-03-01T06:00:00Z")),
      }),
      /index.json is not as published: snapshot.2026-03.restated: /,
    ],
  ])("ends, with a sentence, for an index with 100,000 %s", async (_, change, fault) => {
    let read = 0;
    const before = () => {
      read += 1;
    };
    const store = memoryStore({ objects: fixture.store.objects, hooks: { before } });
    const object = store.objects.get(INDEX_KEY);
    const index: Index = JSON.parse(new TextDecoder().decode(object?.body));
    change(index);
    await store.overwrite(INDEX_KEY, { body: renderDocument(index), contentType: "application/json" });
    const verification = await verifyPublished(store, parquet);
    expect(verification?.faults[0]).toMatch(fault);
    expect(Math.max(...(verification?.faults ?? []).map(({ length }) => length))).toBeLessThan(2_000);
    // No file is read for each entry of a list.
    expect(read).toBeLessThan(3 * fixture.store.objects.size);
  });

  it("finds a run that never committed and does not add up", async () => {
    const earlier = [...fixture.store.objects.keys()].filter((key) => /_runs\/20260308.*2026-03\//.test(key));
    const objects = new Map(fixture.store.objects);
    for (const key of earlier) {
      const object = fixture.store.objects.get(key);
      const other = key.replace("20260308T060000Z", "20260307T060000Z");
      if (object === undefined) continue;
      const body = key.endsWith(".json")
        ? new TextEncoder().encode(
            new TextDecoder()
              .decode(object.body)
              .replaceAll("20260308T060000Z", "20260307T060000Z")
              .replace(/"collected_at": "[^"]+"/, '"collected_at": "2026-03-07T06:00:00Z"')
              .replace(/("current_cost_usd": )(\d)/, "$19$2"),
          )
        : object.body;
      objects.set(other, { ...object, body });
    }
    const verification = await verifyPublished(memoryStore({ objects }), parquet);
    expect(verification?.faults.join("\n")).toMatch(/make [\d.]+, and [\d.]+ is published/);
  });

  it("distinguishes a newer schema from damage", async () => {
    const verification = await damaged(INDEX_KEY, (body) =>
      new TextEncoder().encode(new TextDecoder().decode(body).replace('"schema": 1', '"schema": 2')),
    );
    expect(verification?.faults.join(" ")).toContain("written with schema 2");
  });
});
