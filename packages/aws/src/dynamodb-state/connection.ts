import {
  DynamoDBClient,
  type DynamoDBClientConfig,
  DynamoDBServiceException,
} from "@aws-sdk/client-dynamodb";
import {
  clientSettings,
  type FailureClass,
  failureClassOf,
  nameOf,
  type RequestOutcome,
  type RetryPolicy,
  type Send,
  sendWithRetries,
  type Timeouts,
  type TransportRuntime,
} from "../transport/index.ts";

/** Settings of the SDK's client. It finds all others itself (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL_DYNAMODB, roles). */
export type DynamoDbAccess = Pick<DynamoDBClientConfig, "region" | "credentials" | "endpoint">;

/** One table. */
export interface TableConnection {
  readonly table: string;
  /** Sends a reading request until it is answered, the attempts are used up or the time is over. Never throws. */
  read<Answer>(send: SendToDynamoDb<Answer>): Promise<RequestOutcome<Answer>>;
  /** Sends a write once: a second attempt would be refused by what a first one, whose answer was lost, has written. */
  write<Answer>(send: SendToDynamoDb<Answer>): Promise<RequestOutcome<Answer>>;
}

type SendToDynamoDb<Answer> = (
  client: DynamoDBClient,
  ...options: Parameters<Send<Answer>>
) => Promise<Answer>;

// DynamoDB answers in milliseconds, and an on-demand table that throttles accepts more after some hundred.
const READS: RetryPolicy = { attempts: 4, throttledBase: 400, transientBase: 50, cap: 2_000 };
const WRITES: RetryPolicy = { ...READS, attempts: 1 };

/** In milliseconds. */
export const DEFAULT_TIMEOUTS: Timeouts = { connection: 2_000, request: 5_000 };

/** The SDK makes one attempt at each request: all of its retries of one client are limited by a common budget. */
export function connectToTable(
  table: string,
  access: DynamoDbAccess,
  timeouts: Timeouts,
  runtime: TransportRuntime,
): TableConnection {
  const client = new DynamoDBClient({ ...access, ...clientSettings(timeouts) });
  const sendBy =
    (policy: RetryPolicy): TableConnection["read"] =>
    (send) =>
      sendWithRetries({ send: (options) => send(client, options), classify }, { policy, timeouts, runtime });
  return { table, read: sendBy(READS), write: sendBy(WRITES) };
}

/** Another write of the same record was under way, and this one was not done. */
const CONFLICTS: ReadonlySet<string> = new Set([
  "TransactionConflictException",
  "ReplicatedWriteConflictException",
]);

function classify(cause: unknown): FailureClass {
  const isOfDynamoDb = cause instanceof DynamoDBServiceException;
  return isOfDynamoDb && CONFLICTS.has(nameOf(cause))
    ? "throttled"
    : failureClassOf(cause, DynamoDBServiceException);
}
