import { randomBytes } from "node:crypto";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { costExplorerSource, requestScope, s3Store } from "@dapanoskop/aws";
import { collectHandler } from "./collect-handler.ts";
import { loadParquet } from "./load-parquet.ts";

/**
 * The entry of the collector's Lambda. The wasm is compiled here, while Lambda initialises the process: then it has a
 * whole core, later only the share that its memory buys.
 */
const parquet = await loadParquet();

export const handler = collectHandler({
  environment: process.env,
  source: (deadline, stopBefore, { billingView, accounts }) =>
    costExplorerSource({
      deadline: { timeLeft: deadline },
      stopBefore,
      scope: requestScope(billingView, accounts),
    }),
  store: (bucket, deadline) => s3Store({ bucket, deadline: { timeLeft: deadline } }),
  parquet,
  now: () => new Date(),
  elapsed: () => performance.now(),
  random: Math.random,
  randomBytes: (count) => randomBytes(count),
  sleep: (milliseconds) => sleep(milliseconds),
  // console.log would put time and request in front, and CloudWatch reads metrics only from a line that is JSON as a whole.
  write: (line) => void process.stdout.write(`${line}\n`),
});
