// Puts plausible mistakes into the code, one at a time, and counts how many the tests, the types or the lint rules about promises notice.
//   npm run mutation                          300 mutants, spread over all groups
//   npm run mutation -- --count 60 --only core --seed 2
//   npm run mutation -- --reach package       without tests of other packages and of the whole system, and slow ones elsewhere: a lower bound
//   npm run mutation -- --again               only the survivors of the run before, where their line is still the same
// The survivors are written to .cache/mutation/survivors.md with their file and line, and to survivors.json for --again.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { importGraph, testsOf } from "./mutation/import-graph.ts";
import { type Mutant, mutantsOf } from "./mutation/mutants.ts";
import { type TestRunner, testRunner } from "./mutation/test-runner.ts";

/** The code that is mutated, by group: figures and protocols, not wiring or drawing. */
const groups: Readonly<Record<string, RegExp>> = {
  core: /^packages\/core\/src\//,
  dataset: /^packages\/dataset\/src\//,
  pipeline: /^packages\/pipeline\/src\//,
  "bill-file": /^packages\/local\/src\/bill-file\//,
  aws: /^packages\/aws\/src\//,
  functions: /^packages\/functions\/src\//,
  plans: /^packages\/plans\/src\//,
  budgets: /^packages\/budgets\/src\//,
  scan: /^packages\/scan\/src\//,
  api: /^packages\/api\/src\//,
  report: /^packages\/report\/src\//,
  web: /^packages\/web\/src\/(data|chart|words|table)\/[^/]*\.ts$/,
};

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "300" },
    only: { type: "string" },
    seed: { type: "string", default: "1" },
    again: { type: "boolean", default: false },
    reach: { type: "string", default: "all" },
    workers: { type: "string", default: String(Math.min(2, availableParallelism())) },
  },
});

/** A mutant that has not been noticed after this time counts as noticed: it made a loop endless. */
const LONGEST_RUN_MS = 240_000;

type Verdict = "tests" | "types" | "lint" | "time" | "survived";

/** As `npm run lint:promises`. */
const PROMISE_RULES = ["oxlint", "--type-aware"];

interface Outcome {
  readonly mutant: Mutant;
  readonly verdict: Verdict;
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, ".cache/mutation");
const children = new Set<ChildProcess>();
const runners = new Set<TestRunner>();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill("SIGKILL");
    for (const runner of runners) runner.stop();
    report();
    process.exit(130);
  });
}

const sources = execFileSync("git", ["ls-files", "packages"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|\/testing\/|\/index\.ts$|\.d\.ts$/.test(file));
const graph = importGraph(root);
const chosen = values.again ? survivorsBefore() : choose(Number(values.count), Number(values.seed));
const outcomes: Outcome[] = [];
await Promise.all(Array.from({ length: Number(values.workers) }, (_, worker) => work(worker)));
report();

/** The same seed always chooses the same mutants: an equal number from each group, spread over its files. */
function choose(count: number, seed: number): Mutant[] {
  const wanted = Object.entries(groups).filter(([name]) => values.only === undefined || values.only === name);
  if (wanted.length === 0) throw new Error(`--only takes one of ${Object.keys(groups).join(", ")}.`);
  const random = generator(seed);
  const all = wanted.map(([, pattern]) => {
    const files = sources.filter((file) => pattern.test(file) && testsOf(graph, file).length > 0);
    return shuffled(
      files.flatMap((file) => mutantsOf(file, readFileSync(join(root, file), "utf8"))),
      random,
    );
  });
  const share = Math.ceil(count / wanted.length);
  return shuffled(
    all.flatMap((mutants) => mutants.slice(0, share)),
    random,
  ).slice(0, count);
}

/** The survivors of the run before: the same mistake in a line of the same text. */
function survivorsBefore(): Mutant[] {
  const before: readonly Survivor[] = JSON.parse(readFileSync(join(cache, "survivors.json"), "utf8"));
  return before.flatMap(({ mutant, text }) => {
    if (!existsSync(join(root, mutant.file))) return [];
    const source = readFileSync(join(root, mutant.file), "utf8");
    const same = mutantsOf(mutant.file, source).filter(
      ({ kind, original, replacement, line }) =>
        kind === mutant.kind &&
        original === mutant.original &&
        replacement === mutant.replacement &&
        lineOf(source, line) === text,
    );
    return same.slice(0, 1);
  });
}

interface Survivor {
  readonly mutant: Mutant;
  /** The whole line that it changes. */
  readonly text: string;
}

function lineOf(source: string, line: number): string {
  return source.split("\n")[line - 1]?.trim() ?? "";
}

async function work(worker: number): Promise<void> {
  const copy = join(cache, `copy-${worker}`);
  makeCopy(copy);
  const runner = testRunner(copy, LONGEST_RUN_MS);
  runners.add(runner);
  for (let mutant = chosen.pop(); mutant !== undefined; mutant = chosen.pop()) {
    const path = join(copy, mutant.file);
    const source = readFileSync(path, "utf8");
    writeFileSync(path, source.slice(0, mutant.start) + mutant.replacement + source.slice(mutant.end));
    const verdict = await judge(copy, mutant, runner);
    writeFileSync(path, source);
    outcomes.push({ mutant, verdict });
    if (verdict === "survived") writeSurvivors();
    process.stderr.write(`${outcomes.length} ${verdict.padEnd(8)} ${describe(mutant)}\n`);
  }
  runner.stop();
}

/** The nearest tests first, and slow ones after the others: most mistakes are noticed beside the code. */
async function judge(copy: string, mutant: Mutant, runner: TestRunner): Promise<Verdict> {
  const all = testsOf(graph, mutant.file);
  const near = all.filter((test) => dirname(test) === dirname(mutant.file));
  const own = all.filter((test) => !near.includes(test) && test.startsWith(packageOf(mutant.file)));
  const others = all.filter((test) => !near.includes(test) && !own.includes(test));
  const elsewhere = [
    { tests: own, are: "slow" },
    { tests: others, are: "fast" },
    { tests: others, are: "slow" },
  ] as const;
  const stages = [
    { tests: near, are: "fast" },
    { tests: own, are: "fast" },
    { tests: near, are: "slow" },
    ...(values.reach === "package" ? [] : elsewhere),
  ] as const;
  for (const [at, { tests, are }] of stages.entries()) {
    const passed = tests.length === 0 || (await runner.run({ changed: mutant.file, tests, are }));
    if (passed === null) return "time";
    if (!passed) return "tests";
    if (at === 0 && (await run(copy, typeCheck(mutant))) !== 0) return "types";
  }
  const isFloating =
    mutant.kind === "await removed" && (await run(copy, [...PROMISE_RULES, mutant.file])) !== 0;
  return isFloating ? "lint" : "survived";
}

/** Only what a mutant changes is checked again: the whole would take longer than most tests. */
function typeCheck({ file }: Mutant): readonly string[] {
  const of = file.startsWith("packages/web/") ? "packages/web" : ".";
  const known = join(of, "types.tsbuildinfo");
  return ["tsc", "--noEmit", "-p", join(of, "tsconfig.json"), "--incremental", "--tsBuildInfoFile", known];
}

/** The exit code; null when it took too long. */
function run(copy: string, [command = "", ...words]: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(join(copy, "node_modules/.bin", command), words, {
      cwd: copy,
      stdio: "ignore",
      detached: true,
    });
    children.add(child);
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, LONGEST_RUN_MS);
    child.once("close", (code) => {
      clearTimeout(timer);
      children.delete(child);
      resolve(code);
    });
  });
}

