import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Which packages a package may import. The dataset is the contract between the packages that write and those that read. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  edge: [],
  dataset: ["core"],
  pipeline: ["core", "dataset", "edge"],
  local: ["core", "dataset", "pipeline", "edge", "plans"],
  aws: ["core", "dataset", "pipeline", "edge", "plans", "doctor"],
  emulator: ["core", "dataset", "pipeline", "edge"],
  plans: ["core", "dataset"],
  budgets: ["core", "dataset"],
  scan: ["core"],
  doctor: ["core"],
  api: ["core", "dataset", "edge", "plans", "budgets", "scan"],
  web: ["core", "dataset", "api"],
  report: ["core", "dataset", "pipeline", "budgets"],
  webhook: ["core"],
  functions: [
    "core",
    "dataset",
    "pipeline",
    "report",
    "webhook",
    "edge",
    "aws",
    "plans",
    "budgets",
    "scan",
    "api",
  ],
  cli: [
    "core",
    "dataset",
    "pipeline",
    "report",
    "webhook",
    "edge",
    "local",
    "aws",
    "emulator",
    "plans",
    "budgets",
    "scan",
    "api",
    "doctor",
  ],
};

/** The modules of core in layers: a module imports only modules of its own layer or of a layer before it. */
const layers = [
  ["money", "calendar", "usage", "text"],
  ["runtime"],
  ["source"],
  ["ledger"],
  ["store", "state"],
  ["sending", "daily", "pricing"],
  ["forecast", "plan"],
  ["anomaly", "budget", "drift"],
  ["insight"],
  ["testing"],
];

interface Import {
  readonly file: string;
  readonly from: string;
}

const sources = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "node_modules" || name === "dist" || name.startsWith(".")) return [];
    if (statSync(path).isDirectory()) return sources(path);
    return /\.(ts|tsx|mjs)$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path] : [];
  });

function importsOf(file: string): readonly Import[] {
  const found = readFileSync(file, "utf8").matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g);
  return [...found].map(([, from = ""]) => ({ file, from }));
}

const importsIn = (folder: string) => sources(folder).flatMap(importsOf);
const place = ({ file, from }: Import) => `${relative(root, file)} imports ${from}`;
const isTesting = ({ file }: Import) => file.includes("/testing/");

const packages = readdirSync(join(root, "packages")).filter((name) =>
  statSync(join(root, "packages", name)).isDirectory(),
);

describe("the repository", () => {
  it("has no package or module of core that this test does not list", () => {
    expect(packages.filter((name) => !(name in mayImport) && name !== "terraform")).toEqual([]);
    const known = new Set(layers.flat());
    expect(readdirSync(join(root, "packages/core/src")).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(packages.filter((name) => name in mayImport))("lets %s import only the packages it may", (name) => {
    const allowed = new Set(mayImport[name]);
    // Benchmarks stand outside what they measure: a page is served by somebody, a command asks an emulator.
    const own = importsIn(join(root, "packages", name)).filter(({ file }) => !file.includes("/bench/"));
    const wrong = own.filter(({ file, from }) => {
      const [, other] = /^@dapanoskop\/([^/]+)/.exec(from) ?? [];
      if (other !== undefined) return !allowed.has(other);
      return from.startsWith(".") && !resolve(dirname(file), from).startsWith(join(root, "packages", name));
    });
    expect(wrong.map(place)).toEqual([]);
  });

  it("imports in one direction inside core", () => {
    const rank = new Map(layers.flatMap((names, at) => names.map((name) => [name, at] as const)));
    const moduleOf = (path: string) => relative(join(root, "packages/core/src"), path).split("/")[0] ?? "";
    const wrong = importsIn(join(root, "packages/core/src")).filter(({ file, from }) => {
      if (!from.startsWith(".")) return false;
      const [own, other] = [moduleOf(file), moduleOf(resolve(dirname(file), from))];
      return (
        own !== other &&
        (rank.get(other) ?? Number.NaN) >= (rank.get(own) ?? Number.NaN) &&
        !isLevel(own, other)
      );
    });
    expect(wrong.map(place)).toEqual([]);
  });

  it("has no two files that import each other, by values or by types", () => {
    const imported = new Map(
      packages
        .flatMap((name) => sources(join(root, "packages", name)))
        .map((file) => [file, new Set(importsOf(file).map(({ from }) => resolve(dirname(file), from)))]),
    );
    const pairs = [...imported].flatMap(([file, others]) =>
      [...others]
        .filter((other) => file < other && imported.get(other)?.has(file))
        .map((other) => [file, other]),
    );
    expect(pairs.map((pair) => pair.map((file) => relative(root, file)))).toEqual([]);
  });

  it("keeps AWS SDKs in packages/aws", () => {
    const wrong = packages
      .filter((name) => name !== "aws")
      .flatMap((name) => importsIn(join(root, "packages", name)))
      .filter(({ from }) => /^@(aws-sdk|smithy)\//.test(from))
      .filter((one) => !isTesting(one));
    expect(wrong.map(place)).toEqual([]);
  });

  it("keeps core, dataset, pipeline and report pure: no file, clock, randomness or environment", () => {
    const core = ["core", "dataset", "pipeline", "report", "edge"]
      .flatMap((name) => sources(join(root, "packages", name, "src")))
      .filter((file) => !file.includes("/testing/"));
    const wrong = core.filter((file) =>
      /from "node:|\bDate\.now\(|new Date\(\)|Math\.random\(|\bprocess\.(env|argv|cwd|exit|stdout|hrtime)|setTimeout\(|performance\.now/.test(
        readFileSync(file, "utf8"),
      ),
    );
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });

  it("names no machine, no registry host and no workplace", () => {
    for (const lock of ["package-lock.json", "infra/package-lock.json"]) {
      expect(readFileSync(join(root, lock), "utf8")).not.toMatch(/"resolved": "https?:/);
    }
    const code = packages.flatMap((name) => sources(join(root, "packages", name)));
    expect(code.filter((file) => /\/work\/|\/root\//.test(readFileSync(file, "utf8")))).toEqual([]);
  });
});

// Modules of one layer may import each other: money serves calendar and usage alike.
function isLevel(own: string, other: string): boolean {
  return layers.some((names) => names.includes(own) && names.includes(other));
}
