export { type CollectConfig, collectionOptions, defaultConfig } from "./collection-options.ts";
export {
  type ChoiceOption,
  type DeployedOption,
  type DescribedOption,
  fullDescription,
  type Option,
  type OptionTable,
  type OptionValue,
  type OptionValues,
  optionValues,
  type SwitchOption,
  type TextOption,
  type TextPattern,
  variableOf,
} from "./option.ts";
