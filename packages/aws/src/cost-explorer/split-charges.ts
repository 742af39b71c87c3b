import {
  DescribeCostCategoryDefinitionCommand,
  ListCostCategoryDefinitionsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cost-explorer";
import { CostSourceError, type SplitCharge } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import { CategoryDefinition, CategoryDefinitionsPage, parseAnswer } from "./answer-schema.ts";
import type { CostExplorerConnection } from "./connection.ts";
import { protocolError, type QueryContext } from "./query-context.ts";
import { readPages } from "./read-pages.ts";
import { splitChargesOf } from "./split-charge-rules.ts";

/**
 * The split charge rules of a cost category; `null` when none of that name is defined now.
 * @throws CostSourceError
 */
export async function querySplitCharges(
  connection: CostExplorerConnection,
  costCategory: string,
): Promise<readonly SplitCharge[] | null> {
  const arn = await definitionArn(connection, costCategory);
  if (arn === null) return null;
  const context: QueryContext = {
    operation: "DescribeCostCategoryDefinition",
    window: null,
    subject: `cost category ${quoted(costCategory)}`,
  };
  const command = new DescribeCostCategoryDefinitionCommand({ CostCategoryArn: arn });
  try {
    const reply = await connection.call(context, 1, (client, options) => client.send(command, options));
    const { CostCategory } = parseAnswer(CategoryDefinition, reply, context, 1);
    if (CostCategory.Name !== costCategory) {
      throw protocolError(context, `the definition of ${quoted(CostCategory.Name)} came instead.`);
    }
    return splitChargesOf(costCategory, CostCategory.SplitChargeRules ?? [], context);
  } catch (error) {
    // Deleted since it was listed.
    if (error instanceof CostSourceError && error.cause instanceof ResourceNotFoundException) return null;
    throw error;
  }
}

/** The definition that is in force now, by its name; `null` when there is none. */
function definitionArn({ call }: CostExplorerConnection, costCategory: string): Promise<string | null> {
  const context: QueryContext = {
    operation: "ListCostCategoryDefinitions",
    window: null,
    subject: `looking for cost category ${quoted(costCategory)}`,
  };
  return readPages(context, () => {
    let arn: string | null = null;
    return {
      async read(token, page) {
        const command = new ListCostCategoryDefinitionsCommand({
          MaxResults: 100,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const reply = await call(context, page, (client, options) => client.send(command, options));
        const answer = parseAnswer(CategoryDefinitionsPage, reply, context, page);
        const { CostCategoryReferences: content, NextToken } = answer;
        const found = content.find(({ Name }) => Name === costCategory);
        const add = () => {
          arn = found?.CostCategoryArn ?? null;
        };
        // Names are unique: the pages after the one with this name are not paid for.
        return { next: found === undefined ? NextToken : null, content, add };
      },
      result: () => arn,
    };
  });
}
