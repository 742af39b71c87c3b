import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReportDocument } from "@dapanoskop/core/insight/render";
import { decimalText } from "@dapanoskop/core/money";
import { type Bill, billSource } from "@dapanoskop/core/source";
import { displayWidth } from "@dapanoskop/core/text";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressIn, type CommandResult, dapanoskop } from "../packages/cli/src/testing/run-command.ts";
import { aBill, aCharge } from "./support/a-bill.ts";
import { type Account, anAccount, summaryIn } from "./support/an-account.ts";

// Whoever may tag a resource writes on our page, in our files and on our terminal.

const names = [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  `"><svg/onload=alert(1)>`,
  "javascript:alert(1)",
  "&lt;b&gt; &amp; </bdi>",
  `=HYPERLINK("http://example.com","click")`,
  "+1",
  "@SUM(A1)",
  "'; DROP TABLE read_parquet; --",
  "../../../etc/passwd",
  "_runs/2026-02/summary.json",
  "index.json",
  "\0\0\0",
  "\r\nSet-Cookie: session=stolen",
  "\u202egnp.exe",
  "\u2066\u2069\u200b\u200e",
  "\u001b[2J\u001b]0;owned\u0007",
  "\u009b31m",
  "a$b",
  "App$",
  "$",
  " ",
  "Untagged",
  "Untagged (tag)",
  "Uncategorized",
  "null",
  "👩‍👩‍👧‍👦",
  `Z${"\u0301".repeat(500)}`,
  "x".repeat(10_240),
];

const YESTERDAY = "2026-03-03T06:00:00Z";
const TODAY = "2026-03-04T06:00:00Z";

/** A cent for the first name, two for the second: an amount in the wrong place is seen. */
const cents = (at: number) => `${((at + 1) / 100).toFixed(2)}0000000001`;
const whole = decimalText(
  names.reduce((all, _, at) => all + BigInt(at + 1) * 10_000_000_000n + 1n, 0n),
  12,
);

/** Each name is a workload; the next one is its cost center, the one after that its usage type. */
const neighbour = (at: number, by: number) => names[(at + by) % names.length] ?? "";

function hostileBill(): Bill {
  const on = (day: string) =>
    names.map((app, at) =>
      aCharge(day, { app, center: neighbour(at, 1), usageType: neighbour(at, 2), cost: cents(at) }),
    );
  return aBill(["2025-03-01", "2026-02-01", "2026-03-01"].flatMap(on));
}

/** A name as it is published: a real tag that reads like our own word is told apart from it. */
const labelled = (name: string, word: string, suffix: string) =>
  name.startsWith(word) ? `${name}${suffix}` : name;
const workloadName = (name: string) => labelled(name, "Untagged", " (tag)");
const centerName = (name: string) => labelled(name, "Uncategorized", " (category)");
const expected = new Map(names.map((name, at) => [workloadName(name), Number(cents(at))]));

