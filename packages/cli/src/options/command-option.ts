import type { Day, Instant, Month } from "@dapanoskop/core/calendar";
import {
  type DescribedOption,
  fullDescription,
  type Option,
  type OptionValue,
} from "@dapanoskop/pipeline/options";

/** One option of a command: one that a deployment may have as well, or one of the command line alone. */
export type CommandOption =
  | Option
  | TextListOption
  | InstantOption
  | DayOption
  | MonthOption
  | CountOption
  | WordArgument;

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

export interface DayOption extends CommandLineOption {
  readonly type: "day";
}

export interface MonthOption extends CommandLineOption {
  readonly type: "month";
}

/** A whole number within bounds, both included. */
export interface CountOption extends CommandLineOption {
  readonly type: "count";
  readonly between: readonly [least: number, most: number];
}

/** A word without a flag: the first one of a command's table is the first word. It must be given unless `absent` says what happens. */
export interface WordArgument extends CommandLineOption {
  readonly type: "word";
  /** The words that it can be; any where absent. */
  readonly choices?: readonly string[];
}

/** The options of a command, by the names that their values have in code. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** The type of an option's value; what may be absent is `null`. */
export type CommandValue<One extends CommandOption> = One extends TextListOption
  ? readonly string[]
  : One extends InstantOption
    ? Instant | null
    : One extends DayOption
      ? Day | null
      : One extends MonthOption
        ? Month | null
        : One extends CountOption
          ? number | null
          : One extends WordArgument
            ? One extends { readonly absent: string }
              ? string | null
              : string
            : One extends Option
              ? OptionValue<One>
              : never;

/** The values of a command's options. */
export type CommandValues<Options extends CommandOptions> = {
  readonly [Name in keyof Options]: CommandValue<Options[Name]>;
};

/** How an option is written: `--tag-key KEY`, `--force`; a word by its name alone. */
export function usageOf(option: CommandOption): string {
  if (option.type === "word") return option.absent === undefined ? option.valueName : `[${option.valueName}]`;
  const flag = option.short === undefined ? `--${option.flag}` : `-${option.short}, --${option.flag}`;
  return option.type === "switch" ? flag : `${flag} ${option.valueName}`;
}

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
