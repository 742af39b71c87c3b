import type { NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import { BoundedHandler } from "./bounded-handler.ts";

/** In milliseconds. */
export interface Timeouts {
  /** To establish a connection. */
  readonly connection: number;
  /** For the head of an answer and for each silence in it. Connection and request together bound a whole attempt. */
  readonly request: number;
}

export const timeoutsWithDefaults = (own: Partial<Timeouts> = {}): Timeouts => ({
  connection: own.connection ?? 3_000,
  request: own.request ?? 20_000,
});

/** The longest answers of services whose answers are pages of records; in bytes. */
const LONGEST_ANSWER = 16 << 20;

/** What one kind of client needs beyond the settings of all. */
export interface ClientNeeds {
  /** No more bytes of an answer are read: `LongAnswerError`. Default: 16 MiB. */
  readonly longestAnswer?: number;
  readonly agents?: Pick<NodeHttpHandlerOptions, "httpAgent" | "httpsAgent">;
}

/** The settings that every SDK client gets: attempts are made by `sendWithRetries`, so the SDK makes one only. */
export const clientSettings = (
  { connection, request }: Timeouts,
  { longestAnswer = LONGEST_ANSWER, agents = {} }: ClientNeeds = {},
) => ({
  maxAttempts: 1,
  requestHandler: new BoundedHandler(
    {
      connectionTimeout: connection,
      requestTimeout: request,
      throwOnRequestTimeout: true,
      socketTimeout: request,
      ...agents,
    },
    longestAnswer,
  ),
});
