import { type Instant, instantOf } from "@dapanoskop/core/calendar";
import type { StateStore } from "@dapanoskop/core/state";
import type { Owner } from "@dapanoskop/plans";
import * as v from "valibot";
import { ApiProblem } from "./api-problem.ts";

/** How often something that costs money or time may be done. */
export interface UseLimit {
  /** Part of a key: `plan-uploads`. */
  readonly name: string;
  readonly uses: number;
  readonly seconds: number;
  /** `{ uses }` in `seconds`: what is limited, for the sentence. */
  readonly what: string;
}

export const limits = {
  uploads: { name: "uploads", uses: 60, seconds: 60, what: "uploads of one owner in a minute" },
  scans: { name: "scans", uses: 20, seconds: 60, what: "scans of one owner in a minute" },
  queries: { name: "queries", uses: 30, seconds: 3_600, what: "new cost queries of one owner in an hour" },
  /** Everybody's. A page costs $0.01, and a query has one page unless its groups are thousands: $2 a day, and $10 at the most. */
  dailyQueries: { name: "daily-queries", uses: 200, seconds: 86_400, what: "new cost queries in a day" },
} as const satisfies Record<string, UseLimit>;

const schema = v.object({ from: v.string(), uses: v.number() });

/** Requests of one owner that change a counter at the same moment. */
const ATTEMPTS = 30;

/**
 * Counts a use, in state, so that the limit holds over all instances.
 * @throws ApiProblem `too_many_requests` with the seconds to wait
 */
export async function countUse(
  limit: UseLimit,
  owner: Owner | "everybody",
  state: StateStore,
  now: Instant,
): Promise<void> {
  const { name, uses, seconds, what } = limit;
  const key = { partition: `limit#${owner}`, sort: name };
  const from = instantOf(new Date(Math.floor(Date.parse(now) / 1_000 / seconds) * seconds * 1_000));
  const end = Date.parse(from) + seconds * 1_000;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const record = await state.get(key);
    const known = v.safeParse(schema, record?.value);
    const used = known.success && known.output.from === from ? known.output.uses : 0;
    if (used >= uses) break;
    const next = { value: { from, uses: used + 1 }, expiresAt: instantOf(new Date(end + 86_400_000)) };
    const put = await (record === null
      ? state.putIfAbsent(key, next)
      : state.putIfVersion(key, next, record.version));
    if (put.outcome === "written") return;
  }
  throw new ApiProblem(
    "too_many_requests",
    `There were ${uses} ${what}, the most that are done. Try again later.`,
    {
      retryAfter: Math.max(1, Math.ceil((end - Date.parse(now)) / 1_000)),
    },
  );
}
