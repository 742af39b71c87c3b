import * as v from "valibot";
import type { RouteRequest } from "../route.ts";

/** Items of one page. */
export const MOST_ITEMS = 100;
const ITEMS = 20;

/** The parameters of every list. */
export const pageQuery = {
  limit: v.optional(v.pipe(v.string(), v.regex(/^([1-9]|[1-9]\d|100)$/), v.transform(Number)), String(ITEMS)),
  cursor: v.optional(v.pipe(v.string(), v.maxLength(1_000))),
};

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ListOrder<Item> {
  /** Orders the items of the list; ascending in the list's order, unique for each item. */
  position(item: Item): string;
}

/**
 * One page of a list whose items are in the order of their positions. A position that is no longer in the list continues
 * where it was.
 */
export async function pageOfItems<Item>(
  items: readonly Item[],
  { query, owner, api }: RouteRequest<PageQuery, unknown>,
  /** What else the list depends on: operation and filters. */
  list: string,
  { position }: ListOrder<Item>,
): Promise<{ readonly items: readonly Item[]; readonly next_cursor: string | null }> {
  const binding = JSON.stringify([owner, list]);
  const after = query.cursor === undefined ? null : await api.cursors.open(query.cursor, binding);
  const rest = after === null ? items : items.filter((item) => position(item) > after);
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  const isLast = last === undefined || rest.length === page.length;
  return { items: page, next_cursor: isLast ? null : await api.cursors.seal(position(last), binding) };
}
