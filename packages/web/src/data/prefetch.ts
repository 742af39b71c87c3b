import { INDEX_KEY, parseKey, SUMMARY_FILE, TREND_FILE } from "@dapanoskop/dataset";
import { dataHref } from "./data-href.ts";
import type { FetchData } from "./reader.ts";

/**
 * Requests what the first figure needs before the page's code has loaded: the index, then the trend and the summary of
 * the month in the address. The first request for each of these files gets the response that is on its way, successful or
 * not; the reader checks it. All other requests are passed on.
 * @param search the query string of the address
 */
export function withPrefetch(fetch: FetchData, search: string): FetchData {
  const prefetched = new Map<string, Promise<Response>>();
  function prefetch(key: string, onBody: (body: ArrayBuffer) => void = () => {}): void {
    const response = fetch(dataHref(key)).then(async (response) => {
      if (!response.ok) return response;
      const body = await response.arrayBuffer();
      onBody(body); // before the reader has the index, so that it does not request these files itself
      return new Response(body, response);
    });
    response.catch(() => undefined); // the reader may never request it
    prefetched.set(dataHref(key), response);
  }
  prefetch(INDEX_KEY, (body) => {
    for (const key of keysNamedIn(body, new URLSearchParams(search).get("period"))) prefetch(key);
  });
  return (address) => {
    const response = prefetched.get(address) ?? fetch(address);
    prefetched.delete(address);
    return response;
  };
}

/** The keys of trend and summary that an index names, if they are keys of a run. */
function keysNamedIn(index: ArrayBuffer, requested: string | null): readonly string[] {
  try {
    const { periods, snapshot, shared } = JSON.parse(new TextDecoder().decode(index));
    const month = requested ?? periods[0];
    const named = [shared[TREND_FILE], snapshot[month]?.files?.[SUMMARY_FILE]];
    return named.map((file) => file?.key).filter((key) => typeof key === "string" && isRunKey(key));
  } catch {
    return []; // the reader reports what is wrong with the index
  }
}

const isRunKey = (key: string): boolean => (parseKey(key)?.run ?? null) !== null;
