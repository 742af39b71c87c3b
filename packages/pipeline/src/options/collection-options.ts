import { costMetrics } from "@dapanoskop/core/source";
import { type OptionTable, type OptionValues, optionValues } from "./option.ts";

/** A character that is neither a space nor a control character. */
const VISIBLE = "[^\\p{Z}\\p{Cc}]";

/**
 * How a deployment wants its bill computed. A new option needs an entry here and the code that uses its value. Everything else
 * derives from the entry; tests/infra/options.test.ts checks each place.
 */
export const collectionOptions = {
  costCategory: {
    type: "text",
    flag: "cost-category",
    input: "cost_category_name",
    valueName: "NAME",
    default: null,
    absent: "the first that the account has",
    description: "The AWS Cost Category whose values are the cost centers.",
    pattern: {
      matches: `^${VISIBLE}([^\\p{Cc}]{0,48}${VISIBLE})?$`,
      sentence: "must be the name of a Cost Category, of 1 to 50 characters.",
    },
    example: "CostCenter",
  },
  tagKey: {
    type: "text",
    flag: "tag-key",
    input: "tag_key",
    valueName: "KEY",
    default: "App",
    description: "The key of the cost allocation tag whose values are the workloads.",
    pattern: {
      matches: "^[\\p{L}\\p{N}\\p{Z}_.:/=+@-]{1,128}$",
      sentence:
        "must have 1 to 128 letters, digits, spaces and _ . : / = + - @, which is what AWS allows in a tag key.",
    },
  },
  metric: {
    type: "choice",
    flag: "metric",
    input: "cost_metric",
    valueName: "NAME",
    default: "UnblendedCost",
    choices: costMetrics,
    description: "The cost metric that is read.",
  },
  billingView: {
    type: "text",
    flag: "billing-view",
    input: "billing_view_arn",
    valueName: "ARN",
    default: null,
    absent: "all that the account may see",
    description: "The ARN of the AWS billing view whose costs are read.",
    pattern: {
      matches: "^arn:aws[a-z-]*:billing::[0-9]{12}:billingview/[a-zA-Z0-9/:_+=.@-]{1,75}$",
      sentence: "must read like arn:aws:billing::111122223333:billingview/primary.",
    },
    example: "arn:aws:billing::111122223333:billingview/primary",
  },
  accounts: {
    type: "text",
    flag: "account",
    input: "linked_accounts",
    valueName: "ID[,ID]",
    default: null,
    absent: "all accounts of the bill",
    description: "The AWS accounts whose costs are read, as numbers of twelve digits separated by commas.",
    pattern: {
      matches: "^[0-9]{12}(,[0-9]{12})*$",
      sentence: "must have account numbers of twelve digits, separated by commas.",
    },
    example: "111122223333",
  },
  includeEfs: {
    type: "switch",
    flag: "include-efs",
    input: "include_efs",
    default: false,
    description: "Count EFS in the storage figures.",
  },
  includeEbs: {
    type: "switch",
    flag: "include-ebs",
    input: "include_ebs",
    default: false,
    description: "Count EBS in the storage figures.",
  },
  splitCharges: {
    type: "switch",
    flag: "no-split",
    input: "split_charges",
    default: true,
    description: "Apply the split charge rules of the Cost Category.",
    flagDescription: "Leave split charges where AWS booked them.",
  },
} as const satisfies OptionTable;

/** A value for each option of a collection. A published month carries the hash of them. */
export type CollectConfig = OptionValues<typeof collectionOptions>;

export const defaultConfig: CollectConfig = optionValues(
  collectionOptions,
  ({ default: byDefault }) => byDefault,
);
