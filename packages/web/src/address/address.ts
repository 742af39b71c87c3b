import { isMonth, type Month } from "@dapanoskop/core/calendar";
import { useSearchParams } from "@solidjs/router";

/** What the query string says. Names stand there, because they may hold any character. */
export type AddressQuery = {
  readonly period?: string | undefined;
  readonly name?: string | undefined;
  readonly sort?: string | undefined;
  readonly find?: string | undefined;
  readonly months?: string | undefined;
  readonly open?: string | readonly string[] | undefined;
};

/** The address as the page understands it: which month, which name, and how tables are turned. */
export function useAddress() {
  const [query, setQuery] = useSearchParams<Record<keyof AddressQuery, string | string[]>>();
  const all = (key: keyof AddressQuery): readonly string[] => {
    const value = query[key];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  const text = (key: keyof AddressQuery): string | null => all(key)[0] ?? null;
  return {
    text,
    /** Every value of a key that may stand several times. */
    all,
    /** The month that is asked for; `null` where none is, or what is asked for is no month. */
    period: (): Month | null => {
      const period = text("period");
      return period !== null && isMonth(period) ? period : null;
    },
    /** Changes what the address says without leaving the place. */
    update: (change: AddressQuery) =>
      setQuery({ ...change } as Record<string, string | string[]>, { replace: true, scroll: false }),
  };
}

/** A link within the page: the month is kept, so that it can be shared and refreshed. */
export function hrefOf(path: string, period: Month | null, query: AddressQuery = {}): string {
  const pairs = Object.entries({ ...query, ...(period === null ? {} : { period }) });
  const search = new URLSearchParams(
    pairs.flatMap(([key, value]) => [value ?? []].flat().map((each) => [key, each])),
  ).toString();
  return search === "" ? path : `${path}?${search}`;
}
