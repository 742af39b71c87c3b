import { GetCostCategoriesCommand } from "@aws-sdk/client-cost-explorer";
import type { Window } from "@dapanoskop/core/calendar";
import { quoted } from "@dapanoskop/core/text";
import { CategoryNamesPage, parseAnswer } from "./answer-schema.ts";
import type { CostExplorerConnection } from "./connection.ts";
import { timePeriod } from "./cost-request.ts";
import { protocolError, type QueryContext } from "./query-context.ts";
import { readPages } from "./read-pages.ts";

/**
 * The names of the cost categories that have cost in the window.
 * @throws CostSourceError
 */
export async function queryCostCategories(
  { call }: CostExplorerConnection,
  window: Window,
): Promise<readonly string[]> {
  const context: QueryContext = {
    operation: "GetCostCategories",
    window,
    subject: "the cost categories with cost",
  };
  const TimePeriod = timePeriod(window, context);
  return readPages(context, () => {
    const names = new Set<string>();
    return {
      async read(token, page) {
        const command = new GetCostCategoriesCommand({
          TimePeriod,
          ...(token === undefined ? {} : { NextPageToken: token }),
        });
        const reply = await call(context, page, (client, options) => client.send(command, options));
        const { CostCategoryNames, NextPageToken } = parseAnswer(CategoryNamesPage, reply, context, page);
        const add = () => {
          for (const name of CostCategoryNames ?? []) {
            if (names.has(name)) throw protocolError(context, `page ${page} repeats ${quoted(name)}.`);
            names.add(name);
          }
        };
        return { next: NextPageToken, content: CostCategoryNames, add };
      },
      result: () => [...names],
    };
  });
}
