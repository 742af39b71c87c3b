import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  DynamoDBServiceException,
} from "@aws-sdk/client-dynamodb";
import { DeploymentError } from "./deployment-error.ts";
import { ask, clientOf, type DeploymentAccess } from "./request.ts";
import type { Provision } from "./state-bucket.ts";

/** The key that OpenTofu and Terraform lock a state by. */
const KEY = "LockID";

/**
 * Creates the table by which versions before 1.10 keep two applies from running at the same time. Its items live as long as an
 * apply, so it has no backups.
 * @throws DeploymentError also where a table of this name has another key
 */
export async function provisionLockTable(table: string, access: DeploymentAccess): Promise<Provision> {
  const client = new DynamoDBClient(clientOf(access));
  const of = { service: "DynamoDB", errors: DynamoDBServiceException };
  const found = await ask(
    {
      ...of,
      what: `read the table ${table}`,
      permission: "dynamodb:DescribeTable",
      absent: ["ResourceNotFoundException"],
    },
    (options) => client.send(new DescribeTableCommand({ TableName: table }), options),
  );
  const what = `lock table ${table}`;
  if (found !== null) {
    const keys = (found.Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
    if (keys.join() === KEY) return { what, outcome: "as it should be" };
    throw new DeploymentError(
      `The table ${table} was not used: its key is ${keys.join(", ")}, and a lock table's is ${KEY}. Choose another --name, or use a version from 1.10 on, which needs no table.`,
    );
  }
  const command = new CreateTableCommand({
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: KEY, AttributeType: "S" }],
    KeySchema: [{ AttributeName: KEY, KeyType: "HASH" }],
  });
  await ask(
    {
      ...of,
      what: `create the table ${table}`,
      permission: "dynamodb:CreateTable",
      // The answer to a first attempt was lost.
      absent: ["ResourceInUseException"],
    },
    (options) => client.send(command, options),
  );
  return { what, outcome: "created" };
}
