import { HISTORY_LENGTH, type IndexDocument } from "../documents/index-document.ts";
import type { Summary } from "../documents/summary.ts";
import type { Trend } from "../documents/trend.ts";
import { requiredMonthFiles, TREND_FILE } from "../keys/file-kinds.ts";
import { trendMonth } from "../write/render-trend.ts";
import type { Findings } from "./findings.ts";

/** So many names of a list are in a sentence. */
const MOST_LISTED = 60;

/** Checks the index by itself: its order, its history, and that the run ids agree with the times. */
export function verifyIndex(index: IndexDocument, found: Findings): void {
  const { periods, snapshot, shared, history, generation, run_id, published_at } = index;
  const ordered = Object.keys(snapshot).sort().reverse();
  if (ordered.join() !== periods.join()) {
    found.fault(`index.json lists ${listOf(periods)}, and has snapshots of ${listOf(ordered)}.`);
  }
  if (shared[TREND_FILE] === undefined) found.fault(`index.json names no ${TREND_FILE}.`);
  const last = history.at(-1);
  if (last?.generation !== generation || last.run_id !== run_id) {
    found.fault(`index.json is generation ${generation}, and its history does not end with it.`);
  }
  if (history.some((entry, at) => entry.generation !== (history[0]?.generation ?? 0) + at)) {
    found.fault("The history of index.json has a gap.");
  }
  if (history.length > HISTORY_LENGTH)
    found.fault(`The history of index.json is longer than ${HISTORY_LENGTH}.`);
  verifyTime(`index.json, generation ${generation}`, run_id, published_at, found);
  for (const [period, { run_id: run, as_of, files, restated }] of Object.entries(snapshot)) {
    verifyTime(period, run, as_of, found);
    const missing = requiredMonthFiles.filter((file) => files[file] === undefined);
    if (missing.length > 0) found.fault(`${period}: index.json names no ${missing.join(", ")}.`);
    for (const entry of restated) verifyTime(`${period}, earlier total`, entry.run_id, entry.as_of, found);
    const times = [...restated.map((entry) => entry.as_of), as_of];
    if (times.some((time, at) => time < (times[at - 1] ?? ""))) {
      found.fault(`${period}: its earlier totals are not in the order in which they were collected.`);
    }
  }
}

/** Names for a sentence: a list that is not as published may have any length. */
const listOf = (names: readonly string[]): string =>
  names.length <= MOST_LISTED
    ? names.join(", ")
    : `${names.slice(0, MOST_LISTED).join(", ")} and ${names.length - MOST_LISTED} more`;

/** Checks the trend: an entry for each published month, oldest first, and each as the month's summary has it. */
export function verifyTrend(
  trend: Trend,
  { periods }: IndexDocument,
  summaries: ReadonlyMap<string, Summary>,
  found: Findings,
): void {
  const listed = trend.months.map(({ period }) => period);
  if (listed.join() !== periods.toReversed().join()) {
    found.fault(`${TREND_FILE} lists ${listOf(listed)}, and ${listOf(periods.toReversed())} are published.`);
  }
  for (const month of trend.months) {
    const summary = summaries.get(month.period);
    if (summary === undefined) continue;
    if (JSON.stringify(month) !== JSON.stringify(trendMonth(summary))) {
      found.fault(`${month.period}: ${TREND_FILE} and the month's summary disagree.`);
    }
    if (summary.currency !== trend.currency) {
      found.fault(`${month.period}: it is in ${summary.currency}, and ${TREND_FILE} in ${trend.currency}.`);
    }
  }
}

/** Checks that the index describes the source as the months of its last run do. */
export function verifySource(
  { run_id, source, snapshot }: IndexDocument,
  summaries: ReadonlyMap<string, Summary>,
  found: Findings,
): void {
  if (source === undefined) return;
  for (const [period, summary] of summaries) {
    if (snapshot[period]?.run_id !== run_id || summary.source === undefined) continue;
    if (JSON.stringify(summary.source) !== JSON.stringify(source)) {
      found.fault(`${period}: index.json and the month's summary name different sources.`);
    }
  }
}

/** A run's id begins with the time of its event. */
export function verifyTime(what: string, run: string, at: string, found: Findings): void {
  if (!run.startsWith(`${at.replaceAll(/[-:]/g, "")}-`)) {
    found.fault(`${what}: ${run} is no run of ${at}.`);
  }
}
