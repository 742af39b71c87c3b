// Measures the figures of docs/benchmarks.md and writes them there. Each row is a ratio within this one run: against the
// machine's own minimum, or against what a user would otherwise pick. Machines are noisy; the ratio is what holds.
//   npm run bench               all of it
//   npm run bench -- ledger     only sections whose name contains the word; the document keeps the others as they were
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { billFile, billInParts } from "../packages/cli/bench/bill-file.ts";
import { builtStart } from "../packages/cli/bench/built-start.ts";
import { demoCollection, requestsOfADay } from "../packages/cli/bench/demo.ts";
import { spendCoverage } from "../packages/cli/bench/spend-coverage.ts";
import type { Benchmark } from "../packages/core/bench/benchmark.ts";
import { ledgerTime } from "../packages/core/bench/ledger.ts";
import { arrowTableFromCodes, writeUsageTypes } from "../packages/dataset/bench/parquet.ts";
import { coldStart, memoryAtHundredThousandGroups } from "../packages/functions/bench/cold-start.ts";
import { memoryOfTheReport, reportOfADay } from "../packages/functions/bench/daily-report.ts";
import { planOfManyResources } from "../packages/functions/bench/large-plan.ts";
import { pageFigures } from "../packages/web/bench/page.ts";

interface Section {
  readonly name: string;
  readonly says: string;
  readonly unit: string;
  readonly run: () => Promise<readonly Benchmark[]>;
  /** Measured only when it is named. */
  readonly isLarge?: boolean;
}

const sections: readonly Section[] = [
  {
    name: "Requests",
    says: "Pages of GetCostAndUsage and GetCostForecast for the demo company, against the seven that a day may take.",
    unit: "pages",
    run: requestsOfADay,
  },
  {
    name: "Starting the published program",
    says: "The program of the npm package, built ahead, against the same from a checkout's TypeScript. Times in ms.",
    unit: "",
    run: builtStart,
  },
  {
    name: "Collecting the demo company",
    says: "Whole processes, the emulator apart: collecting 14 months against starting the program. Times in ms.",
    unit: "",
    run: demoCollection,
  },
  {
    name: "A bill in a file",
    says: "A CUR of 93 columns as CSV (20 services, 400 workloads, 200 usage types, a whole month and a running one: hardly two charges agree), and a CUR 2.0 as Parquet (8 services, 400 workloads, 11,200 groups by day): `collect --bill`, from file to published files, against DuckDB on one thread that reads the required columns once as exact decimals, checks by distinct hashes that no line item occurs twice, and answers the same queries. Times in ms.",
    unit: "",
    run: billFile,
  },
  {
    name: "A hundred million charges",
    says: "The same CUR 2.0 in ten Parquet files. Measured only by its name (`npm run bench -- hundred`): it writes 6 GB. Times in ms.",
    unit: "",
    run: billInParts,
    isLarge: true,
  },
  {
    name: "The Lambda",
    says: "The bundled handler against the emulator: processor time in ms from cold process to published, and memory in MB.",
    unit: "",
    run: async () => [await coldStart(), await memoryAtHundredThousandGroups()],
  },
  {
    name: "A daily report",
    says: "Reading `daily.json`, computing the report of a day with forecast and anomalies, and writing it in every form; and the bundled handler between S3, DynamoDB and SES on loopback. Times in ms, memory in MB.",
    unit: "",
    run: async () => [await reportOfADay(), await memoryOfTheReport()],
  },
  {
    name: "A plan",
    says: "The JSON of a plan with resources of real ones: parsed within its limits, redacted, priced by the shipped list prices, and its redacted copy written. Times in ms, memory in MB.",
    unit: "",
    run: () => planOfManyResources(),
  },
  {
    name: "Coverage of spend",
    says: "`dapanoskop coverage` of a CUR 2.0 as CSV with a tenth as many resources, and a state that has half of them, against DuckDB on one thread that sums the same columns as exact decimals and checks by distinct hashes that no line item occurs twice. Times in ms, memory in MB.",
    unit: "",
    run: () => spendCoverage(),
  },
  {
    name: "Ledger",
    says: "Computing and proving a period, against one exact sum of its rows. Linear: the time a row stays the same.",
    unit: "ms",
    run: async () => [1e4, 1e5, 1e6].map((rows) => ledgerTime(rows)),
  },
  {
    name: "Parquet",
    says: "A million usage-type rows, gathered and written.",
    unit: "ms",
    run: async () => [await arrowTableFromCodes(), await writeUsageTypes()],
  },
  {
    name: "The page",
    says: "The built page in Chromium, from an empty cache, as `serve` packs it.",
    unit: "",
    run: pageFigures,
  },
];

const [wanted = ""] = process.argv.slice(2);
const document = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs", "benchmarks.md");
const texts = new Map<string, string>();
const isWanted = ({ name, isLarge = false }: Section) =>
  name.toLowerCase().includes(wanted.toLowerCase()) && (wanted !== "" || !isLarge);
for (const section of sections.filter(isWanted)) {
  process.stderr.write(`${section.name} …\n`);
  const text = sectionText(section, await section.run());
  process.stdout.write(`${text}\n`);
  texts.set(section.name, text);
}
// What was not measured now stays as it was measured before.
const before = new Map(
  readFileSync(document, "utf8")
    .split(/^(?=## )/m)
    .slice(1)
    .map((text) => [text.slice(3, text.indexOf("\n")), `${text.trimEnd()}\n`]),
);
const parts = sections.flatMap(({ name }) => texts.get(name) ?? before.get(name) ?? []);
writeFileSync(document, `${heading()}\n${parts.join("\n")}`);

function heading(): string {
  return `# Benchmarks

Measured by \`npm run bench\`, which writes this page; \`npm run bench -- ledger\` measures one section. Every ratio comes from
one run on one machine (Node ${process.versions.node}, ${process.platform} ${process.arch}, shared and noisy): compare ratios, not milliseconds.
A section keeps its figures until it is measured again: they may be of an earlier build.
`;
}

function sectionText({ name, says, unit }: Section, rows: readonly Benchmark[]): string {
  const lines = rows.map(
    ({ name: what, ours, other, ratio, note }) =>
      `| ${what} | ${figure(ours, unit)} | ${figure(other, unit)} | ${ratio.toFixed(ratio < 0.1 ? 4 : 2)} | ${note} |`,
  );
  return `## ${name}\n\n${says}\n\n| | ours | other | ratio | |\n| --- | ---: | ---: | ---: | --- |\n${lines.join("\n")}\n`;
}

function figure(value: number, unit: string): string {
  return `${Number.isInteger(value) ? value : value.toFixed(value < 10 ? 2 : 0)} ${unit}`.trim();
}
