import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { goldenCases, goldenFiles } from "../golden/golden-cases.ts";
import { dailySchema, indexSchema, parseKey, summarySchema, trendSchema } from "../src/index.ts";
import { jsonSchemas } from "./json-schemas.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const committed = readdirSync(folder).filter((name) => name.endsWith(".schema.json"));
const ajv = new Ajv({ strict: true, allErrors: true });
const validators = new Map<string, ValidateFunction>(
  committed.map((name) => [name, ajv.compile(JSON.parse(readFileSync(`${folder}/${name}`, "utf8")))]),
);

/** Whether a document is valid by the committed JSON Schema. */
function isValid(name: string, document: unknown): boolean {
  const validate = validators.get(`${name}.schema.json`);
  if (validate === undefined) throw new Error(`There is no schema of ${name}.`);
  return validate(document) === true;
}

const validatorOf = {
  daily: dailySchema,
  index: indexSchema,
  trend: trendSchema,
  summary: summarySchema,
} as const;
type DocumentName = keyof typeof validatorOf;

/** `previous.json` is an index, too. */
const documentNames: Readonly<Record<string, DocumentName>> = {
  "daily.json": "daily",
  "index.json": "index",
  "previous.json": "index",
  "trend.json": "trend",
  "summary.json": "summary",
};

const golden = goldenCases.flatMap((name) =>
  [...goldenFiles(name)].flatMap(([key, body]) => {
    const document = documentNames[parseKey(key)?.file ?? ""];
    return document === undefined
      ? []
      : [{ path: `${name}/${key}`, document, value: JSON.parse(new TextDecoder().decode(body)) }];
  }),
);

