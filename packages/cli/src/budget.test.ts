import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dapanoskop } from "./testing/run-command.ts";

const at = "2026-03-20T09:00:00Z";

describe("dapanoskop budget", () => {
  let folder = "";
  let store = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "dapanoskop-"));
    store = join(folder, "data");
    await dapanoskop(["demo", "--store", store, "--at", at, "--no-serve"], { at });
  }, 300_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  let states = 0;
  /** A terminal with budgets of its own. */
  function aTerminal() {
    const state = join(folder, `state-${++states}`);
    const mails = join(folder, `mails-${states}`);
    const withState = (...words: readonly string[]) =>
      dapanoskop(["budget", ...words, "--state", state], { at });
    return {
      add: (...words: readonly string[]) => withState("add", ...words),
      budget: withState,
      published: (...words: readonly string[]) => withState(...words, "--store", store),
      check: () =>
        withState(
          ...["check", "--store", store, "--recipient", "finance@example.com"],
          ...["--sender", "costs@example.com", "--mail-to-folder", mails],
        ),
      mails: () => readdir(mails),
      readMail: async (name: string) => readFile(join(mails, name), "utf8"),
      withState: state,
    };
  }

  it("adds a budget, shows it by the published figures, changes and removes it", async () => {
    const { add, budget, published } = aTerminal();
    expect((await published("list")).out).toMatch(/^There is no budget\./);
    expect(await add("all", "--limit", "100.10", "--actual", "33.3", "--period", "quarter")).toMatchObject({
      code: 0,
      out: "Added the budget all.\n",
    });
    expect((await add("all", "--limit", "5")).err).toContain("There is a budget all already.");
    expect((await published("list")).out).toMatch(
      /^all {2}all: over budget: [\d.]+ % of \$100\.10 in the quarter from January 2026; forecast \$/,
    );
    await budget("update", "all", "--limit", "1000000000.50", "--period", "month", "--name", "Whole");
    const { budgets } = JSON.parse((await published("list", "--json")).out);
    expect(budgets).toMatchObject([
      {
        id: "all",
        name: "Whole",
        limit: "1000000000.50",
        thresholds: [{ of: "actual", percent: 33.3 }],
        state: { status: "on_track", period_start: "2026-03", why: null },
      },
    ]);
    expect((await budget("remove", "all")).out).toBe("Removed the budget all.\n");
    expect((await published("show", "all")).err).toContain('There is no budget "all"');
    expect((await budget("remove", "all")).code).toBe(1);
  });

  it.each([
    [["x"], "A budget needs --limit"],
    [["x", "--limit", "0"], "limit of a budget: a positive decimal"],
    [["x", "--limit", "1", "--actual", "NaN"], "thresholds of a budget: at most 10"],
    [["x", "--limit", "1", "--actual", "-5"], "--actual"],
    [["x", "--limit", "1", "--forecast", "0"], "thresholds of a budget: at most 10"],
    [["X", "--limit", "1"], "id of a budget: 1 to 40 of a-z"],
    [["x", "--limit", "1", "--period", "year"], "period of a budget: month or quarter"],
    [["x", "--limit", "1", "--owner", "bob"], "--owner must be local, user:SUB or group:NAME."],
    [
      ["x", "--limit", "-5"],
      "--limit needs a value. One that begins with a hyphen is written --limit=VALUE.",
    ],
    [["x", "--limit", "1", "--workload", "a", "--service", "b"], "A budget limits one part of the bill"],
  ])("refuses %j", async (words, sentence) => {
    const { code, err } = await aTerminal().add(...words);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });

  it("checks all budgets: each alert is one mail, and an unknown budget fails the check", async () => {
    const { add, check, mails, readMail, published } = aTerminal();
    await add("all", "--limit", "100", "--actual", "50", "--actual", "80", "--alert", "everyone");
    const first = await check();
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain("all  alert of actual 80 % to everyone: SENT");
    expect((await check()).out).not.toContain("alert of");
    const [mail = "", ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail).toMatch(/^alert-2026-03-01-everyone-[0-9a-f]{32}-1\.eml$/);
    expect((await readMail(mail)).replaceAll(/=\r?\n/g, "")).toContain("is over the limit of");
    expect((await published("show", "all")).out).toMatch(
      /actual 50 % reached in 2026-03: passed: a higher one was reached\n.*actual 80 % reached in 2026-03: everyone sent\n$/,
    );
    await add("gone", "--limit", "5", "--cost-center", "Nobody", "--alert", "everyone", "--actual", "1");
    const last = await check();
    expect(last.code).toBe(1);
    expect(last.out).toContain(
      "gone  gone: unknown: limit $5.00 in March 2026. No charge of 2026-03 is in the cost center of the budget.",
    );
    expect(await mails()).toHaveLength(1);
  });

  it("is shown by dapanoskop show below the newest month, and in its JSON", async () => {
    const { add, withState } = aTerminal();
    const show = (...words: readonly string[]) =>
      dapanoskop(["show", "--store", store, "--state", withState, ...words], { at });
    const before = (await show()).out;
    expect(JSON.parse((await show("--json")).out)).not.toHaveProperty("budgets");
    await add("all", "--limit", "100", "--name", "Every\u001bthing");
    const { out } = await show();
    expect(out.startsWith(before)).toBe(true);
    expect(out.slice(before.length)).toMatch(/^\nBudgets\nEvery\S*thing: over budget: /);
    expect(JSON.parse((await show("--json")).out).budgets).toMatchObject([
      { id: "all", status: "over_budget", limit: "100" },
    ]);
  });

  it("says which audience a budget names that there is not", async () => {
    const { add, check } = aTerminal();
    await add("all", "--limit", "1", "--actual", "1", "--alert", "platform");
    const { code, out } = await check();
    expect(code).toBe(1);
    expect(out).toContain(
      'A budget alerts the audience "platform", and there is none of that name. There are: everyone.',
    );
  });

  it("exports budgets with the tag key and the cost category of the figures", async () => {
    const { add, published } = aTerminal();
    await add("web", "--limit", "100.10", "--workload", 'we"b', "--actual", "80");
    const { out } = await published("export", "--address", "ops@example.com");
    expect(out).toContain('limit_amount = "100.10"');
    expect(out).toContain('values = ["user:App$we\\"b"]');
    expect(out).toContain('subscriber_email_addresses = ["ops@example.com"]');
  });
});
