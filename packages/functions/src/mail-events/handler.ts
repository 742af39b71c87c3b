import { randomBytes } from "node:crypto";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { dynamoDbState } from "@dapanoskop/aws/dynamodb-state";
import { mailEventsHandler } from "./mail-events-handler.ts";

/** The entry of the Lambda that SNS gives SES's events to. */
export const handler = mailEventsHandler({
  environment: process.env,
  state: (table, timeLeft) => dynamoDbState({ table, deadline: { timeLeft } }),
  now: () => new Date(),
  randomBytes: (count) => randomBytes(count),
  sleep: (milliseconds) => sleep(milliseconds),
  write: (line) => void process.stdout.write(`${line}\n`),
});