/** What a terminal obeys, what turns the reading direction, what hides. Line ends are ours. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const unseenIn = (text: string) => UNSEEN.exec(text.replaceAll("\n", "").replaceAll("👩‍👩‍👧‍👦", ""))?.[0];

let account: Account;
let runs: readonly CommandResult[] = [];

beforeAll(async () => {
  account = await anAccount({ source: billSource(hostileBill(), { at: TODAY }), pageSize: 20 });
  runs = [
    await account.collect(YESTERDAY),
    // The second day reads what February and last March were from our own files, names and all.
    await account.collect(TODAY),
  ];
}, 60_000);

afterAll(() => account?.close());

describe("hostile names", () => {
  it("are collected and verified like any others, and change no object", async () => {
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const { code, out } = await dapanoskop(["verify", "--store", account.store]);
    expect(out).toContain("Everything is as it was published, and adds up.");
    expect(code).toBe(0);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.get({}, "current_cost_usd")).toBeUndefined();
  });

  it("reach summary.json as the bill spells them, each with its own cents, in every period", async () => {
    for (const month of ["2026-03", "2026-02"]) {
      const { totals, cost_centers: centers } = await summaryIn(account.store, month);
      expect(totals.current_cost_usd).toBe(Number(whole));
      for (const [at, name] of names.entries()) {
        const center = centers.find(({ name: own }) => own === centerName(neighbour(at, 1)));
        expect(center?.workloads, name.slice(0, 40)).toEqual([
          expect.objectContaining({
            name: workloadName(name),
            kind: "named",
            current_cost_usd: Number(cents(at)),
          }),
        ]);
        if (month !== "2026-03") continue;
        const cost = Number(cents(at));
        expect(center).toMatchObject({
          prev_month_cost_usd: cost,
          yoy_cost_usd: cost,
          prior_partial_cost_usd: cost,
        });
      }
    }
  });

  it("reach two parquet readers, each with its own cents", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const periods = ["2026-03", "2026-02", "2025-03"];
    for (const [file, column, told] of [
      ["cost-by-workload.parquet", "cost_center", periods],
      ["cost-by-usage-type.parquet", "usage_type", periods],
      ["cost-by-usage-type-like-for-like.parquet", "usage_type", ["2026-02"]],
      ["cost-by-day.parquet", "cost_center", [undefined]],
    ] as const) {
      const path = join(account.store, "2026-03", file);
      const bytes = Uint8Array.from(await readFile(path)).buffer;
      const rows = await parquetReadObjects({ file: bytes, compressors });
      const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`);
      for (const table of [rows, reader.getRowObjectsJS()]) {
        for (const period of told) {
          const own = table.filter((row) => row.period === period);
          expect(new Map(own.map((row) => [row.workload, row.cost_usd]))).toEqual(expected);
          const second = names.map((_, at) =>
            column === "cost_center" ? centerName(neighbour(at, 1)) : neighbour(at, 2),
          );
          expect(new Set(own.map((row) => row[column]))).toEqual(new Set(second));
        }
      }
    }
    connection.closeSync();
  });

  it("move no cursor and turn no line in the terminal, and no figure is pushed out of it", async () => {
    for (const month of ["2026-03", "2026-02"]) {
      const show = ["show", "--store", account.store, "--period", month];
      const plain = await dapanoskop(show, { at: TODAY });
      expect(unseenIn(plain.out)).toBeUndefined();
      for (const line of plain.out.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
      expect(plain.out).toContain(`$${Number(whole).toFixed(2)}`);
      const colored = await dapanoskop(show, { at: TODAY, terminal: 100 });
      // Our own colors and weights are all that is obeyed.
      expect(unseenIn(colored.out.replaceAll(/\u001b\[[\d;]*m/g, ""))).toBeUndefined();
    }
  });

  it("come back from JSON as the bill spells them, printed so that nothing is obeyed", async () => {
    const { out } = await dapanoskop(["show", "--store", account.store, "--json"], { at: TODAY });
    expect(unseenIn(out)).toBeUndefined();
    const report = JSON.parse(out) as ReportDocument;
    const told = report.cost_centers.flatMap(({ workloads }) =>
      workloads.map(({ name, cost }) => [name, cost] as const),
    );
    expect(new Map(told)).toEqual(expected);
  });

  it("are in no answer of serve but the published files: an address cannot bring one into the page", async () => {
    const answers: { readonly html: string; readonly headers: Headers }[] = [];
    await dapanoskop(["serve", "--store", account.store, "--port", "0"], {
      at: TODAY,
      onOut: (text, end) => {
        const look = async () => {
          for (const name of [
            "web",
            "<script>alert(1)</script>",
            `"><svg/onload=alert(1)>`,
            "\u202egnp.exe",
          ]) {
            const response = await fetch(`${addressIn(text)}/workload?name=${encodeURIComponent(name)}`);
            answers.push({ headers: response.headers, html: await response.text() });
          }
        };
        void look().finally(end);
      },
    });
    expect(answers).toHaveLength(4);
    for (const { html, headers } of answers) {
      expect(html).toBe(answers[0]?.html);
      expect(html).not.toMatch(/alert\(1\)|onload|gnp\.exe|&lt;/);
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.has("set-cookie")).toBe(false);
    }
  });

  it("never enter a key: on disk are only run ids, months and names of ours", async () => {
    const entries = await readdir(account.store, { recursive: true });
    const key =
      /^[a-z]{1,20}\.json$|^20\d\d-\d\d(\/(summary\.json|cost-by-(workload|usage-type(-like-for-like)?|day|service)\.parquet))?$|^_index(\/\d+\.json)?$|^_runs(\/\d{8}T\d{6}Z-[0-9a-f]{32}(\/([a-z]{1,20}-\d+\.json|20\d\d-\d\d(\/[a-z.-]+)?))?)?$/;
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.filter((entry) => !key.test(entry))).toEqual([]);
  });

  it("stay harmless and short where a run tells what it met", () => {
    for (const { out, err } of runs) {
      expect(unseenIn(out + err)).toBeUndefined();
      for (const line of (out + err).split("\n")) expect(line.length).toBeLessThanOrEqual(1_200);
    }
    expect(runs[0]?.err).toContain("the category table does not contain");
  });
});

describe("a name that is no text", () => {
  it("half a character long is published with its cent, next to the sign that stands for it", async () => {
    const torn = ["a\ud83d", "a\ufffd", "\udc00"];
    const charges = torn.map((app, at) => aCharge("2026-02-01", { app, center: app, cost: cents(at) }));
    const small = await anAccount({ source: billSource(aBill(charges), { at: YESTERDAY }) });
    try {
      expect(await small.collect("2026-03-01T06:00:00Z")).toMatchObject({ code: 0 });
      const { cost_centers: centers } = await summaryIn(small.store, "2026-02");
      expect(new Map(centers.map(({ name, current_cost_usd }) => [name, current_cost_usd]))).toEqual(
        new Map(torn.map((name, at) => [name, Number(cents(at))])),
      );
      const { code, out } = await dapanoskop(["verify", "--store", small.store]);
      expect(code, out).toBe(0);
      // The next day compares with what it wrote itself.
      expect(await small.collect("2026-03-02T06:00:00Z")).toMatchObject({ code: 0 });
      const shown = await dapanoskop(["show", "--store", small.store], { at: TODAY });
      expect(shown.out).toContain("\\ud83d");
    } finally {
      await small.close();
    }
  });
});
