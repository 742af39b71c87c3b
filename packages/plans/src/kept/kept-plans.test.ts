import type { Instant } from "@dapanoskop/core/calendar";
import { StateError } from "@dapanoskop/core/state";
import { describe, expect, it } from "vitest";
import {
  changeKeptPlan,
  deleteKeptPlan,
  keepPlan,
  keptPlan,
  keptPlanDocument,
  keptPlanStates,
  keptPlans,
  MOST_PLANS,
  type PlanStorage,
  redactedPlanIn,
} from "../index.ts";
import { busyState } from "../testing/busy-state.ts";
import { aVolumePlan, memoryPlanStorage } from "../testing/plan-storage.ts";
import { documentIn, planFileBody } from "./plan-file.ts";

const OWNER = "user:a";
const project = "acme/infra";
const redacted = new TextEncoder().encode('{"format_version":"1.2"}\n\n');
const on = (day: number): Instant => `2026-03-${String(day).padStart(2, "0")}T06:00:00Z`;

async function onePlan(storage: PlanStorage) {
  const document = await aVolumePlan(1);
  return (await keepPlan(storage, OWNER, { project, document, redacted, at: on(1) })).plan;
}

describe("a kept plan", () => {
  it("has a record that lasts, and a file with its document and its redacted form", async () => {
    const storage = memoryPlanStorage();
    const document = await aVolumePlan(100);
    const { plan, isNew } = await keepPlan(storage, OWNER, { project, document, redacted, at: on(1) });
    expect(isNew).toBe(true);
    expect(plan).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      project,
      uploaded_at: on(1),
      fingerprint: document.fingerprint,
      counts: { create: 1 },
      cost: { monthly_delta: "8" },
      settled: null,
      approval: null,
    });
    expect(await keptPlan(storage, OWNER, plan.id)).toEqual(plan);
    expect(await keptPlanDocument(storage, OWNER, plan)).toEqual(document);
    const [file = new Uint8Array()] = storage.files.files();
    expect(redactedPlanIn(file)).toEqual(redacted);
    const [record] = await storage.state.list(`plan#${OWNER}`);
    expect(record?.expiresAt).toBe("2027-04-05T06:00:00Z");
  });

  it("that others have deleted between two calls is a new one", async () => {
    const storage = memoryPlanStorage();
    const document = await aVolumePlan(100);
    const kept = { project, document, redacted, at: on(1) };
    const gone: PlanStorage = {
      ...storage,
      state: { ...storage.state, putIfAbsent: async () => ({ outcome: "refused" }), get: async () => null },
    };
    const { plan, isNew } = await keepPlan(gone, OWNER, kept);
    expect([isNew, plan.fingerprint]).toEqual([true, document.fingerprint]);
    await keepPlan(storage, OWNER, kept);
    expect((await keepPlan(storage, OWNER, kept)).isNew).toBe(false);
  });

  it("is kept once for a project, and is another one in another project and of another owner", async () => {
    const storage = memoryPlanStorage();
    const document = await aVolumePlan(100);
    const keep = (owner: string, of: string, at: Instant) =>
      keepPlan(storage, owner, { project: of, document, redacted, at });
    const first = await keep(OWNER, project, on(1));
    expect(await keep(OWNER, project, on(2))).toEqual({ plan: first.plan, isNew: false });
    const other = await keep(OWNER, "acme/web", on(2));
    expect([other.isNew, other.plan.id === first.plan.id]).toEqual([true, false]);
    const theirs = await keep("user:b", project, on(3));
    expect([theirs.isNew, theirs.plan.id]).toEqual([true, first.plan.id]);
    expect((await keptPlans(storage, OWNER)).map(({ id }) => id)).toEqual([other.plan.id, first.plan.id]);
    expect((await keptPlans(storage, "user:b")).map(({ uploaded_at }) => uploaded_at)).toEqual([on(3)]);
  });

  it("is listed newest first, those of one moment by their ids", async () => {
    const storage = memoryPlanStorage();
    for (const [at, size] of [1, 3, 2, 3, 3].entries()) {
      await keepPlan(storage, OWNER, {
        project,
        document: await aVolumePlan(10 + at),
        redacted,
        at: on(size),
      });
    }
    const plans = await keptPlans(storage, OWNER);
    expect(plans.map(({ uploaded_at }) => uploaded_at)).toEqual([on(3), on(3), on(3), on(2), on(1)]);
    const ids = plans.slice(0, 3).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
  });

  it("is changed, and deleted with its file; nobody else's is", async () => {
    const storage = memoryPlanStorage();
    const plan = await onePlan(storage);
    const approval = { by: "user:b", at: on(2) };
    expect(await changeKeptPlan(storage, "user:b", plan.id, { approval })).toBeNull();
    expect(await changeKeptPlan(storage, OWNER, plan.id, { approval })).toEqual({ ...plan, approval });
    const [record] = await storage.state.list(`plan#${OWNER}`);
    expect([record?.value, record?.expiresAt === null]).toEqual([{ ...plan, approval }, false]);
    expect(await deleteKeptPlan(storage, "user:b", plan.id)).toBe(false);
    expect(storage.files.files()).toHaveLength(1);
    expect(await deleteKeptPlan(storage, OWNER, plan.id)).toBe(true);
    expect([storage.files.files(), await keptPlans(storage, OWNER)]).toEqual([[], []]);
    expect(await deleteKeptPlan(storage, OWNER, plan.id)).toBe(false);
  });

  it("is given up where others change it all the time", async () => {
    const storage = memoryPlanStorage();
    const plan = await onePlan(storage);
    const { state } = storage;
    let changes = 0;
    const busy = {
      ...state,
      async putIfVersion(...args: Parameters<typeof state.putIfVersion>) {
        changes += 1;
        const record = await state.get(args[0]);
        if (record !== null) await state.putIfVersion(args[0], { ...args[1], value: plan }, record.version);
        return state.putIfVersion(...args);
      },
    };
    const settled = { as: "dropped", at: on(2) } as const;
    const failure = await changeKeptPlan({ state: busy }, OWNER, plan.id, { settled }).catch(
      (error) => error,
    );
    expect(failure).toBeInstanceOf(StateError);
    expect([failure.failure, failure.message]).toEqual([
      "throttled",
      `The plan ${plan.id} was changed by others ${changes} times. Try again.`,
    ]);
    expect(await keptPlan(storage, OWNER, plan.id)).toEqual(plan);
  });

  it("is the oldest of too many, and goes", async () => {
    const storage = memoryPlanStorage();
    const document = await aVolumePlan(1);
    const keep = (at: number) =>
      keepPlan(storage, OWNER, {
        project,
        document: { ...document, fingerprint: String(at) },
        redacted,
        at: `2026-03-01T${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}:00Z`,
      });
    for (let at = 0; at < MOST_PLANS; at++) await keep(at);
    expect(await keptPlans(storage, OWNER)).toHaveLength(MOST_PLANS);
    await keep(MOST_PLANS);
    const plans = await keptPlans(storage, OWNER);
    expect(plans).toHaveLength(MOST_PLANS);
    expect([plans.at(0)?.fingerprint, plans.at(-1)?.fingerprint]).toEqual([String(MOST_PLANS), "1"]);
    expect(storage.files.files()).toHaveLength(MOST_PLANS);
  });

  it.each([
    [9, "changed"],
    [10, "throttled"],
  ])("is changed in ten attempts: %i are refused", async (refused, outcome) => {
    const storage = memoryPlanStorage();
    const plan = await onePlan(storage);
    const state = busyState(storage.state, refused);
    const settled = { as: "applied", at: on(2) } as const;
    const found = await changeKeptPlan({ state }, OWNER, plan.id, { settled }).then(
      () => "changed",
      ({ failure }) => failure,
    );
    expect([found, state.writes()]).toEqual([outcome, 10]);
  });

  it("is deleted whatever its record is by then, also where it is gone", async () => {
    const storage = memoryPlanStorage();
    const plan = await onePlan(storage);
    let refusals = 2;
    const state: typeof storage.state = {
      ...storage.state,
      async remove(key, version) {
        if (refusals === 0) return storage.state.remove(key, version);
        refusals -= 1;
        if (refusals === 0) await changeKeptPlan(storage, OWNER, plan.id, { approval: null });
        return { outcome: "refused" };
      },
    };
    expect(await deleteKeptPlan({ ...storage, state }, OWNER, plan.id)).toBe(true);
    expect(await keptPlans(storage, OWNER)).toEqual([]);
    const again = await onePlan(storage);
    const gone: typeof storage.state = {
      ...storage.state,
      async remove(key, version) {
        await storage.state.remove(key, version);
        return { outcome: "refused" };
      },
    };
    expect(await deleteKeptPlan({ ...storage, state: gone }, OWNER, again.id)).toBe(true);
    expect(await keptPlans(storage, OWNER)).toEqual([]);
  });

  it("has counts that are whole and not negative", async () => {
    const storage = memoryPlanStorage();
    const plan = await onePlan(storage);
    for (const [count, isRead] of [
      [0, true],
      [1, true],
      [-1, false],
      [0.5, false],
    ] as const) {
      const sort = `count=${count}`;
      const value = { ...plan, drift: { changed: count, deleted: 0 } };
      await storage.state.putIfAbsent({ partition: `plan#${OWNER}`, sort }, { value, expiresAt: null });
      const found = keptPlan(storage, OWNER, sort).then(
        () => true,
        ({ failure }) => failure !== "corrupt",
      );
      expect(await found).toBe(isRead);
    }
  });

  it("is refused where its record is of another form, or its file is damaged", async () => {
    const storage = memoryPlanStorage();
    await storage.state.putIfAbsent(
      { partition: `plan#${OWNER}`, sort: "x" },
      { value: { schema: 2 }, expiresAt: null },
    );
    await expect(keptPlan(storage, OWNER, "x")).rejects.toThrow("is no plan that this version can read");
    const body = planFileBody(await aVolumePlan(1), redacted);
    expect(redactedPlanIn(body)).toEqual(redacted);
    for (const damaged of [new Uint8Array(), body.subarray(0, 40), body.subarray(3)]) {
      expect(() => documentIn(damaged, "x in y")).toThrow("The file of the plan x in y is damaged.");
    }
  });
});

