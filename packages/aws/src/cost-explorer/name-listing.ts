import type { CostExplorerClient } from "@aws-sdk/client-cost-explorer";
import { quoted } from "@dapanoskop/core/text";
import type { CostExplorerConnection } from "./connection.ts";
import { protocolError, type QueryContext } from "./query-context.ts";
import { readPages } from "./read-pages.ts";

/** One page of a list of names. */
export interface NamePage {
  readonly names: readonly string[];
  readonly next: string | null | undefined;
}

/** How one of the lists is requested. */
export interface NameListing<Answer> {
  send(
    client: CostExplorerClient,
    token: { readonly NextPageToken?: string },
    options: Parameters<CostExplorerClient["send"]>[1],
  ): Promise<Answer>;
  /** @throws CostSourceError `protocol` */
  parse(answer: Answer, page: number): NamePage;
}

/**
 * Reads the pages of a list of names, each of which comes once.
 * @throws CostSourceError
 */
export function readNames<Answer>(
  { call }: CostExplorerConnection,
  context: QueryContext,
  { send, parse }: NameListing<Answer>,
): Promise<readonly string[]> {
  return readPages(context, () => {
    const all = new Set<string>();
    return {
      async read(token, page) {
        const position = token === undefined ? {} : { NextPageToken: token };
        const reply = await call(context, page, (client, options) => send(client, position, options));
        const { names, next } = parse(reply, page);
        const add = () => {
          for (const name of names) {
            if (all.has(name)) throw protocolError(context, `page ${page} repeats ${quoted(name)}.`);
            all.add(name);
          }
        };
        return { next, content: names, add };
      },
      result: () => [...all],
    };
  });
}
