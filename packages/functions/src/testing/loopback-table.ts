import type { Server } from "node:http";
import { createRequire } from "node:module";

/** A DynamoDB on loopback with one table, as the module creates it. */
export interface LoopbackTable {
  readonly url: string;
  /** The items of a partition, in the order of the sort key: each attribute's text. */
  items(partition: string): Promise<readonly Readonly<Record<string, string>>[]>;
  close(): Promise<void>;
}

/** It has no types. */
type Dynalite = (options: { readonly createTableMs: number }) => Server;

/** @param table the name of the table */
export async function loopbackTable(table: string): Promise<LoopbackTable> {
  const require = createRequire(import.meta.url);
  const dynalite = require("dynalite") as Dynalite;
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

  async function call(operation: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
        // It demands a signature, and checks none.
        authorization:
          "AWS4-HMAC-SHA256 Credential=any/20260115/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
        "x-amz-date": "20260115T080000Z",
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${operation}: ${text}`);
    return JSON.parse(text);
  }

  await call("CreateTable", {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["pk", "sk"].map((name) => ({ AttributeName: name, AttributeType: "S" })),
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
  });
  while (!JSON.stringify(await call("DescribeTable", { TableName: table })).includes("ACTIVE")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    async items(partition) {
      const found = await call("Query", {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: partition } },
      });
      const items = found.Items as readonly Readonly<Record<string, Readonly<Record<string, string>>>>[];
      return items.map((item) =>
        Object.fromEntries(
          Object.entries(item).map(([name, value]) => [name, Object.values(value)[0] ?? ""]),
        ),
      );
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
