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

/** A site that responds with an index and records the requests. */
function aSite(index: unknown, status = 200) {
  const requests: string[] = [];
  const fetch = async (address: string) => {
    requests.push(address.replace(/^\/data\//, ""));
    if (index instanceof Error) throw index;
    const text = address === "/data/index.json" && typeof index === "string" ? index : JSON.stringify(index);
    return new Response(address === "/data/index.json" ? text : address, { status });
  };
  return { requests, fetch };
}

/** Reads the index when all prefetch requests have been made. */
async function opened(index: unknown, search = "", status = 200) {
  const { requests, fetch } = aSite(index, status);
  const fetchData = withPrefetch(fetch, search);
  const answer = await fetchData("/data/index.json");
  return { requests, fetchData, answer };
}

describe("prefetching the first figures", () => {
  it.each([
    ["", "2026-02"],
    ["?period=2026-01", "2026-01"],
  ])("requests with %j the index, the trend and the summary of %s", async (search, month) => {
    const { requests, answer } = await opened(anIndex(), search);
    expect(await answer.json()).toEqual(anIndex());
    expect(requests).toEqual(["index.json", TREND, summaryOf(month)]);
  });

  it("requests each file once, and the index again for each later read", async () => {
    const { requests, fetchData } = await opened(anIndex());
    for (const key of [TREND, summaryOf("2026-02")]) {
      expect(await (await fetchData(`/data/${key}`)).text()).toBe(`/data/${key}`);
    }
    expect(requests.length).toBe(3);
    await fetchData("/data/index.json");
    await fetchData(`/data/${summaryOf("2026-01")}`);
    expect(requests.slice(3)).toEqual(["index.json", summaryOf("2026-01")]);
  });

  it.each(["?period=2020-01", "?period=__proto__"])(
    "requests no summary for a month that the index does not name: %s",
    async (search) => {
      expect((await opened(anIndex(), search)).requests).toEqual(["index.json", TREND]);
    },
  );

  it.each([
    ["no JSON", "<!doctype html>"],
    ["of another kind", { periods: 3 }],
    ["without a month", anIndex({ periods: [], snapshot: {} })],
    [
      "naming a key outside a run",
      anIndex({ shared: { "trend.json": { key: "_runs/../../auth/logout" } }, periods: [] }),
    ],
    ["naming a stable key", anIndex({ shared: { "trend.json": { key: "trend.json" } }, periods: [] })],
  ])("passes the index on unchanged when it is %s", async (_what, index) => {
    const { requests, answer } = await opened(index);
    expect(requests.filter((key) => key !== TREND)).toEqual(["index.json"]);
    expect(await answer.text()).toBe(typeof index === "string" ? index : JSON.stringify(index));
  });

  it("passes a refusal on, and repeats the request when the reader asks again", async () => {
    const { requests, fetchData, answer } = await opened(anIndex(), "", 403);
    expect([answer.status, requests]).toEqual([403, ["index.json"]]);
    await fetchData("/data/index.json");
    expect(requests).toEqual(["index.json", "index.json"]);
  });

  it("passes a network error on", async () => {
    const { fetch } = aSite(new TypeError("Failed to fetch"));
    const fetchData = withPrefetch(fetch, "");
    await expect(fetchData("/data/index.json")).rejects.toThrow("Failed to fetch");
  });
});
