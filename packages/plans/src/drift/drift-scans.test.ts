import type { DriftedResource, DriftReport } from "@dapanoskop/core/drift";
import { parseMoney } from "@dapanoskop/core/money";
import { memoryState, StateError, type StateStore } from "@dapanoskop/core/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addIgnoreRule,
  driftFindings,
  driftProject,
  driftProjects,
  ignoreRulesIn,
  keptIgnoreRules,
  recordDriftScan,
  removeIgnoreRule,
} from "../index.ts";
import { busyState } from "../testing/busy-state.ts";

const OWNER = "user:a";
const project = "acme/infra";
const at = (day: number, hour = 6) =>
  `2026-11-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:00:00Z`;

const aDriftedResource = (address: string, resource: Partial<DriftedResource> = {}): DriftedResource => ({
  address,
  deposed: null,
  previousAddress: null,
  type: "aws_instance",
  region: "us-east-1",
  change: "changed",
  severity: "cost",
  movesCost: false,
  paths: ["instance_type"],
  ignoredPaths: [],
  isIgnored: false,
  monthlyBefore: null,
  monthlyAfter: null,
  monthlyDelta: parseMoney("553.048", "USD"),
  notes: [],
  ...resource,
});

const aReport = (...resources: readonly DriftedResource[]): DriftReport => ({
  currency: "USD",
  resources,
  counts: { cost: resources.length, allocation: 0, other: 0, ignored: 0 },
  changed: resources.length,
  deleted: 0,
  monthlyDelta: parseMoney("0", "USD"),
  isPartial: false,
  plannedTagLosses: [],
});

const scan = (state: StateStore, when: string, ...addresses: readonly string[]) =>
  recordDriftScan(state, OWNER, {
    project,
    at: when,
    result: { report: aReport(...addresses.map((address) => aDriftedResource(address))) },
  });

const fail = (state: StateStore, when: string, reason = "terraform init failed: no credentials.") =>
  recordDriftScan(state, OWNER, { project, at: when, result: { reason } });

/** A state whose connection is lost at one of its writes and at every later one. */
function crashingAt(state: StateStore, step: number, isWritten: boolean): StateStore {
  let writes = 0;
  const write = async <Outcome>(run: () => Promise<Outcome>): Promise<Outcome> => {
    writes += 1;
    if (writes <= step) return run();
    if (writes === step + 1 && isWritten) await run();
    throw new StateError("unknown-outcome", "The connection was lost.");
  };
  return {
    ...state,
    putIfAbsent: (key, value) => write(() => state.putIfAbsent(key, value)),
    putIfVersion: (key, value, version) => write(() => state.putIfVersion(key, value, version)),
    remove: (key, version) => write(() => state.remove(key, version)),
  };
}

const seen = async (state: StateStore) =>
  Object.fromEntries(
    (await driftFindings(state, OWNER, project)).map(({ address, first_seen, last_seen, resolved_at }) => [
      address,
      [first_seen, last_seen, resolved_at],
    ]),
  );

