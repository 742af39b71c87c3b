import { isMonth, type Month } from "@dapanoskop/core/calendar";
import { useSearchParams } from "@solidjs/router";
import { hasScript } from "../parts/has-script.ts";

/** The parameters of an address. Names are parameters and not paths, because they may contain any character. */
export type AddressQuery = {
  readonly period?: string | undefined;
  readonly name?: string | undefined;
  readonly sort?: string | undefined;
  readonly find?: string | undefined;
  /** Of a plan or a budget. */
  readonly id?: string | undefined;
  /** Of the plan that another one is compared with. */
  readonly with?: string | undefined;
  readonly project?: string | undefined;
  readonly months?: string | undefined;
  readonly open?: string | readonly string[] | undefined;
};

/** Reads and changes the parameters of the page's address: month, name, and the state of its table. */
export function useAddress() {
  return hasScript ? useRoutedAddress() : noAddress;
}

/** A file has no address of its own: what it shows is not chosen. */
const noAddress: ReturnType<typeof useRoutedAddress> = {
  text: () => null,
  all: () => [],
  period: () => null,
  update: () => undefined,
};

function useRoutedAddress() {
  const [query, setQuery] = useSearchParams<Record<keyof AddressQuery, string | string[]>>();
  const all = (key: keyof AddressQuery): readonly string[] => {
    const value = query[key];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  const text = (key: keyof AddressQuery): string | null => all(key)[0] ?? null;
  return {
    text,
    /** Every value of a parameter that may occur several times. */
    all,
    /** The month in the address; `null` where there is none, or no valid one. */
    period: (): Month | null => {
      const period = text("period");
      return period !== null && isMonth(period) ? period : null;
    },
    /** Changes parameters of the address without opening a new entry in the history. */
    update: (change: AddressQuery) =>
      setQuery({ ...change } as Record<string, string | string[]>, { replace: true, scroll: false }),
  };
}

/** An address within the page, with the month, so that it can be shared and refreshed. */
export function hrefOf(path: string, period: Month | null, query: AddressQuery = {}): string {
  const pairs = Object.entries({ ...query, ...(period === null ? {} : { period }) });
  const search = new URLSearchParams(
    pairs.flatMap(([key, value]) => [value ?? []].flat().map((each) => [key, each])),
  ).toString();
  return search === "" ? path : `${path}?${search}`;
}