describe("the JSON Schema files", () => {
  it("are what the validators generate (npx tsx packages/dataset/schemas/generate.ts writes them)", () => {
    expect([...jsonSchemas.keys()].sort()).toEqual([...committed].sort());
    for (const [name, text] of jsonSchemas)
      expect(readFileSync(`${folder}/${name}`, "utf8"), name).toBe(text);
  });

  it("accept every golden document", () => {
    expect(golden.length).toBeGreaterThan(60);
    expect(new Set(golden.map(({ document }) => document)).size).toBe(4);
    expect(golden.filter(({ document, value }) => !isValid(document, value)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

/** A change that makes a golden document wrong: a path into it, and the value there; `undefined` removes it. */
type Mutation = readonly [document: DocumentName, path: string, value: unknown];

const mutations: readonly Mutation[] = [
  ["daily", "source", undefined],
  ["daily", "complete_through", "March"],
  ["daily", "days.0", null],
  ["daily", "total_cost_usd", null],
  ["daily", "total_cost_usd.0", "1"],
  ["daily", "cost_centers.0.kind", "other"],
  ["daily", "charge_types.0.kind", "Tax"],
  ["daily", "usage_types.0.unit", 0],
  ["daily", "months.0.total_cost_usd.0", null],
  ["index", "schema", "1"],
  ["index", "schema", 0],
  ["index", "generation", 0],
  ["index", "generation", 1.5],
  ["index", "run_id", null],
  ["index", "published_at", "2026-03-08"],
  ["index", "source", null],
  ["index", "source.kind", "Bill"],
  ["index", "source.tag_key", undefined],
  ["index", "periods", "2026-03"],
  ["index", "periods.0", "2026-13"],
  ["index", "periods", undefined],
  ["index", "snapshot", null],
  ["index", "snapshot.2026-3", {}],
  ["index", "snapshot.2026-03", {}],
  ["index", "snapshot.2026-03.as_of", "2026-03-08T06:00:00+01:00"],
  ["index", "snapshot.2026-03.estimated", "true"],
  ["index", "snapshot.2026-03.is_mtd", undefined],
  ["index", "snapshot.2026-03.config", "A".repeat(64)],
  ["index", "snapshot.2026-03.total_cost_usd", "1.00"],
  ["index", "snapshot.2026-03.total_cost_usd", null],
  ["index", "snapshot.2026-03.files", null],
  ["index", "snapshot.2026-03.restated", undefined],
  ["index", "shared", undefined],
  ["index", "history.0.generation", -1],
  ["index", "history.0.run_id", undefined],
  ["trend", "currency", undefined],
  ["trend", "months.0.period", "2026-00"],
  ["trend", "months.0.is_mtd", 0],
  ["trend", "months.0.total_cost_usd", null],
  ["trend", "months.0.cost_centers.0.kind", "other"],
  ["trend", "months.0.cost_centers.0.cost_usd", "1"],
  ["trend", "months.0.cost_centers.0.name", null],
  ["summary", "days.total_cost_usd", null],
  ["summary", "days.residuals", undefined],
  ["summary", "period", "March 2026"],
  ["summary", "collected_at", 1],
  ["summary", "currency", "usd"],
  ["summary", "metric", "ListCost"],
  ["summary", "source.metric", "ListCost"],
  ["summary", "source.provider", undefined],
  ["summary", "source.cost_category", undefined],
  ["summary", "periods.yoy", null],
  ["summary", "windows.current.end", undefined],
  ["summary", "windows.prev_month.start", "2026-02"],
  ["summary", "totals.current_cost_usd", null],
  ["summary", "totals.prev_month_cost_usd", undefined],
  ["summary", "totals.prev_month_cost_usd", "0"],
  ["summary", "totals.forecast", { total_usd: 1 }],
  ["summary", "storage_config.include_efs", null],
  ["summary", "storage_metrics.total_volume_bytes", 1.5],
  ["summary", "storage_metrics.total_volume_bytes", -1],
  ["summary", "storage_metrics.tiers", undefined],
  ["summary", "storage_metrics.tiers.0.volume_bytes", "1"],
  ["summary", "cost_centers.0.kind", "Named"],
  ["summary", "cost_centers.0.direct_cost_usd", null],
  ["summary", "cost_centers.0.workloads", undefined],
  ["summary", "cost_centers.0.workloads.0.name", 7],
  ["summary", "cost_centers.0.workloads.0.yoy_cost_usd", undefined],
  ["summary", "tagging_coverage.tagged_percentage", "100"],
  ["summary", "reconciliation.residuals", null],
  ["summary", "requests.pages", -1],
  ["summary", "files.summary.json", { sha256: "0", bytes: 1, rows: 1 }],
];

function mutated(value: unknown, path: readonly string[], replacement: unknown): unknown {
  const [name = "", ...rest] = path;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as object) };
  const record = copy as Record<string, unknown>;
  if (rest.length > 0) record[name] = mutated(record[name], rest, replacement);
  else if (replacement === undefined) delete record[name];
  else record[name] = replacement;
  return copy;
}

const original = (document: DocumentName) =>
  golden.find(
    ({ path, document: name }) => name === document && /^cur-legacy\/(2026-03|index|trend|daily)/.test(path),
  )?.value;

describe("a document that the validators refuse", () => {
  it.each(mutations)("is refused by the JSON Schema: %s with %s = %j", (document, path, value) => {
    const before = original(document);
    // The names of files contain a dot themselves.
    const wrong = mutated(before, path.split(/\.(?!json)/), value);
    expect([v.is(validatorOf[document], before), isValid(document, before)]).toEqual([true, true]);
    expect([v.is(validatorOf[document], wrong), isValid(document, wrong)]).toEqual([false, false]);
  });

  it("agrees with the JSON Schema about every single field that is removed or replaced", () => {
    const differences: string[] = [];
    for (const document of ["daily", "index", "trend", "summary"] as const) {
      const before = original(document);
      for (const path of pathsOf(before)) {
        for (const value of [undefined, null, "x", -1, 0.5, [], {}]) {
          if (Array.isArray(value) && records.has(path.at(-1) ?? "")) continue;
          const wrong = mutated(before, path, value);
          const byValidator = v.is(validatorOf[document], wrong);
          if (byValidator !== isValid(document, wrong))
            differences.push(`${path.join(".")} = ${JSON.stringify(value)}`);
        }
      }
    }
    expect(differences).toEqual([]);
  });
});

/** Objects with names of the data as keys. The validators accept an empty list there, the JSON Schema does not. */
const records: ReadonlySet<string> = new Set(["snapshot", "shared", "files"]);

/** The path of every field, of lists only the first two entries. */
function pathsOf(value: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? Object.entries(value).slice(0, 2) : Object.entries(value);
  return entries.flatMap(([name, below]) => [[...above, name], ...pathsOf(below, [...above, name])]);
}