describe("the scans of a project", () => {
  it("give a drifted resource one identity: first seen, still there, resolved, there again", async () => {
    const state = memoryState();
    await scan(state, at(1), "aws_instance.a", "aws_instance.b");
    const [first] = await driftFindings(state, OWNER, project);
    await scan(state, at(2), "aws_instance.a");
    expect(await seen(state)).toEqual({
      "aws_instance.a": [at(1), at(2), null],
      "aws_instance.b": [at(1), at(1), at(2)],
    });
    await scan(state, at(3), "aws_instance.a", "aws_instance.b");
    expect(await seen(state)).toEqual({
      "aws_instance.a": [at(1), at(3), null],
      "aws_instance.b": [at(3), at(3), null],
    });
    expect((await driftFindings(state, OWNER, project))[0]?.id).toBe(first?.id);
  });

  it("of one moment: the one that is recorded last is the newest", async () => {
    const state = memoryState();
    await scan(state, at(1), "aws_instance.a");
    await fail(state, at(1));
    expect((await driftProject(state, OWNER, project))?.latest.status).toBe("failed");
    await scan(state, at(1), "aws_instance.b");
    expect((await driftProject(state, OWNER, project))?.latest.status).not.toBe("failed");
  });

  it("keep the last good result when one fails: nothing is resolved, and it never says no drift", async () => {
    const state = memoryState();
    const good = await scan(state, at(1), "aws_instance.a");
    const failed = await fail(state, at(2));
    expect(failed).toMatchObject({
      status: "failed",
      reason: "terraform init failed: no credentials.",
      counts: null,
      monthly_delta: null,
    });
    expect(await driftProject(state, OWNER, project)).toMatchObject({ latest: failed, last_good: good });
    expect(await seen(state)).toEqual({ "aws_instance.a": [at(1), at(1), null] });
    await scan(state, at(3));
    expect(await seen(state)).toEqual({ "aws_instance.a": [at(1), at(1), at(3)] });
  });

  it("have no last good result where none ever succeeded", async () => {
    const state = memoryState();
    await fail(state, at(1));
    await fail(state, at(2));
    expect(await driftProject(state, OWNER, project)).toMatchObject({
      latest: { status: "failed", scanned_at: at(2) },
      last_good: null,
    });
    expect(await driftFindings(state, OWNER, project)).toEqual([]);
  });

  it("may arrive in any order: an older one resolves nothing", async () => {
    const state = memoryState();
    await scan(state, at(3), "aws_instance.a");
    await scan(state, at(2));
    await fail(state, at(1));
    expect(await driftProject(state, OWNER, project)).toMatchObject({
      latest: { scanned_at: at(3) },
      last_good: { scanned_at: at(3) },
    });
    expect(await seen(state)).toEqual({ "aws_instance.a": [at(3), at(3), null] });
  });

  it("count a good one that arrives after a failed newer one", async () => {
    const state = memoryState();
    await fail(state, at(3));
    await scan(state, at(2), "aws_instance.a");
    expect(await driftProject(state, OWNER, project)).toMatchObject({
      latest: { status: "failed" },
      last_good: { scanned_at: at(2) },
    });
  });

  it("are recorded once where the same one is recorded again", async () => {
    const state = memoryState();
    const once = await scan(state, at(1), "aws_instance.a");
    expect(await scan(state, at(1), "aws_instance.a")).toEqual(once);
    expect(await seen(state)).toEqual({ "aws_instance.a": [at(1), at(1), null] });
  });

  it("follow a resource that is moved to another address", async () => {
    const state = memoryState();
    await scan(state, at(1), "aws_instance.old");
    const moved = aDriftedResource("aws_instance.new", { previousAddress: "aws_instance.old" });
    await recordDriftScan(state, OWNER, { project, at: at(2), result: { report: aReport(moved) } });
    expect(await seen(state)).toEqual({ "aws_instance.new": [at(1), at(2), null] });
  });

  it("forget what was resolved more than 90 days ago", async () => {
    const state = memoryState();
    await scan(state, "2026-01-01T06:00:00Z", "aws_instance.a");
    await scan(state, "2026-01-02T06:00:00Z");
    await scan(state, "2026-04-02T06:00:00Z");
    expect(Object.keys(await seen(state))).toEqual(["aws_instance.a"]);
    await scan(state, "2026-04-03T06:00:00Z");
    expect(await seen(state)).toEqual({});
  });

  it("keep any number of findings in records of at most 300 KB, and none of the records before", async () => {
    const state = memoryState();
    const addresses = Array.from({ length: 3_000 }, (_, at) => `module.a["ключ"].aws_instance.web[${at}]`);
    await scan(state, at(1), ...addresses);
    await scan(state, at(2), ...addresses);
    expect(await driftFindings(state, OWNER, project)).toHaveLength(3_000);
    const parts = (await state.list(`drift#${OWNER}#${project}`)).map(({ key }) => key.sort);
    expect(new Set(parts.map((sort) => sort.split("#")[1])).size).toBe(1);
    await scan(state, at(3));
    expect(Object.values(await seen(state)).every(([, last]) => last === at(2))).toBe(true);
  });

  it("that are recorded at the same time lose no finding", async () => {
    const state = memoryState();
    await Promise.all(
      Array.from({ length: 8 }, (_, hour) =>
        scan(state, at(1, hour), "aws_instance.a", `aws_instance.${hour}`),
      ),
    );
    const findings = await driftFindings(state, OWNER, project);
    expect(
      findings
        .filter(({ resolved_at }) => resolved_at === null)
        .map(({ address }) => address)
        .sort(),
    ).toEqual(["aws_instance.7", "aws_instance.a"]);
    expect((await driftProject(state, OWNER, project))?.last_good?.scanned_at).toBe(at(1, 7));
  });

  it("are right after a crash at any step, with the write done or not, once they are recorded again", async () => {
    for (let step = 0; step < 8; step += 1) {
      for (const isWritten of [false, true]) {
        const state = memoryState();
        await scan(state, at(1), "aws_instance.a", "aws_instance.b");
        const crash = await scan(crashingAt(state, step, isWritten), at(2), "aws_instance.a").catch(
          (error: unknown) => error,
        );
        if (step < 2) expect(crash).toBeInstanceOf(StateError);
        // Whatever was written: a reader finds one scan or the other, whole.
        const between = await seen(state);
        expect([null, at(2)]).toContain(between["aws_instance.b"]?.[2]);
        await scan(state, at(2), "aws_instance.a");
        expect(await seen(state)).toEqual({
          "aws_instance.a": [at(1), at(2), null],
          "aws_instance.b": [at(1), at(1), at(2)],
        });
      }
    }
  });

  it("belong to one owner", async () => {
    const state = memoryState();
    await scan(state, at(1), "aws_instance.a");
    expect(await driftProjects(state, "user:b")).toEqual([]);
    expect(await driftFindings(state, "user:b", project)).toEqual([]);
    expect((await driftProjects(state, OWNER)).map((one) => one.project)).toEqual([project]);
  });

  it("agree with the newest good scan, in any order and with any failures between", async () => {
    const scans = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 20 }),
        found: fc.option(fc.uniqueArray(fc.constantFrom("a", "b", "c"))),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(scans, async (all) => {
        const state = memoryState();
        for (const { day, found } of all) {
          await (found === null ? fail(state, at(day)) : scan(state, at(day), ...found));
        }
        const good = all.filter(({ found }) => found !== null);
        const newest = good.reduce<(typeof all)[number] | null>(
          (last, one) => (last === null || one.day >= last.day ? one : last),
          null,
        );
        const open = (await driftFindings(state, OWNER, project)).filter(
          ({ resolved_at }) => resolved_at === null,
        );
        expect(open.map(({ address }) => address).sort()).toEqual([...(newest?.found ?? [])].sort());
      }),
      { numRuns: 50 },
    );
  });
});

