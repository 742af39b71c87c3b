import type { Month } from "@dapanoskop/core/calendar";
import { dailySchema } from "../documents/daily.ts";
import type { IndexDocument, SnapshotFile } from "../documents/index-document.ts";
import { parseDocument } from "../documents/parse.ts";
import type { Summary } from "../documents/summary.ts";
import { DAILY_FILE } from "../keys/file-kinds.ts";
import { datasetReader } from "../read/dataset-reader.ts";
import { nullIfDamaged } from "../read/published-comparison.ts";
import { readNamedFile } from "../read/store-files.ts";
import { dailyMonth, renderDaily } from "../write/render-daily.ts";
import { nullWithFault, type PublishedFiles, type VerificationContext } from "./checked-files.ts";

/**
 * Checks `daily.json`: it is rendered again from the published files of its months, and must be the same. Where one of them
 * cannot be read, its own fault says so.
 */
export async function verifyDaily(
  named: SnapshotFile,
  body: Uint8Array,
  index: IndexDocument,
  summaries: ReadonlyMap<Month, Summary>,
  store: PublishedFiles,
  { parquet, found }: VerificationContext,
): Promise<void> {
  const daily = nullWithFault(found, () => parseDocument(dailySchema, named.key, body));
  const { source } = index;
  if (daily === null || source === undefined) return;
  if (daily.run_id !== index.run_id || daily.published_at !== index.published_at) {
    found.fault(
      `${DAILY_FILE} is of run ${daily.run_id}, and ${index.run_id} published last. The next collect writes it again.`,
    );
    return;
  }
  const published = index.periods.toReversed().flatMap((period) => {
    const summary = summaries.get(period);
    return summary !== undefined && index.snapshot[period]?.has_days === true ? [summary] : [];
  });
  const months = published.flatMap((summary) => dailyMonth(summary, source) ?? []);
  let isReadable = true;
  const reader = datasetReader({
    bytes: (named) => readNamedFile(store, named),
    parquet: async () => parquet,
  });
  const expected = await renderDaily(
    { runId: daily.run_id, at: daily.published_at, currency: daily.currency, source, months },
    async (period) => {
      const summary = summaries.get(period) ?? null;
      const places = await nullIfDamaged(() => reader.dayColumns(index, period));
      const services = await nullIfDamaged(() => reader.serviceColumns(index, period));
      if (summary && places && services) return { summary, places, services };
      isReadable = false;
      return null;
    },
  );
  if (!isReadable) return;
  const wrong = difference(daily, parseDocument(dailySchema, named.key, expected));
  if (wrong === null) return;
  const [path, ours, theirs] = wrong;
  found.fault(`${DAILY_FILE} has ${ours} as ${path}, and the files of its months give ${theirs}.`);
}

/** The first field in which two documents differ, and what each has there; `null` where they are equal. */
function difference(a: unknown, b: unknown, path = ""): readonly [path: string, a: string, b: string] | null {
  if (isObject(a) && isObject(b)) {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const below = difference(a[name], b[name], path === "" ? name : `${path}.${name}`);
      if (below !== null) return below;
    }
    return null;
  }
  return Object.is(a, b) ? null : [path, shown(a), shown(b)];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const shown = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 80);
