import { describe, expect, it } from "vitest";
import { withPrefetch } from "./prefetch.ts";

const RUN = `_runs/20260408T060000Z-${"a".repeat(32)}`;
const TREND = `${RUN}/trend-1.json`;
const summaryOf = (month: string) => `${RUN}/${month}/summary.json`;
const anIndex = (own: object = {}) => ({
  periods: ["2026-02", "2026-01"],
  snapshot: Object.fromEntries(
    ["2026-02", "2026-01"].map((month) => [month, { files: { "summary.json": { key: summaryOf(month) } } }]),
  ),
  shared: { "trend.json": { key: TREND } },
  ...own,
});

/** A house that answers by what it is asked for, and remembers it. */
function aSite(index: unknown, status = 200) {
  const asked: string[] = [];
  const fetch = async (address: string) => {
    asked.push(address.replace(/^\/data\//, ""));
    if (index instanceof Error) throw index;
    const text = address === "/data/index.json" && typeof index === "string" ? index : JSON.stringify(index);
    return new Response(address === "/data/index.json" ? text : address, { status });
  };
  return { asked, fetch };
}

/** The index as it is read, when everything that was asked for ahead is on its way. */
async function opened(index: unknown, search = "", status = 200) {
  const { asked, fetch } = aSite(index, status);
  const fetchData = withPrefetch(fetch, search);
  const answer = await fetchData("/data/index.json");
  return { asked, fetchData, answer };
}

describe("a bill's first figures", () => {
  it.each([
    ["", "2026-02"],
    ["?period=2026-01", "2026-01"],
  ])("are asked for before anybody draws: with %j the index, the trend and %s", async (search, month) => {
    const { asked, answer } = await opened(anIndex(), search);
    expect(await answer.json()).toEqual(anIndex());
    expect(asked).toEqual(["index.json", TREND, summaryOf(month)]);
  });

  it("are asked for once, and every later index afresh", async () => {
    const { asked, fetchData } = await opened(anIndex());
    for (const key of [TREND, summaryOf("2026-02")]) {
      expect(await (await fetchData(`/data/${key}`)).text()).toBe(`/data/${key}`);
    }
    expect(asked.length).toBe(3);
    await fetchData("/data/index.json");
    await fetchData(`/data/${summaryOf("2026-01")}`);
    expect(asked.slice(3)).toEqual(["index.json", summaryOf("2026-01")]);
  });

  it.each(["?period=2020-01", "?period=__proto__"])(
    "are none where no such month is named: %s",
    async (search) => {
      expect((await opened(anIndex(), search)).asked).toEqual(["index.json", TREND]);
    },
  );

  it.each([
    ["no JSON", "<!doctype html>"],
    ["of another kind", { periods: 3 }],
    ["without a month", anIndex({ periods: [], snapshot: {} })],
    [
      "naming what is of no run",
      anIndex({ shared: { "trend.json": { key: "_runs/../../auth/logout" } }, periods: [] }),
    ],
    [
      "naming what stands under a stable key",
      anIndex({ shared: { "trend.json": { key: "trend.json" } }, periods: [] }),
    ],
  ])("are left to whoever reads the index, which is %s", async (_what, index) => {
    const { asked, answer } = await opened(index);
    expect(asked.filter((key) => key !== TREND)).toEqual(["index.json"]);
    expect(await answer.text()).toBe(typeof index === "string" ? index : JSON.stringify(index));
  });

  it("that are refused are told to whoever draws, who may ask again", async () => {
    const { asked, fetchData, answer } = await opened(anIndex(), "", 403);
    expect([answer.status, asked]).toEqual([403, ["index.json"]]);
    await fetchData("/data/index.json");
    expect(asked).toEqual(["index.json", "index.json"]);
  });

  it("that no connection brings are told, too", async () => {
    const { fetch } = aSite(new TypeError("Failed to fetch"));
    const fetchData = withPrefetch(fetch, "");
    await expect(fetchData("/data/index.json")).rejects.toThrow("Failed to fetch");
  });
});
