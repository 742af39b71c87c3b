import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sendOnce } from "@dapanoskop/core/sending";
import { testClock, testRuntime } from "@dapanoskop/core/testing";
import { folderState } from "@dapanoskop/local/state-folder";
import { countedAnswers } from "@dapanoskop/report";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aFolder, copyOf, editIndex } from "./testing/a-folder.ts";
import { type CommandResult, dapanoskop } from "./testing/run-command.ts";

const at = "2026-03-08T09:00:00Z";

describe("the daily report", () => {
  let folder = "";
  let store = "";
  let demo: CommandResult;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "dapanoskop-"));
    store = join(folder, "data");
    demo = await dapanoskop(["demo", "--store", store, "--at", at, "--no-serve"], { at });
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const report = (...words: readonly string[]) => dapanoskop(["report", ...words], { at });
  const preview = (...words: readonly string[]) => report("preview", "--store", store, ...words);
  const newest = async () => JSON.parse((await preview("--format", "json")).out).date as string;

  it("of the demo can be read as a page and as a mail, where the demo says", async () => {
    const html = join(`${store}-report`, `${await newest()}.html`);
    expect(demo.err).toContain(`The daily report of the last complete day: ${html}`);
    expect(await readFile(html, "utf8")).toMatch(/^<!doctype html>/i);
    const mails = (await readdir(`${store}-report`)).filter((name) => name.endsWith(".eml"));
    expect(mails).toEqual([`daily-${await newest()}-everyone-1.eml`]);
  });

  describe("preview", () => {
    it("of months that an older version published without days says that no days are published", async () => {
      const older = await copyOf(store);
      await editIndex(older, (text) => {
        const index = JSON.parse(text);
        delete index.shared["daily.json"];
        return JSON.stringify(index);
      });
      const { code, err } = await report("preview", "--store", older);
      expect(code).toBe(1);
      expect(err).toContain(`No days are published in ${older}. Run: dapanoskop collect.`);
    });

    it("shows every form, and records nothing", async () => {
      const text = await preview();
      expect(text).toMatchObject({ code: 0, err: "" });
      expect(text.out).toMatch(/^AWS costs \d+ Mar: \$/);
      expect((await preview("--format", "html")).out).toMatch(/^<!doctype html>/i);
      expect(JSON.parse((await preview("--format", "slack")).out)).toHaveProperty("blocks");
      const json = JSON.parse((await preview("--format", "json")).out);
      expect(Object.keys(json)).toEqual(
        expect.arrayContaining(["schema", "date", "period", "complete_through", "subject", "pairs", "total"]),
      );
      await expect(stat("dapanoskop-state")).rejects.toThrow("ENOENT");
    });

    it("shows another day, and some cost centers alone", async () => {
      const day = JSON.parse((await preview("--date", "2026-03-03", "--format", "json")).out);
      expect(day.date).toBe("2026-03-03");
      const [all, one] = await Promise.all(
        [[], ["--cost-center", "Storefront"]].map(async (words) =>
          JSON.parse((await preview("--format", "json", ...words)).out),
        ),
      );
      expect(one.total).toBeLessThan(all.total);
    });

    it("opens the page with the system's program, or says where it is", async () => {
      const { out, err, code } = await preview("--open");
      expect(await readFile(out.trim(), "utf8")).toMatch(/^<!doctype html>/i);
      await rm(join(out.trim(), ".."), { recursive: true });
      expect({ err, code }).toEqual({
        err: "No program for web pages was started: open the file in a browser.\n",
        code: 0,
      });
    });

    it("of an empty place says what to do", async () => {
      const { code, err } = await report("preview", "--store", await aFolder());
      expect([code, err]).toEqual([1, expect.stringContaining("Run: dapanoskop collect.")]);
    });
  });

  describe("send", () => {
    async function aSender() {
      const own = await aFolder();
      const state = join(own, "state");
      const mails = join(own, "mails");
      const mailed = ["--recipient", "finance@example.com", "--sender", "costs@example.com"];
      return {
        state,
        mails,
        send: (...words: readonly string[]) =>
          report("send", "--store", store, "--state", state, "--mail-to-folder", mails, ...mailed, ...words),
        status: (...words: readonly string[]) =>
          report("status", "--store", store, "--state", state, ...words),
      };
    }

    it("sends what is due once, and says so", async () => {
      const { send, mails, status } = await aSender();
      const day = await newest();
      expect(await send()).toEqual({ code: 0, out: `${day}  everyone  SENT, 1 attempt\n`, err: "" });
      expect(await send()).toMatchObject({ code: 0, out: expect.stringContaining("Nothing is due") });
      expect(await readdir(mails)).toEqual([`daily-${day}-everyone-1.eml`]);
      const mail = await readFile(join(mails, `daily-${day}-everyone-1.eml`), "utf8");
      expect(mail).toMatch(/^To: finance@example\.com\r?$/m);

      const shown = await status();
      expect(shown).toMatchObject({ code: 0, err: "" });
      expect(shown.out).toContain(`everyone: daily, since ${day}\n  ${day}  SENT     1 attempt, 0 s\n`);
      expect(JSON.parse((await status("--json")).out)).toMatchObject({
        schema: 1,
        audiences: [{ name: "everyone", reports: [{ day, state: "SENT" }] }],
        delivered: { of: 1, missed: 0 },
      });
    });

    it("does not say that a report was sent which an earlier run left FAILED", async () => {
      const { state } = await aSender();
      const smtp = [
        "--recipient",
        "finance@example.com",
        "--sender",
        "costs@example.com",
        "--smtp",
        "no-url",
      ];
      const send = () => report("send", "--store", store, "--state", state, ...smtp);
      expect(await send()).toMatchObject({ code: 1, out: expect.stringContaining("FAILED, 1 attempt") });
      const { out } = await send();
      expect(out).toBe(
        "Nothing is due. Of earlier runs, these reports are not sent again by themselves: 1 FAILED. See: dapanoskop report status\n",
      );
    });

    it("says that another run is sending, and promises no resend while it does", async () => {
      const { state, send } = await aSender();
      const day = await newest();
      const runtime = testRuntime({ clock: testClock(at) });
      let during = "";
      const prepare = async () => {
        during = (await send("--date", day, "--resend")).out;
        return { summary: null, send: async () => ({ outcome: "accepted", messageId: null }) as const };
      };
      const id = { kind: "report", date: day as never, audience: "everyone" } as const;
      await sendOnce(id, prepare, { state: folderState(state), runtime });
      expect(during).toMatch(
        /everyone {2}another run has it until \S+Z at most; nothing was sent, 0 attempts/,
      );
    });

    it("is UNKNOWN in the status when its answer was lost, whatever time counts as now", async () => {
      const { state, status } = await aSender();
      const day = await newest();
      const send = async () => ({ outcome: "unknown", reason: "The answer was lost." }) as const;
      const id = { kind: "report", date: day as never, audience: "everyone" } as const;
      const runtime = testRuntime({ clock: testClock(at) });
      await sendOnce(id, async () => ({ summary: null, send }), { state: folderState(state), runtime });
      expect((await status("--at", "2026-03-08T08:30:00Z")).out).toContain(`${day}  UNKNOWN  1 attempt`);
    });

    it("refuses two ways to send mail", async () => {
      const { send } = await aSender();
      expect(await send("--smtp", "smtp://127.0.0.1:25")).toMatchObject({
        code: 2,
        err: expect.stringContaining("--mail-to-folder and --smtp exclude each other"),
      });
    });

    it("sends one day, and again only when it is told to", async () => {
      const { send, mails } = await aSender();
      const date = ["--date", "2026-03-03"];
      expect((await send(...date)).out).toBe("2026-03-03  everyone  SENT, 1 attempt\n");
      expect((await send(...date)).out).toContain("SENT before; --resend sends it again, 1 attempt");
      expect((await send(...date, "--resend")).out).toBe("2026-03-03  everyone  SENT, 2 attempts\n");
      expect((await readdir(mails)).sort()).toEqual([
        "daily-2026-03-03-everyone-1.eml",
        "daily-2026-03-03-everyone-2.eml",
      ]);
    });

    it("sends to the audiences of a file, or to one of them", async () => {
      const { send } = await aSender();
      const file = join(folder, "audiences.json");
      const shop = {
        name: "shop",
        channel: "mail",
        recipients: ["shop@example.com"],
        cost_centers: ["Storefront"],
      };
      await writeFile(file, JSON.stringify([shop, { ...shop, name: "it", cost_centers: ["Corporate IT"] }]));
      const one = await send("--audiences", file, "--date", "2026-03-03", "--audience", "shop");
      expect(one.out).toBe("2026-03-03  shop  SENT, 1 attempt\n");
      const all = await send("--audiences", file, "--date", "2026-03-03");
      expect(all.out.match(/^.*SENT/gm)).toHaveLength(3);
      const other = await send("--audiences", file, "--audience", "nobody");
      expect(other).toMatchObject({
        code: 2,
        err: expect.stringContaining("There are: everyone, shop, it."),
      });
    });

    it("without an audience sends nothing, and is no error", async () => {
      const { code, out, err } = await report("send", "--store", store, "--state", await aFolder());
      expect({ code, out }).toEqual({ code: 0, out: "" });
      expect(err).toContain("No audience is named, so nothing was sent.");
    });

    it("fails where the server cannot be reached, after three attempts, with what to do", async () => {
      const { state, status } = await aSender();
      const words = [
        "--recipient",
        "a@example.com",
        "--sender",
        "b@example.com",
        "--smtp",
        "smtp://127.0.0.1:1",
      ];
      const { code, out } = await report("send", "--store", store, "--state", state, ...words);
      expect([code, out]).toEqual([1, expect.stringMatching(/FAILED, 3 attempts: /)]);
      expect(await status()).toMatchObject({
        code: 1,
        out: expect.stringContaining("--audience everyone --resend"),
      });
    });

    it.each([
      [["--resend"], "--resend sends the report of one day again; it needs --date."],
      [["--recipient", "nobody"], '--recipient "nobody" is not understood: it must contain mail addresses'],
      [["--schedule", "daily"], '--schedule "daily" is not understood: it must be a minute and an hour'],
      [["--dashboard", "https://costs.example.com/x"], "--dashboard must be the page's address"],
      [["--date", "yesterday"], '--date must be a day like 2026-03-08, not "yesterday".'],
    ])("is refused with the help to read: %j", async (words, sentence) => {
      const { send } = await aSender();
      const { code, err } = await send(...words);
      expect(code).toBe(2);
      expect(err).toContain(sentence);
      expect(err).toContain("See: dapanoskop help report send");
    });

    it.each([
      [["--date", "2027-01-01"], "2027-01-01 is not complete yet"],
      [["--audiences", "nowhere.json"], 'The audiences "nowhere.json" could not be read.'],
    ])("fails with a sentence: %j", async (words, sentence) => {
      const { send } = await aSender();
      expect(await send(...words)).toMatchObject({ code: 1, err: expect.stringContaining(sentence) });
    });
  });

  describe("answer", () => {
    it("records what a person says about an anomaly that a report named", async () => {
      const place = await aFolder();
      const state = folderState(place);
      const summary = {
        day: "2026-03-06",
        total: "1",
        currency: "USD",
        anomalies: [{ id: "00ff", name: "Amazon S3" }],
      };
      await sendOnce(
        { kind: "report", date: "2026-03-06", audience: "everyone" },
        async () => ({ summary, send: async () => ({ outcome: "accepted", messageId: null }) }),
        { state, runtime: testRuntime() },
      );
      const answer = (...words: readonly string[]) => report("answer", "--state", place, ...words);
      expect((await answer("00ff", "false")).out).toBe("Amazon S3 on 2026-03-06: false.\n");
      expect((await answer("00ff", "confirmed")).code).toBe(0);
      expect(await countedAnswers(state, "2026-03-07")).toEqual({ confirmed: 1, false: 0 });
      expect(await answer("1234", "false")).toMatchObject({
        code: 1,
        err: expect.stringContaining('named the anomaly "1234". They named 00ff (Amazon S3, 2026-03-06).'),
      });
    });

    it.each([
      [[], "dapanoskop report answer needs ID"],
      [["00ff"], "dapanoskop report answer needs ANSWER"],
      [["00ff", "maybe"], 'ANSWER must be confirmed or false, not "maybe".'],
      [["00ff", "false", "x"], 'takes no argument "x"'],
    ])("is refused when it is not understood: %j", async (words, sentence) => {
      expect(await report("answer", ...words)).toMatchObject({
        code: 2,
        err: expect.stringContaining(sentence),
      });
    });
  });
});

