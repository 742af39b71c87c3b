import { type ApiLog, apiHandler } from "@dapanoskop/api";
import { moneyText } from "@dapanoskop/core/money";
import type { CostSource } from "@dapanoskop/core/source";
import type { StateStore } from "@dapanoskop/core/state";
import { StateError } from "@dapanoskop/core/state";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { ArtifactError } from "@dapanoskop/dataset";
import type { CollectConfig } from "@dapanoskop/pipeline/options";
import { type PlanFiles, planReader, publishedPrices } from "@dapanoskop/plans";
import { scanner } from "@dapanoskop/scan";
import {
  type Environment,
  failureText,
  type LambdaContext,
  type Log,
  logTo,
  runRuntime,
} from "../lambda/index.ts";
import { cachedSettings, type SettingsSource } from "../session/settings.ts";
import { type Fetch, tokenKeys, Unavailable } from "../tokens/index.ts";
import { apiEnvironment } from "./api-environment.ts";
import { type GatewayAnswer, gatewayAnswer, gatewayRequest, refusal } from "./gateway-event.ts";
import { loadGrammar } from "./load-grammar.ts";
import { tokenCaller } from "./token-caller.ts";

/** What the handler works through. Time, chance, AWS and the log come in here. All times are milliseconds. */
export interface ApiRuntime {
  readonly environment: Environment;
  store(bucket: string): ArtifactStore;
  state(table: string): StateStore;
  files(bucket: string): PlanFiles;
  /** Opens the bill for one query. */
  source(scope: Pick<CollectConfig, "billingView" | "accounts">): CostSource;
  /** What one page of an answer costs, in US dollars. */
  readonly pagePrice: Parameters<typeof moneyText>[0];
  settings(parameter: string): SettingsSource;
  readonly fetch: Fetch;
  now(): Date;
  randomBytes(count: number): Uint8Array;
  sleep(milliseconds: number): Promise<void>;
  /** One line, without its end. */
  write(line: string): void;
}

export type GatewayHandler = (
  event: unknown,
  context: Pick<LambdaContext, "awsRequestId">,
) => Promise<GatewayAnswer>;

/**
 * The API as the Lambda of an HTTP API (payload format 2.0). It starts only with everything that it verifies tokens by.
 * @throws EnvironmentError
 */
export function gatewayHandler(runtime: ApiRuntime): GatewayHandler {
  const { dataBucket, plansBucket, table, settingsParameter, options } = apiEnvironment(runtime.environment);
  const now = () => runtime.now().getTime();
  const settings = cachedSettings(runtime.settings(settingsParameter), now);
  const store = runtime.store(dataBucket);
  const handle = apiHandler({
    state: runtime.state(table),
    files: runtime.files(plansBucket),
    store,
    // Most requests price no plan, so the parquet reader is loaded with the first one that does.
    plans: planReader(
      publishedPrices(store, async () => (await import("../collect/load-parquet.ts")).loadParquet()),
    ),
    scan: scanner(loadGrammar),
    bill: {
      scope: `cost-explorer ${options.billingView ?? ""} ${options.accounts ?? ""}`,
      pagePrice: moneyText(runtime.pagePrice),
      open: () => runtime.source(options),
    },
    runtime: runRuntime(runtime, () => Number.POSITIVE_INFINITY),
    authenticate: tokenCaller(settings, tokenKeys(runtime.fetch, now), now),
    log: apiLog(logTo(runtime.write)),
  });

  return async (event, context) => {
    const received = gatewayRequest(event);
    if (received === null) return NOT_A_REQUEST;
    const requestId = context.awsRequestId ?? received.requestId;
    const response = await handle(received.request, requestId);
    return gatewayAnswer(response, received.request.headers.get("accept-encoding"));
  };
}

const NOT_A_REQUEST = refusal(400, "bad_request", "This is no request that the API reads.");

/** Log lines of the API: our own sentences, and of unexpected failures what may stand in a log. */
function apiLog(log: Log): ApiLog {
  return {
    answered({ requestId, operation, status, error, reason }) {
      const fields = { request_id: requestId, operation, status, error, reason };
      if (status >= 500) log.error("A request was not answered.", fields);
      else if (error !== null) log.warn("A request was refused.", fields);
      else log.info("A request was answered.", fields);
    },
    failed(requestId, failure) {
      const { message, kind, place } = failureText(failure, [
        StateError,
        StoreError,
        ArtifactError,
        Unavailable,
      ]);
      log.error(message, { request_id: requestId, kind, place });
    },
  };
}
