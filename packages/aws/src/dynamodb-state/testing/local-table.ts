import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as send,
} from "node:http";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { StateStore } from "@dapanoskop/core/state";
import { testClock, testRandom } from "@dapanoskop/core/testing";
// @ts-expect-error It has no types.
import dynalite from "dynalite";
import { type DynamoDbStateOptions, dynamoDbState } from "../dynamodb-state.ts";

/** A request as the proxy sees it. */
export interface TableCall {
  /** `GetItem`, `PutItem`, `Query`, from `X-Amz-Target`. */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Its number since the last `decide`, from 1. */
  readonly number: number;
}

/** What the proxy does with a request: it forwards it, loses it or its answer, or answers in DynamoDB's place. */
export type TableAction =
  | "passes"
  | "request-lost"
  | "answer-lost"
  | { readonly status: number; readonly name: string; readonly message?: string }
  | { readonly status: number; readonly text: string };

/** DynamoDB in this process, behind a loopback proxy that may lose and refuse requests. */
export interface LocalTables {
  /** Creates a table, and clients of it, each with connections of its own. */
  open(clients: number, options?: Partial<DynamoDbStateOptions>): Promise<readonly StateStore[]>;
  /** Decides about every request from now on. */
  decide(action: (call: TableCall) => TableAction): void;
  /** Requests since the last `decide`. */
  readonly calls: readonly TableCall[];
  close(): Promise<void>;
}

const REGION = "eu-central-1";
const CREDENTIALS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };

export async function localTables(): Promise<LocalTables> {
  const dynamoDb: Server = dynalite({ createTableMs: 0 });
  const target = await listen(dynamoDb);
  let decision: (call: TableCall) => TableAction = () => "passes";
  let calls: TableCall[] = [];
  let tables = 0;

  function forward(incoming: IncomingMessage, body: Buffer): Promise<[IncomingMessage, Buffer]> {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = incoming;
      const outgoing = send(
        { hostname: "127.0.0.1", port: target, method, path: url, headers },
        async (answer) => resolve([answer, await bytesOf(answer)]),
      );
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const operation = String(incoming.headers["x-amz-target"]).replace("DynamoDB_20120810.", "");
    const call = { operation, body: JSON.parse(body.toString("utf8")), number: calls.length + 1 };
    calls.push(call);
    const action = decision(call);
    if (action === "request-lost") return void response.socket?.destroy();
    if (typeof action === "object") {
      const text =
        "text" in action
          ? action.text
          : JSON.stringify({
              __type: `com.amazonaws.dynamodb.v20120810#${action.name}`,
              message: action.message ?? "no",
            });
      response.writeHead(action.status, { "content-type": "application/x-amz-json-1.0" }).end(text);
      return;
    }
    const [answer, content] = await forward(incoming, body);
    if (action === "answer-lost") return void response.socket?.destroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(content);
  }

  const proxy = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.socket?.destroy());
  });
  const endpoint = `http://127.0.0.1:${await listen(proxy)}`;
  const admin = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${target}`,
    region: REGION,
    credentials: CREDENTIALS,
  });

  return {
    async open(clients, options = {}) {
      tables += 1;
      const table = `state-${tables}`;
      await admin.send(
        new CreateTableCommand({
          TableName: table,
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "sk", KeyType: "RANGE" },
          ],
          AttributeDefinitions: [
            { AttributeName: "pk", AttributeType: "S" },
            { AttributeName: "sk", AttributeType: "S" },
          ],
        }),
      );
      // Clients, proxy and table share one processor with all other tests.
      const timeouts = { connection: 60_000, request: 60_000 };
      const client = { endpoint, region: REGION, credentials: CREDENTIALS };
      return Array.from({ length: clients }, () =>
        dynamoDbState({ table, client, timeouts, clock: testClock(), random: testRandom(), ...options }),
      );
    },
    decide(next) {
      decision = next;
      calls = [];
    },
    get calls() {
      return calls;
    },
    async close() {
      admin.destroy();
      for (const server of [proxy, dynamoDb]) {
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      }
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
