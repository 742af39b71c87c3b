import { type Bill, billSource } from "@dapanoskop/core/source";
import type { EmulatedRequest } from "@dapanoskop/emulator";
import { afterEach, describe, expect, it } from "vitest";
import { contentOf } from "../packages/cli/src/testing/a-folder.ts";
import { dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { smallCompany } from "./support/a-bill.ts";
import { type Account, anAccount, aStore, pagesOf, summaryIn } from "./support/an-account.ts";

// Paged responses, end to end: a collection reads responses in several pages, including missing and repeated pages.

const bill = smallCompany("2025-01-01", "2026-03-20");
const ONE_PAGE = 1_000_000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function account(pageSize: number, faults: readonly string[] = [], of: Bill = bill): Promise<Account> {
  const opened = await anAccount({
    source: billSource(of, { at: "2026-03-20T06:00:00Z" }),
    pageSize,
    faults,
  });
  closing.push(() => opened.close());
  return opened;
}

/** Collects into a new store. Returns the outcome and the requests of the collection. */
async function collected({ emulator, setTime }: Account, at: string, ...faults: readonly string[]) {
  const { store, remove } = await aStore();
  closing.push(remove);
  setTime(at);
  const before = emulator.requests.length;
  emulator.heal();
  emulator.inject(...faults);
  const result = await dapanoskop(["collect", "--store", store, "--at", at], { at });
  emulator.heal();
  return { ...result, store, requests: emulator.requests.slice(before) };
}

/** The figures of a store's month, without the run id and the counts of requests. */
async function figures(store: string, month: string) {
  const { run_id: _run, requests: _requests, ...rest } = await summaryIn(store, month);
  return rest;
}

/** The cost requests that are followed by another page: after each, a page can be lost or repeated. */
const continued = (requests: readonly EmulatedRequest[]): readonly number[] => {
  const cost = requests.filter(({ operation }) => operation === "GetCostAndUsage");
  return cost.flatMap((_, at) => ((cost[at + 1]?.page ?? 1) > 1 ? [at + 1] : []));
};

describe("a response in three pages", () => {
  it("counts every group once: the figures equal those of a response in one page", async () => {
    const whole = await collected(await account(ONE_PAGE), "2026-03-08T06:00:00Z");
    const inThree = await collected(await account(60), "2026-03-08T06:00:00Z");
    expect([whole.code, inThree.code]).toEqual([0, 0]);
    expect(whole.requests.every(({ page }) => page === 1)).toBe(true);
    expect(inThree.requests.some(({ page }) => page === 3)).toBe(true);
    for (const month of ["2026-03", "2026-02"]) {
      expect(await figures(inThree.store, month)).toEqual(await figures(whole.store, month));
      const { requests } = await summaryIn(inThree.store, month);
      expect(requests.pages).toBe(pagesOf(inThree.requests).length);
    }
  });

  it("is the same in pages of any size", async () => {
    const whole = await collected(await account(ONE_PAGE), "2026-03-01T06:00:00Z");
    for (const pageSize of [1, 2, 3, 7]) {
      const cut = await collected(await account(pageSize), "2026-03-01T06:00:00Z");
      expect(await figures(cut.store, "2026-02"), `pages of ${pageSize}`).toEqual(
        await figures(whole.store, "2026-02"),
      );
    }
  });

  it("succeeds although its second page is throttled twice", async () => {
    const opened = await account(60);
    const clean = await collected(opened, "2026-03-08T06:00:00Z");
    const second = clean.requests.findIndex(({ page }) => page === 2) + 1;
    const throttled = await collected(opened, "2026-03-08T06:00:00Z", `throttle:${second}x2`);
    const around = throttled.requests.slice(second - 2, second + 2);
    expect(around.map(({ page, error }) => error ?? page)).toEqual([
      1,
      "LimitExceededException",
      "LimitExceededException",
      2,
    ]);
    expect(throttled.code).toBe(0);
    expect(await figures(throttled.store, "2026-03")).toEqual(await figures(clean.store, "2026-03"));
    // AWS does not charge for refused requests.
    expect((await summaryIn(throttled.store, "2026-03")).requests).toEqual(
      (await summaryIn(clean.store, "2026-03")).requests,
    );
  });

  it("fails within 20 requests when a token repeats a page, and changes nothing", async () => {
    const opened = await account(20);
    await opened.collect("2026-03-07T06:00:00Z");
    const before = await contentOf(opened.store);
    const requests = opened.emulator.requests.length;
    opened.emulator.inject("repeat-token");
    const { code, out, err } = await opened.collect("2026-03-08T06:00:00Z");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err.trimEnd().split("\n").at(-1)).toMatch(/2026-0\d.*(page|token).*\.$/);
    expect(opened.emulator.requests.length - requests).toBeLessThan(20);
    expect(await contentOf(opened.store)).toEqual(before);
  });
});

describe.each(["drop-page", "double-page"])("a faulty page: %s", (fault) => {
  // On the 1st few pages are enough, so each page of each query can be tried. The total by day also has days of the month
  // before, which only give the month's usual cost. No figure contains them, so their page may be lost.
  it("is detected after every page of every query of a collection", async () => {
    const opened = await account(12);
    const clean = await collected(opened, "2026-03-01T06:00:00Z");
    const expected = await figures(clean.store, "2026-02");
    const places = continued(clean.requests);
    expect(places.length).toBeGreaterThan(15);
    let found = 0;
    for (const place of places) {
      const always = await collected(opened, "2026-03-01T06:00:00Z", `${fault}:${place}x*@GetCostAndUsage`);
      expect(always.code, `always, after page request ${place}: ${always.out}`).toBe(1);
      expect(always.err.trimEnd().split("\n").at(-1)).toMatch(/20\d\d-\d\d.*\.$/);
      expect(await contentOf(always.store)).toEqual(new Map());

      const once = await collected(opened, "2026-03-01T06:00:00Z", `${fault}:${place}@GetCostAndUsage`);
      if (once.code === 0) {
        if (once.requests.length > clean.requests.length) found += 1;
        expect(await figures(once.store, "2026-02"), `once, after page request ${place}`).toEqual(expected);
      } else {
        found += 1;
        expect(await contentOf(once.store)).toEqual(new Map());
      }
    }
    expect(found).toBeGreaterThan(places.length / 2);
  });

  it.each([
    ["with both months open", "2026-03-07T06:00:00Z", "2026-03-08T06:00:00Z", 45],
    ["with the running month alone", "2026-03-14T06:00:00Z", "2026-03-15T06:00:00Z", 50],
  ])("is never published on an ordinary day %s", async (_, yesterday, today, pageSize) => {
    const opened = await account(pageSize);
    await opened.collect(yesterday);
    const requests = opened.emulator.requests.length;
    expect((await opened.collect(today)).code).toBe(0);
    const expected = await figures(opened.store, "2026-03");
    const places = continued(opened.emulator.requests.slice(requests));
    expect(places.length).toBeGreaterThan(5);
    let found = 0;
    for (const injected of places.flatMap((place) => [`${fault}:${place}`, `${fault}:${place}x*`])) {
      const before = await contentOf(opened.store);
      opened.emulator.heal();
      opened.emulator.inject(`${injected}@GetCostAndUsage`);
      const { code } = await opened.collect(today, "--force");
      if (code === 1) {
        found += 1;
        expect(await contentOf(opened.store)).toEqual(before);
        continue;
      }
      // No figure contains the days between the prior period to date and the running month, so their page may be lost.
      expect(await figures(opened.store, "2026-03"), injected).toEqual(expected);
    }
    expect(found).toBeGreaterThan(places.length / 2);
  });
});