describe("the state of a plan", () => {
  it("is open for the newest plan of each project for thirty days, unless it is settled", async () => {
    const storage = memoryPlanStorage();
    const document = await aVolumePlan(1);
    const keep = (name: string, of: string, at: Instant, kind: typeof document.kind = "plan") =>
      keepPlan(storage, OWNER, {
        project: of,
        document: { ...document, kind, fingerprint: name },
        redacted,
        at,
      });
    const old = await keep("1", "a", on(1));
    const newest = await keep("2", "a", on(2));
    const drift = await keep("3", "a", on(3), "refresh-only");
    const other = await keep("4", "b", on(1));
    const dropped = await keep("5", "c", on(4));
    await changeKeptPlan(storage, OWNER, dropped.plan.id, { settled: { as: "dropped", at: on(5) } });
    const before = await keep("6", "c", on(3));
    const states = async (at: Instant) => {
      const found = keptPlanStates(await keptPlans(storage, OWNER), at);
      return [old, newest, drift, other, dropped, before].map(({ plan }) => found.get(plan.id));
    };
    expect(await states(on(5))).toEqual([
      "superseded",
      "open",
      "superseded",
      "open",
      "dropped",
      "superseded",
    ]);
    expect((await states("2026-03-31T06:00:00Z")).slice(1, 4)).toEqual(["open", "superseded", "open"]);
    expect((await states("2026-03-31T06:00:01Z")).slice(1, 4)).toEqual(["open", "superseded", "superseded"]);
  });
});
