import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex } from "@dapanoskop/dataset";

/** What one check of a deployment found. */
export interface SmokeCheck {
  readonly what: string;
  /** `null` where it is as it must be; else a sentence: what is wrong, and what to do. */
  readonly problem: string | null;
}

/** A deployment as it can be reached from outside. */
export interface SmokeTarget {
  /** The address of the page, `https://…`, without a path. */
  readonly page: string;
  /** Where the figures are published; `null`: their age is not checked. */
  readonly store: ArtifactStore | null;
  /** Whether nothing needs to be published yet, as before the first collection. */
  readonly isNew: boolean;
}

/** What the checks use of the machine. */
export interface SmokeRuntime {
  readonly fetch: (url: string, init: { readonly redirect: "manual" }) => Promise<Response>;
  readonly now: () => Date;
}

/** A collection runs each day. Half a day more covers a run that is late, and one that was tried again. */
const LONGEST_AGE_HOURS = 36;

/** Files of the dataset, and its folder: nobody without a session may have one of them. */
const DATA_PATHS = ["/data/index.json", "/data/trend.json", "/data/2026-01/summary.json", "/data/"];

/**
 * Whether a deployment does what it must: the page opens, its data is refused without a session, and the figures are fresh.
 * It signs nobody in.
 */
export async function smokeTest(
  { page, store, isNew }: SmokeTarget,
  runtime: SmokeRuntime,
): Promise<readonly SmokeCheck[]> {
  const checks = [await check("the page opens", () => pageProblem(page, runtime))];
  for (const path of DATA_PATHS) {
    checks.push(await check(`${path} is refused`, () => dataProblem(`${page}${path}`, runtime)));
  }
  if (store !== null) {
    checks.push(await check("the figures are fresh", () => ageProblem(store, isNew, runtime.now())));
  }
  return checks;
}

async function check(what: string, problemOf: () => Promise<string | null>): Promise<SmokeCheck> {
  try {
    return { what, problem: await problemOf() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return { what, problem: `${error instanceof Error ? error.message : String(error)}${cause}` };
  }
}

async function pageProblem(page: string, { fetch }: SmokeRuntime): Promise<string | null> {
  const response = await fetch(`${page}/`, { redirect: "manual" });
  const body = await response.text();
  if (response.status !== 200) {
    return `${page}/ answered ${response.status}. Look at the distribution and at the bucket of the page.`;
  }
  if (
    !/^text\/html\b/.test(response.headers.get("content-type") ?? "") ||
    !body.includes("<title>Dapanoskop")
  ) {
    return `${page}/ answered with something else than the page. Look at the files in the bucket of the page.`;
  }
  const policy = response.headers.get("content-security-policy") ?? "";
  if (!policy.includes("default-src 'none'")) {
    return `${page}/ has no content security policy. Look at the response headers policy of the distribution.`;
  }
  return null;
}

async function dataProblem(url: string, { fetch }: SmokeRuntime): Promise<string | null> {
  const response = await fetch(url, { redirect: "manual" });
  await response.body?.cancel();
  return response.status === 403
    ? null
    : `${url} answered ${response.status} without a session. It must be 403: look at the trusted key group of the behavior /data/*, and stop the distribution if figures can be read.`;
}

async function ageProblem(store: ArtifactStore, isNew: boolean, now: Date): Promise<string | null> {
  const index = await readIndex(store);
  if (index === null) {
    return isNew
      ? null
      : `Nothing is published in ${store.place}. Invoke the collector once, or say that the deployment is new.`;
  }
  const hours = Math.floor((now.getTime() - Date.parse(index.published_at)) / 3_600_000);
  return hours <= LONGEST_AGE_HOURS
    ? null
    : `The figures in ${store.place} are ${hours} hours old. Look at the alarms of the collector.`;
}
