import { GetCostAndUsageCommand } from "@aws-sdk/client-cost-explorer";
import type { CostAnswer, CostQuery } from "@dapanoskop/core/source";
import { CostPage, parseAnswer } from "./answer-schema.ts";
import type { CostExplorerConnection } from "./connection.ts";
import { openAnswer } from "./cost-answer.ts";
import { costContext, costRequest } from "./cost-request.ts";
import { readPages } from "./read-pages.ts";

/** @throws CostSourceError */
export function queryCost(
  { call, readCost, scope }: CostExplorerConnection,
  query: CostQuery,
): Promise<CostAnswer> {
  const context = costContext(query);
  return readPages(context, () => {
    const request = costRequest(query, scope, context);
    const answer = openAnswer(query, context, readCost);
    return {
      async read(token, page) {
        const command = new GetCostAndUsageCommand(
          token === undefined ? request : { ...request, NextPageToken: token },
        );
        const reply = await call(context, page, (client, options) => client.send(command, options));
        const { ResultsByTime, NextPageToken } = parseAnswer(CostPage, reply, context, page);
        return { next: NextPageToken, content: ResultsByTime, add: () => answer.add(ResultsByTime, page) };
      },
      result: answer.result,
    };
  });
}
