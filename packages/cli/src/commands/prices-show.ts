import { type BookEntry, priceBookText, shippedBook } from "@dapanoskop/core/pricing";
import { padEnd, visible } from "@dapanoskop/core/text";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { readPriceBook } from "../prices/price-book-file.ts";
import type { pricesShowDefinition } from "./prices-definitions.ts";

/** `dapanoskop prices show`: list prices with their sources. */
export async function pricesShow(
  { prices, regions, service, json }: CommandValues<typeof pricesShowDefinition.options>,
  { out }: CommandContext,
): Promise<number> {
  const book = prices === null ? shippedBook : await readPriceBook(prices);
  const entries = book.entries.filter(
    (entry) =>
      (regions.length === 0 || regions.includes(entry.region)) &&
      (service === null || entry.service === service),
  );
  if (entries.length === 0)
    throw new CommandError("The book has no such prices. Leave out --region or --service.");
  out.write(json ? priceBookText({ ...book, entries }) : `${lines(entries).join("\n")}\n`);
  return exitCode.done;
}

function lines(entries: readonly BookEntry[]): readonly string[] {
  const rows = entries.map((entry) => ({
    cells: [entry.region, `${entry.service} ${usageOf(entry)}`, priceOf(entry)].map((cell) =>
      visible(cell, 300),
    ),
    source: visible(`${entry.source}, ${entry.date}`, 600),
  }));
  const widths = [0, 1, 2].map((column) =>
    rows.reduce((width, { cells }) => Math.max(width, cells[column]?.length ?? 0), 0),
  );
  return rows
    .map(({ cells, source }) =>
      [...cells.map((cell, at) => padEnd(cell, widths[at] ?? 0)), source].join("  "),
    )
    .toSorted();
}

const usageOf = ({ usageFamily, operation }: BookEntry) =>
  operation === null ? usageFamily : `${usageFamily} (${operation})`;

const priceOf = ({ tiers, currency, unit }: BookEntry) =>
  `${tiers.map(({ from, price }) => (from === "0" ? price : `${price} from ${from}`)).join(", ")} ${currency}/${unit}`;
