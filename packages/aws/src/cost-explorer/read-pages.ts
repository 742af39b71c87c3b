import { createHash } from "node:crypto";
import { type Inquiry, protocolError } from "./inquiry.ts";
import { RESTARTS, wentStale } from "./stale-pages.ts";

/** Reads one list of pages; a fresh one is opened for each start. */
export interface PageReader<Result> {
  /** Asks for a page. The page number begins at 1. */
  read(token: string | undefined, page: number): Promise<ReadPage>;
  result(): Result;
}

export interface ReadPage {
  /** The token of the next page; none, or an empty one, after the last. */
  readonly next: string | null | undefined;
  /** What the page held, to tell whether it came before. */
  readonly content: unknown;
  /** Adds the page to the result; called once it is known to be a new one. */
  takeIn(): void;
}

/**
 * Reads pages until there is none left. GetCostAndUsage has no paginator in the SDK, and a paginator would follow a
 * token in circles, a cent a page. Pages that went stale are dropped whole and started again, at most twice.
 * @throws CostSourceError "protocol" on a token or a page that comes again
 */
export async function readPages<Result>(inquiry: Inquiry, open: () => PageReader<Result>): Promise<Result> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await readOnce(inquiry, open());
    } catch (error) {
      if (restarts >= RESTARTS || !wentStale(error)) throw error;
    }
  }
}

async function readOnce<Result>(inquiry: Inquiry, reader: PageReader<Result>): Promise<Result> {
  const tokens = new Set<string>();
  const contents = new Map<string, number>();
  let token: string | undefined;
  for (let page = 1; ; page += 1) {
    const { next, content, takeIn } = await reader.read(token, page);
    const fingerprint = createHash("sha256")
      .update(JSON.stringify(content) ?? "")
      .digest("base64");
    const before = contents.get(fingerprint);
    if (before !== undefined) throw protocolError(inquiry, `page ${page} is page ${before} once more.`);
    contents.set(fingerprint, page);
    takeIn();
    if (!next) return reader.result();
    if (tokens.has(next)) {
      throw protocolError(
        inquiry,
        `page ${page} leads back to a page that was read: its token was used before.`,
      );
    }
    tokens.add(next);
    token = next;
  }
}
