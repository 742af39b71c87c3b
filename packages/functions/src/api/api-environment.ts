import type { OptionValues } from "@dapanoskop/pipeline/options";
import { collectionOptions } from "@dapanoskop/pipeline/options";
import { readOptions } from "../collect/collect-environment.ts";
import { type Environment, environmentReader } from "../lambda/index.ts";

/** What this deployment's API works with. */
export interface ApiEnvironment {
  readonly dataBucket: string;
  readonly plansBucket: string;
  readonly table: string;
  /** The parameter of the settings by which tokens are verified. */
  readonly settingsParameter: string;
  readonly options: OptionValues<typeof collectionOptions>;
}

/**
 * Without what it verifies tokens by, the API does not start.
 * @throws EnvironmentError naming each variable that is missing or wrong
 */
export function apiEnvironment(environment: Environment): ApiEnvironment {
  const read = environmentReader(environment);
  const found: ApiEnvironment = {
    dataBucket: read.required("DATA_BUCKET", "the bucket of the published figures"),
    plansBucket: read.required("PLANS_BUCKET", "the bucket that redacted plans are kept in"),
    table: read.required("STATE_TABLE", "the table of plans, drift and budgets"),
    settingsParameter: read.required(
      "SETTINGS_PARAMETER",
      "the parameter with the user pool that signs tokens",
    ),
    options: readOptions(read, collectionOptions),
  };
  read.check();
  return found;
}
