import {
  type CollectConfig,
  collectionOptions,
  type DeployedOption,
  type OptionTable,
  type OptionValues,
  optionValues,
  variableOf,
} from "@dapanoskop/pipeline/options";
import { type Environment, type EnvironmentReader, environmentReader } from "../lambda/index.ts";

/** How this deployment collects, and where it publishes. */
export interface CollectEnvironment {
  readonly bucket: string;
  readonly config: CollectConfig;
}

/** @throws EnvironmentError naming each variable that is wrong */
export function collectEnvironment(environment: Environment): CollectEnvironment {
  const read = environmentReader(environment);
  const found: CollectEnvironment = {
    bucket: read.required("DATA_BUCKET", "the bucket that figures are published to"),
    config: readOptions(read, collectionOptions),
  };
  read.check();
  return found;
}

/** The value of each option, by its variable; the reader collects what is wrong. */
export const readOptions = <Options extends OptionTable>(
  read: EnvironmentReader,
  options: Options,
): OptionValues<Options> => optionValues(options, (option) => readOption(read, option));

function readOption(read: EnvironmentReader, option: DeployedOption): string | boolean | null {
  const variable = variableOf(option);
  switch (option.type) {
    case "switch":
      return read.flag(variable, option.default);
    case "choice":
      return read.oneOf(variable, option.choices, option.default);
    case "text":
      return read.text(variable, option.pattern) ?? option.default;
  }
}
