// Measures the forecast and the rule of unusual days, and writes the tables of docs/anomalies.md.
//   npm run backtest                       generated accounts and the demo company
//   npm run backtest -- --series FOLDER    also public daily series: docs/anomalies.md says which, and where they are
// The document keeps the tables that are not measured now.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { addDays } from "@dapanoskop/core/calendar";
import { type GeneratedAccountOptions, generatedAccount } from "@dapanoskop/core/forecast/testing";
import { jumpTable, quietTable } from "./backtest/alarms.ts";
import { demoAccount } from "./backtest/demo-account.ts";
import { forecastTable } from "./backtest/forecasts.ts";
import { publicSeries } from "./backtest/public-series.ts";

const SEEDS = [101, 102, 103, 104];
const [flag, folder] = process.argv.slice(2);

const accounts = (options: Partial<GeneratedAccountOptions> = {}) =>
  SEEDS.map((seed) => generatedAccount({ seed, first: "2024-01", months: 24, ...options }));

const tables: Readonly<Record<string, () => string>> = {
  "Forecasts of generated accounts": () =>
    forecastTable([
      { name: "noise 2 %", accounts: accounts({ noise: 0.02 }), dates: [5, 15] },
      { name: "noise 5 %", accounts: accounts(), dates: [2, 5, 15, 21] },
      { name: "noise 12 %", accounts: accounts({ noise: 0.12 }), dates: [5, 15] },
      { name: "doubling in a year", accounts: accounts({ growth: 1 }), dates: [5, 15] },
      { name: "halving in a year", accounts: accounts({ growth: -0.5 }), dates: [5, 15] },
      {
        name: "half of the month is a fee on the 3rd",
        accounts: accounts({ feeOnThird: 1.4 }),
        dates: [2, 4, 21],
      },
    ]),
  "False alarms in generated accounts": () =>
    quietTable(
      [0.02, 0.05, 0.1].map((noise) => ({
        name: `noise ${100 * noise} %`,
        accounts: accounts({ noise, months: 16 }),
        from: "2024-04-15",
        to: "2025-04-14",
      })),
    ),
  "Jumps in generated accounts": () =>
    jumpTable(accounts({ months: 16 }).map((account) => ({ account, from: "2024-04-15", to: "2025-04-14" }))),
  "The demo company": () => {
    const account = demoAccount("2026-03-01T06:00:00Z", 26);
    const forecasts = forecastTable([
      { name: "demo company", accounts: [account], dates: [2, 4, 5, 15, 21] },
    ]);
    return `${forecasts}\n\n${quietTable([{ name: "demo company", accounts: [account], from: "2025-03-01", to: "2026-02-28" }])}`;
  },
};

const seriesTables = (from: string): Readonly<Record<string, () => string>> => ({
  "Public daily series": () => {
    const series = publicSeries(from);
    const trials = series.map(({ name, account }) => ({ name, accounts: [account] }));
    const forecasts = forecastTable(
      trials.map((trial) => ({
        ...trial,
        dates: [5, 15],
        monthsBefore: trial.name.startsWith("Taxis") ? 3 : 12,
      })),
    );
    const spans = trials.map((trial) => {
      const { first = "", lines = [] } = trial.accounts[0] ?? {};
      const last = addDays(first, (lines[0]?.costs.length ?? 0) - 1);
      return {
        ...trial,
        from: addDays(last, -364) > addDays(first, 89) ? addDays(last, -364) : addDays(first, 89),
        to: last,
      };
    });
    const jumps = jumpTable(
      spans.flatMap(({ accounts: [account], from, to }) =>
        account === undefined ? [] : [{ account, from, to }],
      ),
    );
    return `${forecasts}\n\n${quietTable(spans)}\n\n${jumps}`;
  },
});

const document = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs", "anomalies.md");
const measured = { ...tables, ...(flag === "--series" && folder !== undefined ? seriesTables(folder) : {}) };
for (const [name, measure] of Object.entries(measured)) {
  process.stderr.write(`${name} …\n`);
  const table = measure();
  process.stdout.write(`### ${name}\n\n${table}\n\n`);
  const text = readFileSync(document, "utf8");
  const start = text.indexOf(`<!-- measured: ${name} -->`);
  const end = text.indexOf("<!-- end -->", start);
  if (start === -1 || end === -1) throw new Error(`docs/anomalies.md has no place for "${name}".`);
  const written = `${text.slice(0, start)}<!-- measured: ${name} -->\n\n${table}\n\n${text.slice(end)}`;
  writeFileSync(document, written);
}
