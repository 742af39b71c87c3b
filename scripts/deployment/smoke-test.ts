import type { ArtifactStore } from "@dapanoskop/core/store";
import { counted } from "@dapanoskop/core/text";
import { readIndex } from "@dapanoskop/dataset";
import { type Check, pageChecks } from "../../packages/cli/src/deployment/page-checks.ts";

/** A deployment as it can be reached from outside. */
export interface SmokeTarget {
  /** The address of the page, `https://…`, without a path. */
  readonly page: string;
  /** Where the figures are published; `null`: their age is not checked. */
  readonly store: ArtifactStore | null;
  /** Whether nothing needs to be published yet, as before the first collection. */
  readonly isNew: boolean;
}

/** A collection runs each day. Half a day more covers a run that is late, and one that was tried again. */
const LONGEST_AGE_HOURS = 36;

/**
 * Whether a deployment does what it must: the page opens, its data is refused without a session, and the figures are fresh.
 * It signs nobody in.
 */
export async function smokeTest({ page, store, isNew }: SmokeTarget, now: Date): Promise<readonly Check[]> {
  const checks = await pageChecks(`${page}/`);
  return store === null ? checks : [...checks, await freshness(store, isNew, now)];
}

async function freshness(store: ArtifactStore, isNew: boolean, now: Date): Promise<Check> {
  const what = "freshness";
  try {
    const index = await readIndex(store);
    if (index === null) {
      const text = isNew
        ? "nothing is published yet"
        : `nothing is published in ${store.place}: invoke the collector once, or say that the deployment is new`;
      return { what, ok: isNew, text };
    }
    const hours = Math.floor((now.getTime() - Date.parse(index.published_at)) / 3_600_000);
    const ok = hours <= LONGEST_AGE_HOURS;
    return {
      what,
      ok,
      text: `the figures in ${store.place} are ${counted(hours, "hour")} old${ok ? "" : ": look at the alarms of the collector"}`,
    };
  } catch (error) {
    return { what, ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}