/** A copy of the checkout with packages of its own, so that a mutant is seen by every import of it. */
function makeCopy(copy: string): void {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
  for (const file of files) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file));
  }
  for (const folder of [
    "node_modules",
    ...files.filter(isPackage).map((file) => join(dirname(file), "node_modules")),
  ]) {
    // Hard links: a copy of some 400 MB would take longer than the tests.
    if (existsSync(join(root, folder))) execFileSync("cp", ["-al", join(root, folder), join(copy, folder)]);
  }
}

function isPackage(file: string): boolean {
  return /^packages\/[^/]+\/package\.json$/.test(file);
}

/** Also while the run goes on: a run that is stopped leaves what it found. */
function writeSurvivors(): void {
  const survivors = outcomes.filter(({ verdict }) => verdict === "survived");
  const lines = survivors.map(({ mutant }) => `- ${describe(mutant)}`).sort();
  writeFileSync(join(cache, "survivors.md"), `${lines.join("\n")}\n`);
  const again: readonly Survivor[] = survivors.map(({ mutant }) => ({
    mutant,
    text: lineOf(readFileSync(join(root, mutant.file), "utf8"), mutant.line),
  }));
  writeFileSync(join(cache, "survivors.json"), JSON.stringify(again));
}

function report(): void {
  writeSurvivors();
  for (const [name, pattern] of Object.entries(groups)) {
    const own = outcomes.filter(({ mutant }) => pattern.test(mutant.file));
    if (own.length > 0) console.log(`${name.padEnd(10)} ${summary(own)}`);
  }
  console.log(`all        ${summary(outcomes)}`);
}

function summary(of: readonly Outcome[]): string {
  const count = (verdict: Verdict) => of.filter((outcome) => outcome.verdict === verdict).length;
  const noticed = of.length - count("survived");
  const by = `tests ${count("tests")}, types ${count("types")}, lint ${count("lint")}, time ${count("time")}`;
  return `${noticed} of ${of.length} noticed (${((100 * noticed) / of.length).toFixed(1)} %): ${by}`;
}

function describe({ file, line, kind, original, replacement }: Mutant): string {
  const short = (text: string) => JSON.stringify(text.replaceAll(/\s+/g, " ").slice(0, 60));
  return `${file}:${line} ${kind}: ${short(original)} -> ${short(replacement)}`;
}

function packageOf(file: string): string {
  return file.split("/").slice(0, 2).join("/");
}

/** Fisher and Yates. */
function shuffled<Value>(list: readonly Value[], random: () => number): Value[] {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as Value, mixed[at] as Value];
  }
  return mixed;
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