it("previews a hostile name of a bill in no form as a terminal would obey it, and keeps it in JSON", async () => {
  const folder = await aFolder();
  await mkdir(folder);
  const [bill, store] = [join(folder, "bill.csv"), join(folder, "data")];
  const name = "\u009b31m\u202eS3";
  await writeFile(
    bill,
    `BillingCurrency,BilledCost,EffectiveCost,ChargeCategory,ChargePeriodStart,BillingPeriodStart,ProviderName,ServiceName,SkuMeter,SubAccountId,Tags,ConsumedQuantity,ConsumedUnit,InvoiceIssuerName,BillingAccountId
USD,10,10,Usage,2026-03-01T00:00:00Z,2026-03-01T00:00:00Z,AWS,${name},Requests,111122223333,,1,Requests,AWS,111122223333
`,
  );
  expect((await dapanoskop(["collect", "--bill", bill, "--store", store, "--at", at], { at })).code).toBe(0);
  const preview = async (format: string) =>
    (await dapanoskop(["report", "preview", "--store", store, "--format", format], { at })).out;
  for (const format of ["text", "html", "slack", "json"]) {
    expect(await preview(format), format).not.toMatch(/[\u007f-\u009f\u202e]/);
  }
  expect(JSON.stringify(JSON.parse(await preview("json")))).toContain(name);
});