describe("a scan that is recorded", () => {
  it.each([
    [{ cost: 1, allocation: 0, other: 0, ignored: 0 }, "drift"],
    [{ cost: 0, allocation: 1, other: 0, ignored: 0 }, "drift"],
    [{ cost: 0, allocation: 0, other: 1, ignored: 0 }, "drift"],
    [{ cost: 2, allocation: 2, other: 0, ignored: 0 }, "drift"],
    [{ cost: 0, allocation: 0, other: 0, ignored: 3 }, "no_drift"],
    [{ cost: 0, allocation: 0, other: 0, ignored: 0 }, "no_drift"],
  ])("of %j says %s", async (counts, status) => {
    const result = { report: { ...aReport(), counts } };
    const kept = await recordDriftScan(memoryState(), OWNER, { project, at: at(1), result });
    expect(kept).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      scanned_at: at(1),
      status,
      reason: null,
      currency: "USD",
      counts,
      monthly_delta: "0",
      partial: false,
    });
  });

  it("has what the report says of a finding", async () => {
    const state = memoryState();
    const paths = Array.from({ length: 101 }, (_, at) => `p${at}`);
    const resources = [
      aDriftedResource("aws_instance.a", { deposed: "1a2b", movesCost: true, paths }),
      aDriftedResource("aws_instance.b", {
        type: "aws_other",
        change: "deleted",
        severity: "allocation",
        isIgnored: true,
        ignoredPaths: ["tags.X"],
        monthlyDelta: null,
      }),
    ];
    const report = { ...aReport(...resources), monthlyDelta: null, isPartial: true };
    const kept = await recordDriftScan(state, OWNER, { project, at: at(1), result: { report } });
    expect([kept.monthly_delta, kept.partial]).toEqual([null, true]);
    const seen = { first_seen: at(1), last_seen: at(1), resolved_at: null };
    const id = expect.stringMatching(/^[0-9a-f]{32}$/);
    expect(await driftFindings(state, OWNER, project)).toEqual([
      {
        ...{ id, address: "aws_instance.a", deposed: "1a2b", type: "aws_instance", change: "changed" },
        ...{ severity: "cost", moves_cost: true, paths: paths.slice(0, 100), monthly_delta: "553.048" },
        ...{ ignored: false, ...seen },
      },
      {
        ...{ id, address: "aws_instance.b", deposed: null, type: "aws_other", change: "deleted" },
        ...{ severity: "allocation", moves_cost: false, paths: ["tags.X"], monthly_delta: null },
        ...{ ignored: true, ...seen },
      },
    ]);
  });

  it.each([
    [9, "recorded"],
    [10, "throttled"],
  ])("is tried ten times where others are first: %i", async (refused, outcome) => {
    const state = busyState(memoryState(), 0);
    await fail(state, at(1));
    const busy = busyState(state, refused);
    const found = await fail(busy, at(2)).then(
      () => "recorded",
      ({ failure, message }) => (message.includes("others 10 times. Scan again.") ? failure : message),
    );
    expect([found, busy.writes()]).toEqual([outcome, 10]);
  });

  it("leaves no records of findings that nothing names", async () => {
    const state = memoryState();
    const first = await scan(state, at(1), "aws_instance.a");
    const parts = () => state.list(`drift#${OWNER}#${project}`);
    const before = await parts();
    // The findings are written, and then another scan of the project is first.
    let isFirst = true;
    const raced: StateStore = {
      ...state,
      async putIfVersion(...args) {
        if (isFirst) {
          isFirst = false;
          await fail(state, at(2));
        }
        return state.putIfVersion(...args);
      },
    };
    await scan(raced, at(3), "aws_instance.b");
    expect(before).toHaveLength(1);
    expect(await parts()).toHaveLength(1);
    expect((await driftProject(state, OWNER, project))?.last_good?.scanned_at).toBe(at(3));
    expect(first.id).not.toBe((await driftProject(state, OWNER, project))?.last_good?.id);
  });

  it("has complete findings, or the reader says after ten attempts that it has none", async () => {
    const state = memoryState();
    await scan(state, at(1), "aws_instance.a");
    let reads = 0;
    const partial: StateStore = {
      ...state,
      async get(key) {
        if (!key.sort.startsWith("findings#")) return state.get(key);
        reads += 1;
        return reads < 10 || reads > 10 ? null : state.get(key);
      },
    };
    expect(await driftFindings(partial, OWNER, project)).toHaveLength(1);
    await expect(driftFindings(partial, OWNER, project)).rejects.toMatchObject({
      failure: "corrupt",
      message: `The findings of ${project} in ${state.place} are incomplete. Scan the project again.`,
    });
    expect(reads).toBe(20);
  });

  it.each([
    ["a negative count", { counts: { cost: -1, allocation: 0, other: 0, ignored: 0 } }],
    ["half a count", { counts: { cost: 0, allocation: 0, other: 0.5, ignored: 0 } }],
    ["another status", { status: "unknown" }],
    ["no reason", { reason: 1 }],
  ])("is refused with %s", async (_name, own) => {
    const state = memoryState();
    await scan(state, at(1));
    const key = { partition: `drift#${OWNER}`, sort: project };
    const record = await state.get(key);
    const value = record?.value as { latest: object };
    await state.putIfVersion(
      key,
      { value: { ...value, latest: { ...value.latest, ...own } }, expiresAt: null },
      record?.version ?? "",
    );
    await expect(driftProject(state, OWNER, project)).rejects.toMatchObject({
      failure: "corrupt",
      message: expect.stringContaining(`The record ${project} of drift#${OWNER} is no drift that`),
    });
  });
});

