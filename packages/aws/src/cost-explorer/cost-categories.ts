import { GetCostCategoriesCommand } from "@aws-sdk/client-cost-explorer";
import type { Window } from "@dapanoskop/core/calendar";
import { CategoryNamesPage, parseAnswer } from "./answer-schema.ts";
import type { CostExplorerConnection } from "./connection.ts";
import { timePeriod } from "./cost-request.ts";
import { readNames } from "./name-listing.ts";
import type { QueryContext } from "./query-context.ts";
import { scopeMembers } from "./request-scope.ts";

/**
 * The names of the cost categories that have cost in the window.
 * @throws CostSourceError
 */
export async function queryCostCategories(
  connection: CostExplorerConnection,
  window: Window,
): Promise<readonly string[]> {
  const context: QueryContext = {
    operation: "GetCostCategories",
    window,
    subject: "the cost categories with cost",
  };
  const TimePeriod = timePeriod(window, context);
  return readNames(connection, context, {
    send: (client, token, options) =>
      client.send(
        new GetCostCategoriesCommand({ TimePeriod, ...scopeMembers(connection.scope), ...token }),
        options,
      ),
    parse(answer, page) {
      const { CostCategoryNames, NextPageToken } = parseAnswer(CategoryNamesPage, answer, context, page);
      return { names: CostCategoryNames ?? [], next: NextPageToken };
    },
  });
}
