import { usageTypeTable } from "@dapanoskop/dataset";
import { aPublishedMonth } from "@dapanoskop/dataset/testing";
import { describe, expect, it } from "vitest";
import { dataError } from "./failure.ts";
import { makeReader } from "./reader.ts";

const RUN = `20260408T060000Z-${"a".repeat(32)}`;
const { summary, trend } = aPublishedMonth({ at: "2026-04-08T06:00:00Z", period: "2026-03" });
const file = (key: string) => ({ key, sha256: "0".repeat(64), bytes: 1 });
const key = (name: string) => `_runs/${RUN}/2026-03/${name}`;
const anIndex = (own: object = {}) => ({
  schema: 1,
  generation: 1,
  run_id: RUN,
  published_at: "2026-04-08T06:00:00Z",
  periods: ["2026-03"],
  snapshot: {
    "2026-03": {
      run_id: RUN,
      as_of: "2026-04-08T06:00:00Z",
      estimated: false,
      is_mtd: false,
      config: "0".repeat(64),
      total_cost_usd: 1,
      files: {
        "summary.json": file(key("summary.json")),
        "cost-by-usage-type.parquet": file(key("cost-by-usage-type.parquet")),
      },
      restated: [],
    },
  },
  shared: { "trend.json": file(`_runs/${RUN}/trend-1.json`) },
  history: [],
  ...own,
});

/** A site that responds from a table of files and records the requests. */
function aSite(own: Record<string, unknown> = {}, renew = false) {
  const requests: string[] = [];
  const files: Record<string, unknown> = {
    "/data/index.json": anIndex(),
    [`/data/${key("summary.json")}`]: summary,
    [`/data/_runs/${RUN}/trend-1.json`]: trend,
    [`/data/${key("cost-by-usage-type.parquet")}`]: {},
    ...own,
  };
  let refusals = renew ? 1 : 0;
  const fetch = async (input: RequestInfo | URL) => {
    const path = String(input);
    requests.push(path);
    const found = files[path];
    if (found === "offline") throw new TypeError("Failed to fetch");
    if (refusals > 0) {
      refusals -= 1;
      return new Response("", { status: 403 });
    }
    if (found === undefined) return new Response("", { status: 404 });
    return typeof found === "number"
      ? new Response("", { status: found })
      : new Response(JSON.stringify(found));
  };
  let renewals = 0;
  const session = {
    renew: async () => {
      renewals += 1;
      return renew;
    },
  };
  let decoders = 0;
  const reader = makeReader(fetch, session, async () => {
    decoders += 1;
    return { decode: () => usageTypeTable().columns() as never };
  });
  return { reader, requests, renewals: () => renewals, decoders: () => decoders };
}

describe("reading the published dataset", () => {
  it("reads all other files under the run that the index names, each once", async () => {
    const { reader, requests } = aSite();
    const index = await reader.index();
    if (index === null) throw new Error("There is an index.");
    expect((await reader.summary(index, "2026-03")).period).toBe("2026-03");
    await reader.summary(index, "2026-03");
    await reader.trend(index);
    expect(requests).toEqual([
      "/data/index.json",
      `/data/${key("summary.json")}`,
      `/data/_runs/${RUN}/trend-1.json`,
    ]);
  });

  it("loads the parquet reader only when a usage file is read", async () => {
    const { reader, decoders } = aSite();
    const index = await reader.index();
    if (index === null) throw new Error("There is an index.");
    expect(decoders()).toBe(0);
    await reader.usage(index, "2026-03");
    expect(decoders()).toBe(1);
  });

  it("reads the usage of the prior period to date with the same decoder, and null where the index names no such file", async () => {
    const named = key("cost-by-usage-type-like-for-like.parquet");
    const { reader, decoders, requests } = aSite({ [`/data/${named}`]: {} });
    const index = await reader.index();
    const [snapshot] = Object.values(index?.snapshot ?? {});
    if (index === null || snapshot === undefined) throw new Error("There is a snapshot.");
    expect(await reader.priorPeriodToDateUsage(index, "2026-03")).toBeNull();
    expect([decoders(), requests.length]).toEqual([0, 1]);
    const files = { ...snapshot.files, "cost-by-usage-type-like-for-like.parquet": file(named) };
    const running = { ...index, snapshot: { "2026-03": { ...snapshot, files } } };
    expect(await reader.priorPeriodToDateUsage(running, "2026-03")).toMatchObject({ rows: 0 });
    await reader.usage(running, "2026-03");
    await reader.priorPeriodToDateUsage(running, "2026-03");
    expect([decoders(), requests.slice(1)]).toEqual([
      1,
      [`/data/${named}`, `/data/${key("cost-by-usage-type.parquet")}`],
    ]);
  });

  it("tells an unpublished dataset from one that cannot be read", async () => {
    expect(await aSite({ "/data/index.json": undefined }).reader.index()).toBeNull();
    await expect(aSite({ "/data/index.json": 500 }).reader.index()).rejects.toMatchObject({
      kind: "server",
    });
    await expect(aSite({ "/data/index.json": "offline" }).reader.index()).rejects.toMatchObject({
      kind: "offline",
    });
  });

  it("renews an ended session and repeats the request", async () => {
    const { reader, renewals } = aSite({}, true);
    expect((await reader.index())?.generation).toBe(1);
    expect(renewals()).toBe(1);
  });

  it("reports a session that cannot be renewed", async () => {
    await expect(aSite({ "/data/index.json": 403 }).reader.index()).rejects.toMatchObject({
      kind: "refused",
    });
  });

  it("refuses documents of a newer version and damaged documents", async () => {
    await expect(aSite({ "/data/index.json": anIndex({ schema: 2 }) }).reader.index()).rejects.toThrow(
      /schema 2/,
    );
    await expect(aSite({ "/data/index.json": anIndex({ periods: "all" }) }).reader.index()).rejects.toThrow(
      /periods/,
    );
  });

  it.each([
    "../../etc/passwd",
    "https://evil.example/x.json",
    `_runs/${RUN}/2026-02/summary.json`,
    "2026-03/summary.json",
  ])("never reads %s for a summary, even when the index names it", async (elsewhere) => {
    const { reader, requests } = aSite();
    const index = await reader.index();
    if (index === null) throw new Error("There is an index.");
    const [snapshot] = Object.values(index.snapshot);
    if (snapshot === undefined) throw new Error("There is a snapshot.");
    const manipulated = {
      ...index,
      snapshot: { "2026-03": { ...snapshot, files: { "summary.json": file(elsewhere) } } },
    };
    const failure: unknown = await reader.summary(manipulated, "2026-03").catch((error: unknown) => error);
    expect(dataError(failure).kind).toBe("damaged");
    expect(requests).toHaveLength(1);
  });

  it("reads a file again after a failure", async () => {
    const { reader, requests } = aSite({ [`/data/${key("summary.json")}`]: 500 });
    const index = await reader.index();
    if (index === null) throw new Error("There is an index.");
    await expect(reader.summary(index, "2026-03")).rejects.toMatchObject({ kind: "server" });
    const first = requests.length;
    await expect(reader.summary(index, "2026-03")).rejects.toMatchObject({ kind: "server" });
    expect(requests.length).toBeGreaterThan(first);
  });
});
