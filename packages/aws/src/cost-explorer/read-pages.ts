import { createHash } from "node:crypto";
import { protocolError, type QueryContext } from "./query-context.ts";
import { isStale, RESTARTS } from "./stale-pages.ts";

/** Reads one list of pages. Each start opens a fresh one. */
export interface PageReader<Result> {
  /** Reads a page. The page number begins at 1. */
  read(token: string | undefined, page: number): Promise<ReadPage>;
  result(): Result;
}

export interface ReadPage {
  /** The token of the next page; none, or an empty one, after the last. */
  readonly next: string | null | undefined;
  /** The content of the page, to notice one that came before. */
  readonly content: unknown;
  /** Adds the page to the result. It is called for a page that did not come before. */
  add(): void;
}

/**
 * Reads pages until there is none left. GetCostAndUsage has no paginator in the SDK, and a paginator would follow
 * tokens that form a cycle, a cent a page. Stale pages are dropped and all pages are read again, at most twice.
 * @throws CostSourceError "protocol" on a token or a page that comes again
 */
export async function readPages<Result>(
  context: QueryContext,
  open: () => PageReader<Result>,
): Promise<Result> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await readOnce(context, open());
    } catch (error) {
      if (restarts >= RESTARTS || !isStale(error)) throw error;
    }
  }
}

async function readOnce<Result>(context: QueryContext, reader: PageReader<Result>): Promise<Result> {
  const tokens = new Set<string>();
  const contents = new Map<string, number>();
  let token: string | undefined;
  for (let page = 1; ; page += 1) {
    const { next, content, add } = await reader.read(token, page);
    const fingerprint = createHash("sha256")
      .update(JSON.stringify(content) ?? "")
      .digest("base64");
    const before = contents.get(fingerprint);
    if (before !== undefined) throw protocolError(context, `page ${page} repeats page ${before}.`);
    contents.set(fingerprint, page);
    add();
    if (!next) return reader.result();
    if (tokens.has(next)) {
      throw protocolError(context, `page ${page} leads back to an earlier page: its token was used before.`);
    }
    tokens.add(next);
    token = next;
  }
}
