import { collectionOptions, type DeployedOption, variableOf } from "@dapanoskop/pipeline/options";
import type { ReportOption } from "@dapanoskop/report/options";
import type { Input } from "@pulumi/pulumi";
import type { Platform } from "./platform.ts";

/** A function's environment variables for options: each is the value of the option's input. */
export function optionEnvironment(
  {
    inputs,
    text,
    joined,
    orDefault,
  }: Pick<Platform, "text" | "joined" | "orDefault"> & {
    readonly inputs: Readonly<Record<string, unknown>>;
  },
  options: readonly (DeployedOption | ReportOption)[] = Object.values(collectionOptions),
): Readonly<Record<string, Input<string>>> {
  const variables = options.map((option) => {
    const variable = "variable" in option ? option.variable : variableOf(option);
    if (option.type === "list") return [variable, joined(inputs[option.input] as Input<string[]>)] as const;
    const input = inputs[option.input] as Input<string>;
    if (option.type === "switch") return [variable, text`${input}`] as const;
    return [variable, option.default === null ? orDefault(input, "") : input] as const;
  });
  return Object.fromEntries(variables);
}
