import type { Instant, Month } from "@dapanoskop/core/calendar";
import {
  type DescribedOption,
  fullDescription,
  type Option,
  type OptionValue,
} from "@dapanoskop/pipeline/options";

/** One option of a command: one that a deployment may have as well, or one of the command line alone. */
export type CommandOption = Option | TextListOption | InstantOption | MonthOption | CountOption;

/** What options of the command line alone have. They may be absent. */
interface CommandLineOption extends DescribedOption {
  /** The value's name in help texts, like `PATH`. */
  readonly valueName: string;
  /** What happens without a value. */
  readonly absent?: string;
}

/** An option that may be given several times. */
export interface TextListOption extends CommandLineOption {
  readonly type: "texts";
}

export interface InstantOption extends CommandLineOption {
  readonly type: "instant";
}

export interface MonthOption extends CommandLineOption {
  readonly type: "month";
}

/** A whole number within bounds, both included. */
export interface CountOption extends CommandLineOption {
  readonly type: "count";
  readonly between: readonly [least: number, most: number];
}

/** The options of a command, by the names that their values have in code. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** The type of an option's value; what may be absent is `null`. */
export type CommandValue<One extends CommandOption> = One extends TextListOption
  ? readonly string[]
  : One extends InstantOption
    ? Instant | null
    : One extends MonthOption
      ? Month | null
      : One extends CountOption
        ? number | null
        : One extends Option
          ? OptionValue<One>
          : never;

/** The values of a command's options. */
export type CommandValues<Options extends CommandOptions> = {
  readonly [Name in keyof Options]: CommandValue<Options[Name]>;
};

/** How an option is written: `--tag-key KEY`, `--force`. */
export const usageOf = (option: CommandOption): string =>
  option.type === "switch" ? `--${option.flag}` : `--${option.flag} ${option.valueName}`;

/** What an option does, with its bounds and what happens without it. */
export function helpOf(option: CommandOption): string {
  switch (option.type) {
    case "switch":
      return option.flagDescription ?? option.description;
    case "text":
    case "choice": {
      const byDefault = option.default === null ? "" : ` Default: ${option.default}.`;
      return `${fullDescription(option)}${byDefault}`;
    }
    case "count": {
      const [least, most] = option.between;
      return withAbsent(`${option.description} From ${least} to ${most}.`, option);
    }
    default:
      return withAbsent(option.description, option);
  }
}

const withAbsent = (text: string, { absent }: CommandLineOption) =>
  absent === undefined ? text : `${text} Default: ${absent}.`;
