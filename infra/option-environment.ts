import { collectionOptions, type DeployedOption, variableOf } from "@dapanoskop/pipeline/options";
import type { Input } from "@pulumi/pulumi";
import type { Platform } from "./platform.ts";

/** The collector's environment variables for the options of a collection: each is the value of the option's input. */
export function optionEnvironment(
  {
    inputs,
    text,
    orDefault,
  }: Pick<Platform, "text" | "orDefault"> & {
    readonly inputs: Readonly<Record<string, unknown>>;
  },
  options: readonly DeployedOption[] = Object.values(collectionOptions),
): Readonly<Record<string, Input<string>>> {
  const variables = options.map((option) => {
    const input = inputs[option.input] as Input<string>;
    if (option.type === "switch") return [variableOf(option), text`${input}`] as const;
    return [variableOf(option), option.default === null ? orDefault(input, "") : input] as const;
  });
  return Object.fromEntries(variables);
}
