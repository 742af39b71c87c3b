/** One option of a command line. */
export type Option = SwitchOption | TextOption | ChoiceOption;

/**
 * An option of a command line and of a deployment. Its entry in a table is the only place that describes it: flags, help
 * texts, the collector's environment, the inputs of OpenTofu and SST and the tables of the READMEs derive from it.
 */
export type DeployedOption = Option & {
  /** The OpenTofu input, in snake_case. In capitals it is the collector's environment variable. */
  readonly input: string;
};

/** What every option has. */
export interface DescribedOption {
  /** On the command line, without `--`. A switch's flag sets the opposite of the default. */
  readonly flag: string;
  /** The same option on the command line as one letter, without `-`. */
  readonly short?: string;
  /** What the value decides, as one sentence that ends in a period. */
  readonly description: string;
}

/** An option that is on or off. */
export interface SwitchOption extends DescribedOption {
  readonly type: "switch";
  readonly default: boolean;
  /** What the flag does, where the description of the value does not say it: the flag of an option that is on by default. */
  readonly flagDescription?: string;
}

/** An option with a text as its value. */
export interface TextOption extends DescribedOption {
  readonly type: "text";
  /** The value's name in help texts, like `KEY`. */
  readonly valueName: string;
  /** `null` where the option may be absent. */
  readonly default: string | null;
  /** What happens without a value, where the default is `null`. */
  readonly absent?: string;
  /** What AWS accepts. A deployment checks it; the command line does not, because bill files have other limits. */
  readonly pattern?: TextPattern;
  /** A value as an adopter would write it. */
  readonly example?: string;
}

/** A bound on a text. Go and JavaScript both read it: no look-around, and `\p{Z}` for spaces, because `\s` differs. */
export interface TextPattern {
  readonly matches: string;
  /** Completes the sentence that begins with the option's name: `must have …`. */
  readonly sentence: string;
}

/** An option with one of several values. */
export interface ChoiceOption extends DescribedOption {
  readonly type: "choice";
  readonly valueName: string;
  readonly default: string;
  readonly choices: readonly string[];
}

/** Options by the names that they have in code. */
export type OptionTable = Readonly<Record<string, DeployedOption>>;

/** The type of an option's value. */
export type OptionValue<One extends Option> = One extends SwitchOption
  ? boolean
  : One extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : One extends { readonly default: null }
      ? string | null
      : string;

/** A value for each option of a table. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: OptionValue<Table[Name]>;
};

/**
 * A value for each option of a table.
 * @param readValue returns a value of the option's own type
 */
export function optionValues<Table extends OptionTable>(
  table: Table,
  readValue: (option: DeployedOption, name: keyof Table & string) => string | boolean | null,
): OptionValues<Table> {
  const values = Object.entries(table).map(([name, option]) => [
    name,
    readValue(option, name as keyof Table & string),
  ]);
  return Object.fromEntries(values) as OptionValues<Table>;
}

/** The environment variable that the collector reads an option from. */
export const variableOf = ({ input }: Pick<DeployedOption, "input">): string => input.toUpperCase();

/** An option's description with what happens where it is absent and what it can be. */
export function fullDescription(option: Option): string {
  if (option.type === "choice") return `${option.description} One of ${option.choices.join(", ")}.`;
  const absent = option.type === "text" ? option.absent : undefined;
  return absent === undefined ? option.description : `${option.description} Default: ${absent}.`;
}
