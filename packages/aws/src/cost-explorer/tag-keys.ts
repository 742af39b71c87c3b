import { GetTagsCommand } from "@aws-sdk/client-cost-explorer";
import type { Window } from "@dapanoskop/core/calendar";
import { parseAnswer, TagKeysPage } from "./answer-schema.ts";
import type { CostExplorerConnection } from "./connection.ts";
import { timePeriod } from "./cost-request.ts";
import { readNames } from "./name-listing.ts";
import type { QueryContext } from "./query-context.ts";
import { scopeMembers } from "./request-scope.ts";

/**
 * The keys of the cost allocation tags that charges of the window carry.
 * @throws CostSourceError
 */
export async function queryTagKeys(
  connection: CostExplorerConnection,
  window: Window,
): Promise<readonly string[]> {
  const context: QueryContext = { operation: "GetTags", window, subject: "the tag keys" };
  const TimePeriod = timePeriod(window, context);
  return readNames(connection, context, {
    send: (client, token, options) =>
      client.send(new GetTagsCommand({ TimePeriod, ...scopeMembers(connection.scope), ...token }), options),
    parse(answer, page) {
      const { Tags, NextPageToken } = parseAnswer(TagKeysPage, answer, context, page);
      // A charge without any tag comes as an empty name.
      return { names: Tags.filter((name) => name !== ""), next: NextPageToken };
    },
  });
}