describe("the ignore rules of a project", () => {
  it("are added once, listed and removed, by their owner alone", async () => {
    const state = memoryState();
    const rule = "aws_instance.*: tags.LastPatched";
    const kept = await addIgnoreRule(state, OWNER, { project, rule: ` ${rule} `, at: at(1) });
    expect(await addIgnoreRule(state, OWNER, { project, rule, at: at(2) })).toEqual(kept);
    expect(ignoreRulesIn(await keptIgnoreRules(state, OWNER, project))).toEqual([
      { text: rule, address: "aws_instance.*", paths: ["tags.LastPatched"] },
    ]);
    expect(kept).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), created_at: at(1) });
    // The findings of the project are in the same partition, and are no rules.
    await scan(state, at(1), "aws_instance.a");
    expect(await keptIgnoreRules(state, OWNER, project)).toEqual([kept]);
    expect(await keptIgnoreRules(state, OWNER, "acme/web")).toEqual([]);
    expect(await removeIgnoreRule(state, "user:b", project, kept.id)).toBe(false);
    expect(await removeIgnoreRule(state, OWNER, project, "../x")).toBe(false);
    expect(await removeIgnoreRule(state, OWNER, project, kept.id)).toBe(true);
    expect(await removeIgnoreRule(state, OWNER, project, kept.id)).toBe(false);
    await expect(addIgnoreRule(state, OWNER, { project, rule: "nothing", at: at(1) })).rejects.toThrow(
      /is not a rule/,
    );
  });
});
