import { randomUUID } from "node:crypto";
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import {
  checkPartition,
  checkStateKey,
  type NewState,
  StateError,
  type StateKey,
  type StatePutOutcome,
  type StateRecord,
  type StateRemoveOutcome,
  type StateStore,
  valueText,
} from "@dapanoskop/core/state";
import { quoted } from "@dapanoskop/core/text";
import {
  type FailedRequest,
  nameOf,
  type Timeouts,
  type TransportRuntime,
  transportRuntime,
} from "../transport/index.ts";
import { connectToTable, DEFAULT_TIMEOUTS, type DynamoDbAccess, type TableConnection } from "./connection.ts";
import { notFromDynamoDb, stateError, type TableRequest } from "./failure.ts";
import { itemKey, itemOf, recordOf, type StateItem } from "./item.ts";

/** All times are milliseconds. */
export interface DynamoDbStateOptions extends Partial<TransportRuntime> {
  readonly table: string;
  /** Settings of the SDK's client beyond its environment: region, credentials, endpoint. */
  readonly client?: DynamoDbAccess;
  /** Default: 2,000 to connect, 5,000 to answer. */
  readonly timeouts?: Partial<Timeouts>;
}

// The naming rules of tables, DynamoDB Developer Guide.
const TABLE = /^[A-Za-z0-9_.-]{3,255}$/;

/**
 * A DynamoDB table as a state store: partition key `pk`, sort key `sk`, TTL attribute `expires`. Reads are strongly
 * consistent and tried four times; each write is conditional and sent once. A write whose answer was lost throws
 * `unknown-outcome`. Needs `dynamodb:GetItem`, `dynamodb:Query` and `dynamodb:PutItem` on the table, and
 * `dynamodb:DeleteItem` to remove records.
 * @throws StateError `no-such-place` when the table's name cannot be one
 */
export function dynamoDbState(options: DynamoDbStateOptions): StateStore {
  const { table, client = {}, timeouts = {} } = options;
  if (!TABLE.test(table)) {
    throw new StateError(
      "no-such-place",
      `${quoted(table)} is not the name of a DynamoDB table: 3 to 255 letters, digits and _ . -. Correct STATE_TABLE.`,
    );
  }
  const place = `the table ${table}`;
  const connection = connectToTable(
    table,
    client,
    { ...DEFAULT_TIMEOUTS, ...timeouts },
    transportRuntime(options),
  );
  return {
    place,
    async get(key) {
      checkStateKey(key, place);
      return get(connection, key);
    },
    async list(partition, after) {
      checkPartition(partition, place);
      return list(connection, partition, after);
    },
    async putIfAbsent(key, state) {
      checkStateKey(key, place);
      return put(connection, key, state, place, { ConditionExpression: "attribute_not_exists(pk)" });
    },
    async putIfVersion(key, state, version) {
      checkStateKey(key, place);
      return put(connection, key, state, place, isVersion(version));
    },
    async remove(key, version) {
      checkStateKey(key, place);
      return remove(connection, key, version);
    },
  };
}

const nameOfRecord = ({ partition, sort }: StateKey) => `${sort} of ${partition}`;

async function get(connection: TableConnection, key: StateKey): Promise<StateRecord | null> {
  const { table } = connection;
  const request: TableRequest = { verb: "read", what: nameOfRecord(key), table };
  const command = new GetItemCommand({ TableName: table, Key: itemKey(key), ConsistentRead: true });
  const outcome = await connection.read((client, options) => client.send(command, options));
  if (!outcome.answered) throw stateError(request, outcome.failed);
  const { Item } = outcome.answer;
  return Item === undefined ? null : recordIn(Item, request);
}

async function list(
  connection: TableConnection,
  partition: string,
  after: string | undefined,
): Promise<readonly StateRecord[]> {
  const { table } = connection;
  const request: TableRequest = { verb: "list", what: partition, table };
  const records: StateRecord[] = [];
  for (let start: StateItem | undefined; ; ) {
    const command = new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: after === undefined ? "pk = :pk" : "pk = :pk AND sk > :after",
      ExpressionAttributeValues: {
        ":pk": { S: partition },
        ...(after === undefined ? {} : { ":after": { S: after } }),
      },
      ExclusiveStartKey: start,
    });
    const outcome = await connection.read((client, options) => client.send(command, options));
    if (!outcome.answered) throw stateError(request, outcome.failed);
    const { Items = [], LastEvaluatedKey: next } = outcome.answer;
    records.push(...Items.map((item) => recordIn(item, request)));
    if (next === undefined) return records;
    if (JSON.stringify(next) === JSON.stringify(start)) {
      throw notFromDynamoDb(request, "a page of the query names itself as the next one");
    }
    start = next;
  }
}

function recordIn(item: StateItem, request: TableRequest): StateRecord {
  const record = recordOf(item);
  if (record !== null) return record;
  throw notFromDynamoDb(request, `the item ${quoted(item.sk?.S ?? "")} is not a record of Dapanoskop`);
}

type WriteCondition = Pick<
  PutItemCommandInput,
  "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

const isVersion = (version: string): WriteCondition => ({
  ConditionExpression: "#version = :version",
  ExpressionAttributeNames: { "#version": "version" },
  ExpressionAttributeValues: { ":version": { S: version } },
});

async function put(
  connection: TableConnection,
  key: StateKey,
  state: NewState,
  place: string,
  condition: WriteCondition,
): Promise<StatePutOutcome> {
  const { table } = connection;
  const version = randomUUID();
  const item = itemOf(key, valueText(key, state, place), version, state.expiresAt);
  const command = new PutItemCommand({ TableName: table, Item: item, ...condition });
  const outcome = await connection.write((client, options) => client.send(command, options));
  if (outcome.answered) return { outcome: "written", version };
  if (isRefused(outcome.failed)) return { outcome: "refused" };
  throw stateError({ verb: "write", what: nameOfRecord(key), table }, outcome.failed);
}

async function remove(
  connection: TableConnection,
  key: StateKey,
  version: string,
): Promise<StateRemoveOutcome> {
  const { table } = connection;
  const command = new DeleteItemCommand({ TableName: table, Key: itemKey(key), ...isVersion(version) });
  const outcome = await connection.write((client, options) => client.send(command, options));
  if (outcome.answered) return { outcome: "removed" };
  if (isRefused(outcome.failed)) return { outcome: "refused" };
  throw stateError({ verb: "remove", what: nameOfRecord(key), table }, outcome.failed);
}

const isRefused = ({ cause }: FailedRequest) => nameOf(cause) === "ConditionalCheckFailedException";
