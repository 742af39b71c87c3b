import { INDEX_KEY, parseKey, SUMMARY_FILE, TREND_FILE } from "@dapanoskop/dataset";
import { dataHref } from "./data-href.ts";
import type { FetchData } from "./reader.ts";

/**
 * Asks already for what the first figure needs: the index, then the trend and the summary of the month that the address
 * names. They travel while the page's own code does. Each answer is handed out once, to whoever asks for it first: that
 * one checks what it reads, and is told why it did not come. Every other request goes out as it is.
 * @param search of the address
 */
export function withPrefetch(fetch: FetchData, search: string): FetchData {
  const early = new Map<string, Promise<Response>>();
  function prefetch(key: string, arrived: (body: ArrayBuffer) => void = () => {}): void {
    const answer = fetch(dataHref(key)).then(async (response) => {
      if (!response.ok) return response;
      const body = await response.arrayBuffer();
      arrived(body); // before anybody has the index, so that nothing is asked for twice
      return new Response(body, response);
    });
    answer.catch(() => undefined); // nobody may come for it
    early.set(dataHref(key), answer);
  }
  prefetch(INDEX_KEY, (body) => {
    for (const key of keysNamedIn(body, new URLSearchParams(search).get("period"))) prefetch(key);
  });
  return (address) => {
    const answer = early.get(address) ?? fetch(address);
    early.delete(address);
    return answer;
  };
}

/** The keys of trend and summary, where an index names them in the manner of a run. Nothing else of it is looked at. */
function keysNamedIn(index: ArrayBuffer, asked: string | null): readonly string[] {
  try {
    const { periods, snapshot, shared } = JSON.parse(new TextDecoder().decode(index));
    const month = asked ?? periods[0];
    const named = [shared[TREND_FILE], snapshot[month]?.files?.[SUMMARY_FILE]];
    return named.map((file) => file?.key).filter((key) => typeof key === "string" && isOfARun(key));
  } catch {
    return []; // whoever reads the index says what is wrong with it
  }
}

const isOfARun = (key: string): boolean => (parseKey(key)?.run ?? null) !== null;
