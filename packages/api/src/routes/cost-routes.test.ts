import { instantOf } from "@dapanoskop/core/calendar";
import { aDailyFigures } from "@dapanoskop/core/daily/testing";
import { aWorkload } from "@dapanoskop/core/insight/testing";
import { parseMoney } from "@dapanoskop/core/money";
import { type CostRow, CostSourceError } from "@dapanoskop/core/source";
import { memoryState, StateError } from "@dapanoskop/core/state";
import { testClock } from "@dapanoskop/core/testing";
import { aSummary, publishSummary, storeOfDays } from "@dapanoskop/dataset/testing";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { costDays, costSummary } from "../documents/index.ts";
import { type TestApi, testApi } from "../testing/index.ts";

const JANUARY = { month: "2026-01" };
const ask = (api: TestApi, body: unknown = JANUARY, as = "alice") =>
  api.send(as, "POST", "/costs/query", body);
const row = (day: string, keys: readonly (string | null)[], cost: string): CostRow => ({
  day,
  keys,
  cost: parseMoney(cost, "USD"),
  quantity: null,
});
const HOUR = 3_600_000;
const down = new CostSourceError(
  "unreachable",
  null,
  "arn:aws:iam::111122223333:role/x could not be reached.",
);

describe("a cost query", () => {
  it.each([
    ["2026-01", "2026-01-01", "2026-02-01"],
    ["2028-02", "2028-02-01", "2028-03-01"],
    ["2026-12", "2026-12-01", "2027-01-01"],
  ])("of the month %s ends with the first day of the next one", async (month, start, end) => {
    const api = testApi();
    const { body } = await ask(api, { month });
    expect(body.window).toEqual({ start, end });
    expect(api.queries[0]?.window).toEqual({ start, end });
  });

  it("is answered with every group, credits too, and with the exact total", async () => {
    const api = testApi();
    api.answerQueries(async () => ({
      rows: [
        row("2026-01-01", ["S3"], "1.10"),
        row("2026-01-01", ["Credit"], "-0.30"),
        row("2026-01-01", ["EC2"], "2.20"),
      ],
      estimated: [],
    }));
    const query = { ...JANUARY, group_by: [{ by: "service" }] };
    expect((await ask(api, query)).body).toMatchObject({
      currency: "USD",
      total: "3",
      groups: [
        { keys: ["EC2"], cost: "2.2" },
        { keys: ["S3"], cost: "1.1" },
        { keys: ["Credit"], cost: "-0.3" },
      ],
      other: [],
      price_usd: "0.01",
    });
    const top = await ask(api, { ...query, top: 2 });
    expect(top.body).toMatchObject({
      total: "3",
      groups: [{ keys: ["EC2"] }, { keys: ["S3"] }],
      other: [{ day: "2026-01-01", groups: 1, cost: "-0.3" }],
      cached: true,
      price_usd: "0",
    });
    expect(api.queries).toHaveLength(1);
  });

  it("costs one call in 12 hours, and one more after them", async () => {
    const api = testApi();
    expect((await ask(api)).body).toMatchObject({ cached: false, stale: false, age_seconds: 0 });
    expect((await ask(api)).body).toMatchObject({ cached: true, age_seconds: 0 });
    await api.clock.sleep(12 * HOUR - 60_000);
    expect((await ask(api, JANUARY, "bob")).body).toMatchObject({
      cached: true,
      stale: false,
      age_seconds: 12 * 3_600 - 60,
      answered_at: "2026-03-08T06:00:00Z",
    });
    expect(api.queries).toHaveLength(1);
    await api.clock.sleep(120_000);
    expect((await ask(api)).body).toMatchObject({ cached: false, age_seconds: 0 });
    expect(api.queries).toHaveLength(2);
  });

  it("is fresh until 12 hours have passed", async () => {
    const api = testApi();
    await ask(api);
    await api.clock.sleep(12 * HOUR - 1_000);
    expect((await ask(api)).body).toMatchObject({ cached: true, age_seconds: 43_199 });
    await api.clock.sleep(1_000);
    expect((await ask(api)).body).toMatchObject({ cached: false, age_seconds: 0 });
  });

  it("is not asked again for 30 seconds after the bill did not answer", async () => {
    const api = testApi();
    api.answerQueries(() => Promise.reject(down));
    await ask(api);
    await api.clock.sleep(29_999);
    expect([(await ask(api)).status, api.queries.length]).toEqual([503, 1]);
    await api.clock.sleep(1);
    expect([(await ask(api)).status, api.queries.length]).toEqual([503, 2]);
  });

  it("keeps an answer of at most 250,000 bytes, for 14 days", async () => {
    const api = testApi();
    const sized = (length: number) => async () => ({
      rows: [row("2026-01-01", ["x".repeat(length)], "1")],
      estimated: [],
    });
    const rows = [["2026-01-01", [""], "1"]];
    const around = JSON.stringify({ answered_at: api.clock.now(), currency: "USD", rows }).length;
    api.answerQueries(sized(250_001 - around));
    await ask(api);
    expect((await ask(api)).body.cached).toBe(false);
    api.answerQueries(sized(250_000 - around));
    await ask(api);
    expect((await ask(api)).body.cached).toBe(true);
    const [record] = await api.state.list("cost-cache");
    expect(record?.expiresAt).toBe("2026-03-22T06:00:00Z");
  });

  it("that somebody else is asking is looked at every 250 ms, until 25 seconds have passed", async () => {
    const state = memoryState();
    const clock = testClock();
    const killed = testApi({ state, clock });
    const started = new Promise<void>((resolve) => {
      killed.answerQueries(() => {
        resolve();
        return new Promise(() => {});
      });
    });
    void ask(killed);
    await started;
    expect((await ask(testApi({ state, clock }))).body).toMatchObject({ cached: false });
    expect(clock.sleeps).toEqual(Array(100).fill(250));
  });

  it("costs one call where twenty ask at once, in one process and in twenty", async () => {
    const state = memoryState();
    const clock = testClock();
    const slow = async () => {
      for (let turn = 0; turn < 30; turn++) await Promise.resolve();
      return { rows: [row("2026-01-01", [], "7")], estimated: [] };
    };
    const apis = Array.from({ length: 20 }, () => testApi({ state, clock }));
    for (const api of apis) api.answerQueries(slow);
    const answers = await Promise.all(apis.map((api) => ask(api)));
    expect(answers.map(({ body }) => body.total)).toEqual(Array(20).fill("7"));
    expect(apis.flatMap(({ queries }) => queries)).toHaveLength(1);
    const [one] = apis;
    if (one === undefined) throw new Error("none");
    const february = { month: "2026-02" };
    await Promise.all(Array.from({ length: 20 }, () => ask(one, february)));
    expect(apis.flatMap(({ queries }) => queries)).toHaveLength(2);
  });

  it("is asked again after a request that ended without an answer: its lease ends", async () => {
    const state = memoryState();
    const clock = testClock();
    const killed = testApi({ state, clock });
    let asked = () => {};
    const started = new Promise<void>((resolve) => {
      asked = resolve;
    });
    killed.answerQueries(() => {
      asked();
      return new Promise(() => {});
    });
    void ask(killed);
    await started;
    const next = testApi({ state, clock });
    expect((await ask(next)).body).toMatchObject({ cached: false, total: "1" });
    expect(clock.elapsed()).toBeGreaterThanOrEqual(25_000);
  });

  it("of which an expired record still stands in the table is a miss", async () => {
    const state = memoryState();
    const first = testApi({ state });
    await ask(first);
    const later = testApi({ state, clock: testClock(instantOf(new Date("2026-03-29T06:00:00Z"))) });
    later.answerQueries(() => Promise.reject(down));
    expect(await ask(later)).toMatchObject({ status: 503, body: { error: "unavailable" } });
    later.answerQueries(async () => ({ rows: [row("2026-01-01", [], "2")], estimated: [] }));
    await later.clock.sleep(31_000);
    expect((await ask(later)).body).toMatchObject({ cached: false, total: "2" });
  });

  it("is answered by the old answer, marked with its age, while the bill is down", async () => {
    const api = testApi();
    await ask(api);
    api.answerQueries(() => Promise.reject(down));
    await api.clock.sleep(13 * HOUR);
    expect(await ask(api)).toMatchObject({
      status: 200,
      body: { cached: true, stale: true, age_seconds: 13 * 3_600, total: "1", price_usd: "0" },
    });
    // A bill that is down is not asked by every request.
    await ask(api);
    expect(api.queries).toHaveLength(2);
    await api.clock.sleep(31_000);
    api.answerQueries(async () => ({ rows: [], estimated: [] }));
    expect((await ask(api)).body).toMatchObject({ stale: false, total: "0", currency: null });
  });

  it("without any answer says so, and repeats nothing of the bill's own words", async () => {
    const api = testApi();
    api.answerQueries(() => Promise.reject(down));
    const refused = await ask(api);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(refused.text).not.toMatch(/arn|111122223333/);
    expect(api.failures).toEqual([down]);
  });

  it.each([
    ["validation", /refused this query/],
    ["out-of-history", /does not go back so far/],
    ["incomplete", /have no cost in this metric/],
    ["currency", /several currencies/],
  ] as const)(
    "that the bill refuses is a 400, also where there is an old answer: %s",
    async (failure, sentence) => {
      const api = testApi();
      await ask(api);
      await api.clock.sleep(13 * HOUR);
      api.answerQueries(() => Promise.reject(new CostSourceError(failure, null, "no")));
      const refused = await ask(api);
      expect(refused).toMatchObject({ status: 400, body: { message: expect.stringMatching(sentence) } });
      expect(refused.headers.get("retry-after")).toBeNull();
    },
  );

  it.each([
    "unreachable",
    "deadline",
    "credentials",
    "access-denied",
    "not-activated",
    "data-unavailable",
    "protocol",
    "budget",
  ] as const)(
    "that the bill does not answer is answered by the old answer, or is a 503: %s",
    async (failure) => {
      const api = testApi();
      const fails = () => Promise.reject(new CostSourceError(failure, null, "no"));
      await ask(api);
      await api.clock.sleep(13 * HOUR);
      api.answerQueries(fails);
      expect(await ask(api)).toMatchObject({ status: 200, body: { cached: true, stale: true } });
      expect(await ask(api, { month: "2025-12" })).toMatchObject({
        status: 503,
        body: { error: "unavailable" },
      });
    },
  );

  it("that fails by a defect of the source is a 503, and the failure is logged", async () => {
    const api = testApi();
    const defect = new TypeError("x is not a function");
    api.answerQueries(() => Promise.reject(defect));
    expect((await ask(api)).status).toBe(503);
    expect(api.failures).toEqual([defect]);
  });

  it("lists each charge period by itself, its largest costs first, those of one cost by their keys", async () => {
    const api = testApi();
    api.answerQueries(async () => ({
      rows: [
        row("2026-01-02", ["b", null], "1"),
        row("2026-01-01", ["c", "x"], "2"),
        row("2026-01-01", ["a", "x"], "1"),
        row("2026-01-01", ["b", "x"], "1"),
        row("2026-01-01", ["d", "x"], "-1"),
        row("2026-01-01", [null, "x"], "4"),
      ],
      estimated: [],
    }));
    const query = { ...JANUARY, granularity: "DAILY", group_by: [{ by: "service" }, { by: "region" }] };
    const lines = ({ body }: Awaited<ReturnType<typeof ask>>) =>
      body.groups.map(({ day, keys, cost }: { day: string; keys: unknown[]; cost: string }) =>
        [day.slice(-2), ...keys, cost].join(" "),
      );
    expect(lines(await ask(api, query))).toEqual([
      "01  x 4",
      "01 c x 2",
      "01 a x 1",
      "01 b x 1",
      "01 d x -1",
      "02 b  1",
    ]);
    const top = await ask(api, { ...query, top: 3 });
    expect(lines(top)).toEqual(["01  x 4", "01 c x 2", "01 a x 1", "02 b  1"]);
    expect([top.body.total, top.body.other]).toEqual(["8", [{ day: "2026-01-01", groups: 2, cost: "0" }]]);
    expect((await ask(api, { ...query, top: 5 })).body.other).toEqual([]);
  });

  it.each([
    ["service", "service"],
    ["usage_type", "usageType"],
    ["charge_type", "chargeType"],
    ["linked_account", "linkedAccount"],
    ["region", "region"],
    ["operation", "operation"],
  ])("groups and filters by %s", async (by, dimension) => {
    const api = testApi();
    await ask(api, { ...JANUARY, group_by: [{ by }], filter: { by, values: ["b", "a", "b"] } });
    expect(api.queries).toMatchObject([
      {
        granularity: "MONTHLY",
        metric: "UnblendedCost",
        groupBy: [{ by: dimension }],
        filter: { of: { by: dimension }, match: "equals", caseSensitive: true, values: ["a", "b"] },
      },
    ]);
  });

  it.each([
    [{ start: "2025-01-01", end: "2026-04-06" }, 200],
    [{ start: "2025-01-01", end: "2026-04-07" }, 400],
    [{ ...JANUARY, filter: { by: "service", values: Array.from({ length: 50 }, String) } }, 200],
    [{ ...JANUARY, filter: { by: "service", values: Array.from({ length: 51 }, String) } }, 400],
    [{ ...JANUARY, filter: { by: "service", values: [] } }, 400],
    [{ ...JANUARY, filter: { by: "service", values: ["x".repeat(256)] } }, 200],
    [{ ...JANUARY, filter: { by: "service", values: ["x".repeat(257)] } }, 400],
    [{ ...JANUARY, group_by: [{ by: "tag", key: "x".repeat(128) }] }, 200],
    [{ ...JANUARY, group_by: [{ by: "tag", key: "x".repeat(129) }] }, 400],
    [{ ...JANUARY, group_by: [{ by: "tag", key: "" }] }, 400],
    [{ ...JANUARY, top: 1 }, 200],
    [{ ...JANUARY, top: 100 }, 200],
    [{ ...JANUARY, top: 0 }, 400],
    [{ ...JANUARY, top: 101 }, 400],
    [{ ...JANUARY, top: 1.5 }, 400],
  ])("has bounds: %#", async (body, status) => {
    expect((await ask(testApi(), body)).status).toBe(status);
  });

  it("is another one by metric, filter, granularity, window and grouping, never by the clock", async () => {
    const api = testApi();
    const queries = [
      JANUARY,
      { month: "2026-02" },
      { start: "2026-01-01", end: "2026-01-31" },
      { ...JANUARY, granularity: "DAILY" },
      { ...JANUARY, metric: "AmortizedCost" },
      { ...JANUARY, group_by: [{ by: "service" }] },
      { ...JANUARY, group_by: [{ by: "tag", key: "App" }] },
      { ...JANUARY, group_by: [{ by: "cost_category", key: "App" }] },
      { ...JANUARY, filter: { by: "service", values: ["S3"] } },
      { ...JANUARY, filter: { by: "service", values: ["EC2"] } },
      { ...JANUARY, filter: { by: "tag", key: "App", values: ["S3"] } },
    ];
    for (const query of queries) await ask(api, query);
    expect(api.queries).toHaveLength(queries.length);
    await api.clock.sleep(HOUR);
    for (const query of queries) await ask(api, query);
    await ask(api, { start: "2026-01-01", end: "2026-02-01" });
    await ask(api, { ...JANUARY, filter: { by: "service", values: ["S3", "S3"] }, top: 3 });
    expect(api.queries).toHaveLength(queries.length);
  });

  it.each([
    [{}, /month, or start and end/],
    [{ month: "2026-01", start: "2026-01-01" }, /not both/],
    [{ start: "2026-01-01" }, /month, or start and end/],
    [{ start: "2026-01-02", end: "2026-01-02" }, /at least one day/],
    [{ start: "2026-02-30", end: "2026-03-02" }, /days of the calendar/],
    [{ start: "2020-01-01", end: "2026-01-01" }, /at most 460 days/],
    [{ month: "2026-13" }, /"month"/],
    [{ month: "2026-01", group_by: [{ by: "tag" }] }, /has a key/],
    [{ month: "2026-01", group_by: [{ by: "service", key: "x" }] }, /has no key/],
    [
      { month: "2026-01", group_by: [{ by: "service" }, { by: "region" }, { by: "operation" }] },
      /"group_by"/,
    ],
    [{ month: "2026-01", account: "1" }, /"account"/],
    [[], /The body has another form/],
    [{ month: "9999-12" }, /last one of the calendar/],
  ])("is refused with a sentence: %j", async (body, sentence) => {
    const api = testApi();
    expect(await ask(api, body)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(sentence) },
    });
    expect(api.queries).toEqual([]);
  });

  it.each(["unknown-outcome", "unreachable", "too-large"] as const)(
    "is answered where the answer, which was paid for, cannot be kept: %s",
    async (failure) => {
      const state = memoryState();
      // The limits are counted, and of the query itself only the claim is written.
      const lossy: typeof state = {
        ...state,
        putIfVersion: async (key, next, version) => {
          if (key.partition === "cost-cache") throw new StateError(failure, "lost");
          return state.putIfVersion(key, next, version);
        },
      };
      const api = testApi({ state: lossy });
      expect(await ask(api, JANUARY)).toMatchObject({ status: 200, body: { total: "1", price_usd: "0.01" } });
      api.answerQueries(() => Promise.reject(new CostSourceError("validation", null, "no")));
      expect(await ask(api, { month: "2026-02" })).toMatchObject({ status: 400 });
    },
  );

  it("is bounded: one owner makes 30 new ones an hour, everybody 200 a day, and answers in the cache stay free", async () => {
    const callers = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`user-${at}`, {}]));
    const api = testApi({ callers });
    const nth = (as: string, at: number) =>
      ask(
        api,
        { start: "2026-01-01", end: `2026-01-31`, filter: { by: "service", values: [`${as} ${at}`] } },
        as,
      );
    for (let at = 0; at < 30; at++) expect((await nth("user-0", at)).status).toBe(200);
    const refused = await nth("user-0", 30);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3600"]);
    expect((await nth("user-0", 0)).body.cached).toBe(true);
    await api.clock.sleep(HOUR);
    expect((await nth("user-0", 30)).status).toBe(200);
    let answered = 0;
    for (let user = 1; user < 9; user++) {
      for (let at = 0; at < 30; at++) answered += Number((await nth(`user-${user}`, at)).status === 200);
    }
    expect(answered).toBe(200 - 31);
    expect(api.queries).toHaveLength(200);
  });
});

