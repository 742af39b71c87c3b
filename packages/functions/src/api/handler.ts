import { randomBytes } from "node:crypto";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { costExplorerSource, PRICE_PER_REQUEST, requestScope } from "@dapanoskop/aws/cost-explorer";
import { dynamoDbState } from "@dapanoskop/aws/dynamodb-state";
import { s3PlanFiles } from "@dapanoskop/aws/s3-plan-files";
import { s3Store } from "@dapanoskop/aws/s3-store";
import { settingsParameter } from "../session/settings-parameter.ts";
import { gatewayHandler } from "./gateway-handler.ts";

/** Pages that one query may have: $0.05. */
const MOST_PAGES = 5;

/** API Gateway waits 30 s for an answer; a query to Cost Explorer ends before. */
const QUERY_TIME = 20_000;

/** The entry of the API's Lambda. It does not start without its configuration. */
export const handler = gatewayHandler({
  environment: process.env,
  store: (bucket) => s3Store({ bucket }),
  state: (table) => dynamoDbState({ table }),
  files: (bucket) => s3PlanFiles({ bucket }),
  source({ billingView, accounts }) {
    const end = performance.now() + QUERY_TIME;
    return costExplorerSource({
      scope: requestScope(billingView, accounts),
      deadline: { timeLeft: () => end - performance.now() },
      stopBefore: 2_000,
      pageCeiling: MOST_PAGES,
    });
  },
  pagePrice: PRICE_PER_REQUEST,
  settings: settingsParameter,
  fetch,
  now: () => new Date(),
  randomBytes: (count) => randomBytes(count),
  sleep: (milliseconds) => sleep(milliseconds),
  write: (line) => void process.stdout.write(`${line}\n`),
});
