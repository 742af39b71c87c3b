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

// Names of tags appear on the page, in the files and in the terminal. Anyone with permission to tag can choose them.

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

/** A cent for the first name, two for the second, so that each name has its own amount. */
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

/** A published name. A tag value that equals one of our own labels has a suffix. */
const labelled = (name: string, word: string, suffix: string) =>
  name.startsWith(word) ? `${name}${suffix}` : name;
const workloadName = (name: string) => labelled(name, "Untagged", " (tag)");
const centerName = (name: string) => labelled(name, "Uncategorized", " (category)");
const expected = new Map(names.map((name, at) => [workloadName(name), Number(cents(at))]));

/** Control characters, bidirectional controls and invisible characters. The output may contain its own line ends. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const unseenIn = (text: string) => UNSEEN.exec(text.replaceAll("\n", "").replaceAll("👩‍👩‍👧‍👦", ""))?.[0];

let account: Account;
let runs: readonly CommandResult[] = [];

beforeAll(async () => {
  account = await anAccount({ source: billSource(hostileBill(), { at: TODAY }), pageSize: 20 });
  runs = [
    await account.collect(YESTERDAY),
    // The second collection reads February and March of last year, with their names, from our own files.
    await account.collect(TODAY),
  ];
}, 60_000);

afterAll(() => account?.close());

describe("hostile names", () => {
  it("are collected and verified like any other name, and change no prototype", async () => {
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const { code, out } = await dapanoskop(["verify", "--store", account.store]);
    expect(out).toContain("Everything is as it was published, and adds up.");
    expect(code).toBe(0);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.get({}, "current_cost_usd")).toBeUndefined();
  });

  it("are in summary.json as in the bill, each with its own amount, in every period", async () => {
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

  it("are in the parquet files of two readers, each with its own amount", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const periods = ["2026-03", "2026-02", "2025-03"];
    for (const [file, column, costs] of [
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
        for (const period of costs) {
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

  it("do not move the cursor, change the direction or exceed the width of the terminal", async () => {
    for (const month of ["2026-03", "2026-02"]) {
      const show = ["show", "--store", account.store, "--period", month];
      const plain = await dapanoskop(show, { at: TODAY });
      expect(unseenIn(plain.out)).toBeUndefined();
      for (const line of plain.out.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
      expect(plain.out).toContain(`$${Number(whole).toFixed(2)}`);
      const colored = await dapanoskop(show, { at: TODAY, terminal: 100 });
      // The only escape sequences are our own colors and weights.
      expect(unseenIn(colored.out.replaceAll(/\u001b\[[\d;]*m/g, ""))).toBeUndefined();
    }
  });

  it("are in the JSON output as in the bill, with control characters escaped", async () => {
    const { out } = await dapanoskop(["show", "--store", account.store, "--json"], { at: TODAY });
    expect(unseenIn(out)).toBeUndefined();
    const report = JSON.parse(out) as ReportDocument;
    const costs = report.cost_centers.flatMap(({ workloads }) =>
      workloads.map(({ name, cost }) => [name, cost] as const),
    );
    expect(new Map(costs)).toEqual(expected);
  });

  it("are in no response of serve except the published files, also when an address contains one", async () => {
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

  it("are in no key: file names contain only run ids, months and our own names", async () => {
    const entries = await readdir(account.store, { recursive: true });
    const key =
      /^[a-z]{1,20}\.json$|^20\d\d-\d\d(\/(summary\.json|cost-by-(workload|usage-type(-like-for-like)?|day|service)\.parquet))?$|^_index(\/\d+\.json)?$|^_runs(\/\d{8}T\d{6}Z-[0-9a-f]{32}(\/([a-z]{1,20}-\d+\.json|20\d\d-\d\d(\/[a-z.-]+)?))?)?$/;
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.filter((entry) => !key.test(entry))).toEqual([]);
  });

  it("are short and have no control characters in the output of a run", () => {
    for (const { out, err } of runs) {
      expect(unseenIn(out + err)).toBeUndefined();
      for (const line of (out + err).split("\n")) expect(line.length).toBeLessThanOrEqual(1_200);
    }
    expect(runs[0]?.err).toContain("the category table does not contain");
  });
});

describe("a name that is not valid text", () => {
  it("that is half a character is published with its amount, apart from the replacement character", async () => {
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
      // The next collection compares with the published files.
      expect(await small.collect("2026-03-02T06:00:00Z")).toMatchObject({ code: 0 });
      const shown = await dapanoskop(["show", "--store", small.store], { at: TODAY });
      expect(shown.out).toContain("\\ud83d");
    } finally {
      await small.close();
    }
  });
});