describe("published costs", () => {
  const centers = [
    { name: "Web", workloads: [aWorkload("shop", 12.34, 10), aWorkload("blog", 0.000000000001, null)] },
    { name: "Data", workloads: [{ name: "lake", current: -3.5, prevMonth: 1, yoy: null }] },
  ];
  const days = aDailyFigures({
    from: "2026-03-01",
    through: "2026-03-07",
    completeThrough: "2026-03-05",
    costCenters: [{ name: "Web", costs: [1, 2.5, 0.1, -0.25, 0, 4, 3] }],
    services: [
      { name: "Amazon Simple Storage Service", costs: [0.5, 2.5, 0.1, -0.25, 0, null, 3] },
      { name: "Amazon Route 53", costs: [0.5, 0, 0, 0, 0, null, 0] },
    ],
  });
  async function published(): Promise<TestApi> {
    const store = await storeOfDays(days);
    await publishSummary(store, aSummary({ period: "2026-02", centers }));
    await publishSummary(store, aSummary({ period: "2026-03", centers: centers.slice(0, 1) }));
    return testApi({ store });
  }

  it("of a month are its total and what adds up to it, exactly, the newest month by default", async () => {
    const api = await published();
    const { status, body } = await api.send("alice", "GET", "/costs/summary?period=2026-02");
    expect([status, v.parse(costSummary, body)]).toEqual([200, body]);
    expect(body).toMatchObject({
      period: "2026-02",
      is_running: false,
      currency: "USD",
      metric: "UnblendedCost",
      total: "8.840000000001",
      // A workload that was not there is not known, and so is the sum.
      previous_month: null,
      year_ago: null,
      cost_centers: [
        {
          name: "Web",
          kind: "named",
          cost: "12.340000000001",
          workloads: [
            { name: "shop", kind: "named", cost: "12.34" },
            { name: "blog", kind: "named", cost: "0.000000000001" },
          ],
        },
        { name: "Data", cost: "-3.5", previous_month: "1", workloads: [{ name: "lake", cost: "-3.5" }] },
      ],
    });
    expect((await api.send("alice", "GET", "/costs/summary")).body).toMatchObject({
      period: "2026-03",
      is_running: true,
      total: "12.340000000001",
    });
    const other = await api.send("alice", "GET", "/costs/summary?period=2026-01");
    expect([other.status, other.body.error]).toEqual([404, "not_found"]);
  });

  it("of days are aligned to them, and a day that is not known is null", async () => {
    const api = await published();
    const { status, body } = await api.send("alice", "GET", "/costs/days");
    expect([status, v.parse(costDays, body)]).toEqual([200, body]);
    const total = ["1", "2.5", "0.1", "-0.25", "0", "4", "3"];
    expect(body).toMatchObject({ currency: "USD", complete_through: "2026-03-05", total });
    expect(body.days).toEqual(days.days);
    expect(body.groups).toEqual([
      { name: "Amazon Simple Storage Service", cost: ["0.5", "2.5", "0.1", "-0.25", "0", null, "3"] },
      { name: "Amazon Route 53", cost: ["0.5", "0", "0", "0", "0", null, "0"] },
    ]);
  });

  it("of days are those from start until the day before end, by what is asked", async () => {
    const api = await published();
    const window = "start=2026-03-02&end=2026-03-04";
    for (const [by, name] of [
      ["cost_center", "Web"],
      ["charge_type", "Usage"],
    ]) {
      expect((await api.send("alice", "GET", `/costs/days?by=${by}&${window}`)).body).toMatchObject({
        days: ["2026-03-02", "2026-03-03"],
        total: ["2.5", "0.1"],
        groups: [{ name, cost: ["2.5", "0.1"] }],
      });
    }
    const none = await api.send("alice", "GET", "/costs/days?start=2027-01-01");
    expect(none.body).toMatchObject({ days: [], total: [] });
    for (const query of ["by=workload", "start=2026-3-1", "start=2026-03-01&start=2026-03-02"]) {
      expect((await api.send("alice", "GET", `/costs/days?${query}`)).status).toBe(400);
    }
  });

  it("that were never published are a 404 with a sentence", async () => {
    for (const path of ["/costs/summary", "/costs/summary?period=2026-01", "/costs/days"]) {
      expect(await testApi().send("alice", "GET", path)).toMatchObject({
        status: 404,
        body: { error: "not_found" },
      });
    }
  });
});
