import type { Reader } from "./reader.ts";

/**
 * A reader that has asked already for what the first figure needs: index, then trend and summary of the month that the
 * address names. It travels while the page is made; on a slow CPU that is most of the time until the first figure.
 * @param search of the address
 */
export function withHeadStart(reader: Reader, search: string): Reader {
  const first = reader.index();
  // Whoever draws them asks again, and is told why they did not come.
  askAhead(reader, first, search).catch(() => undefined);
  let isFirst = true;
  return {
    ...reader,
    index() {
      const answer = isFirst ? first : reader.index();
      isFirst = false;
      return answer;
    },
  };
}

async function askAhead(reader: Reader, first: ReturnType<Reader["index"]>, search: string): Promise<void> {
  const index = await first;
  const month = new URLSearchParams(search).get("period") ?? index?.periods[0];
  if (index === null || month === undefined || !index.periods.includes(month)) return;
  await Promise.all([reader.summary(index, month), reader.trend(index)]);
}
