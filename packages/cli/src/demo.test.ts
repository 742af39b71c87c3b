import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { budgetsOf, readBudgetFigures } from "@dapanoskop/budgets";
import { budgetState } from "@dapanoskop/core/budget";
import type { DaysDocument, ReportDocument } from "@dapanoskop/core/insight/render";
import { loadParquetCodec } from "@dapanoskop/local/parquet";
import {
  driftProjects,
  keptPlanStates,
  keptPlans,
  LOCAL_OWNER,
  planReader,
  publishedPrices,
} from "@dapanoskop/plans";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDemoState } from "./demo/demo-state.ts";
import { openPlanStorage, openStore } from "./store.ts";
import { aFolder, contentOf, copyOf } from "./testing/a-folder.ts";
import { addressIn, type CommandResult, dapanoskop, later } from "./testing/run-command.ts";

const at = "2026-03-08T06:00:00Z";

describe("the demo", () => {
  let folder = "";
  let store = "";
  let ran: CommandResult;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "dapanoskop-"));
    store = join(folder, "data");
    ran = await dapanoskop(["demo", "--store", store, "--at", at, "--no-serve"], { at });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("publishes 13 closed months and the running one, and shows the newest", () => {
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("Dapanoskop · March 2026, 7 of 31 days");
    expect(ran.out.match(/^ {2}20\d\d-\d\d {2}/gm)).toHaveLength(14);
    expect(ran.err).toContain("Querying");
  });

  it("publishes files that verify accepts", async () => {
    const { code, out } = await dapanoskop(["verify", "--store", store]);
    expect(out).toMatch(/^Checked in .*: 14 months, \d+ files/);
    expect(out).toContain("Everything is as it was published, and adds up.");
    expect(code).toBe(0);
  });

  it("keeps plans, drift and budgets to look at, each once however often it runs", async () => {
    const storage = await openPlanStorage(`${store}-state`);
    const reader = planReader(publishedPrices(await openStore(store), loadParquetCodec));
    const states = async (now: string) => {
      const plans = await keptPlans(storage, LOCAL_OWNER);
      const state = keptPlanStates(plans, now);
      return plans.map(({ id, project, kind }) => [project, kind, state.get(id)]);
    };
    const kept = [
      ["machine-learning", "errored", "superseded"],
      ["storefront", "plan", "open"],
      ["data-platform", "plan", "open"],
      ["storefront", "plan", "superseded"],
      ["logistics", "plan", "applied"],
    ];
    expect(await states(at)).toEqual(kept);
    await writeDemoState(storage, reader, "2026-05-08T06:00:00Z");
    expect(await states("2026-05-08T06:00:00Z")).toEqual(kept);

    const projects = await driftProjects(storage.state, LOCAL_OWNER);
    expect(
      projects.map(({ project, latest, last_good }) => [project, latest.status, last_good?.status]),
    ).toEqual([
      ["data-platform", "failed", "drift"],
      ["logistics", "no_drift", "no_drift"],
      ["storefront", "drift", "drift"],
    ]);
    expect((await budgetsOf(LOCAL_OWNER, storage.state)).map(({ budget }) => budget.id)).toEqual([
      "innovation-lab",
      "machine-learning",
      "nightly-jobs",
      "storefront-quarter",
      "whole-bill",
    ]);
  });

  it("has budgets that stand differently", async () => {
    const figures = await readBudgetFigures(await openStore(store), at);
    const { state } = await openPlanStorage(`${store}-state`);
    const budgets = await budgetsOf(LOCAL_OWNER, state);
    const statuses = budgets.map(({ budget }) => budgetState(budget, figures, at).status);
    expect(statuses).toEqual(["unknown", "forecast_over", "over_budget", "on_track", "on_track"]);
  });

  it("shows JSON in which the cost centers add up to the total", async () => {
    const { out, code } = await dapanoskop(["show", "--store", store, "--json"], { at });
    const report = JSON.parse(out) as ReportDocument;
    expect(code).toBe(0);
    expect(report.cost_centers.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(report.total_cost, 6);
    expect(report.published_periods).toHaveLength(14);
    expect(report.headline).toMatch(/^(Up|Down) \$/);
    expect(report.reconciliation.difference).toBe(0);
  });

  it("shows any published month, and lists them when the month is not published", async () => {
    const february = await dapanoskop(["show", "--store", store, "--period", "2026-02"], { at });
    expect(february.out).toContain("Dapanoskop · February 2026\n");
    const unknown = await dapanoskop(["show", "--store", store, "--period", "2020-01"], { at });
    expect(unknown).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(/^2020-01 is not published\. Published: 2026-03, 2026-02, .*2025-02\.\n$/),
    });
  });

  it("shows the newest days, which are those of the running month and of the months before", async () => {
    const text = await dapanoskop(["show", "--store", store, "--days"], { at });
    expect(text.code).toBe(0);
    expect(text.out).toContain("Dapanoskop · the days to Saturday, March 7, 2026");
    expect(text.out).toContain("and 76 more days");
    const json = await dapanoskop(["show", "--store", store, "--days", "--json"], { at });
    const { days } = JSON.parse(json.out) as DaysDocument;
    expect(days).toHaveLength(90);
    for (const { total_cost, services } of days)
      expect(services.reduce((sum, { cost }) => sum + (cost ?? 0), 0)).toBeCloseTo(total_cost ?? 0, 6);
    const both = await dapanoskop(["show", "--store", store, "--days", "--period", "2026-02"], { at });
    expect(both).toMatchObject({ code: 1, out: "", err: expect.stringContaining("leave --period out") });
  });

  it("warns when the data is old", async () => {
    const { out } = await dapanoskop(["show", "--store", store], { at: later(at, 3) });
    expect(out).toContain("! The last collection was 3 days ago.");
  });

  it("lets verify find one flipped bit in any file", async () => {
    const copy = await copyOf(store);
    const files = [...(await contentOf(copy)).keys()];
    for (const [at, file] of files.entries()) {
      if (at % 7 !== 0 && !/index/.test(file)) continue;
      const path = join(copy, file);
      const sound = await readFile(path);
      const flipped = Uint8Array.from(sound);
      const place = (at * 7919) % flipped.length;
      flipped[place] = (flipped[place] ?? 0) ^ (1 << (at % 8));
      await writeFile(path, flipped);
      expect(await dapanoskop(["verify", "--store", copy]), file).toMatchObject({ code: 1 });
      await writeFile(path, sound);
    }
  }, 60_000);

  it("serves the published files on loopback, prints its address, and closes on Ctrl-C", async () => {
    const seen: { status: number; body: string; headers: Headers }[] = [];
    const { code, out } = await dapanoskop(["serve", "--store", store, "--port", "0"], {
      at,
      onOut: (text, end) => {
        void look(addressIn(text)).finally(end);
      },
    });
    async function look(url: string) {
      for (const path of ["/", "/data/index.json", "/data/2026-03/summary.json", "/data/nothing.json"]) {
        const response = await fetch(url + path);
        seen.push({ status: response.status, body: await response.text(), headers: response.headers });
      }
    }
    expect(code).toBe(0);
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 404]);
    // Where the page is built it loads its figures itself; where it is not, there is one sentence.
    expect(seen[0]?.body).toMatch(/^<!doctype html>|^The page is not built yet\. Run npm run build/i);
    expect(JSON.parse(seen[1]?.body ?? "")).toMatchObject({ schema: 1, generation: 1 });
    expect(JSON.parse(seen[2]?.body ?? "")).toMatchObject({ period: "2026-03", is_mtd: true });
    for (const { headers } of seen)
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    await expect(fetch(addressIn(out))).rejects.toThrow();
  });

  it("refuses a given port that is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const { code, err } = await dapanoskop(["serve", "--store", store, "--port", `${port}`]);
    expect(err).toBe(
      `Port ${port} is taken by another program. Choose another with --port, or leave it out to get a free one.\n`,
    );
    expect(code).toBe(1);
    other.close();
  });
});

describe("without published data", () => {
  it.each(["show", "verify"])("%s names the command to run", async (command) => {
    const { code, err } = await dapanoskop([command, "--store", await aFolder()]);
    expect(err).toMatch(/^Nothing is published in .* yet\. Run: dapanoskop collect\. .*dapanoskop demo\.\n$/);
    expect(code).toBe(1);
  });

  it("show and verify write nothing", async () => {
    const store = await aFolder();
    await dapanoskop(["show", "--store", store]);
    await dapanoskop(["verify", "--store", store]);
    expect(await contentOf(store)).toEqual(new Map());
  });
});
