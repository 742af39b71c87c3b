import { collectionOptions, type DeployedOption, fullDescription } from "@dapanoskop/pipeline/options";
import { type ListOption, reportOptions } from "@dapanoskop/report/options";
import type { Input } from "@pulumi/pulumi";
import { REFUSED_REGIONS, REFUSED_REGIONS_AS_OF } from "./place.ts";

/** An input of the deployment: a variable of the module, and an environment variable of a deployment with SST. */
export interface InputSpec {
  readonly type: "string" | "number" | "bool" | "list(string)" | "list(number)" | "map(string)";
  /** Absent: the input is required. `null`: the input is optional. */
  readonly default?:
    | string
    | number
    | boolean
    | null
    | readonly string[]
    | readonly number[]
    | Readonly<Record<string, string>>;
  readonly description: string;
  /** One or several. */
  readonly rules?: InputRule | readonly InputRule[];
  /** Only the module has the input; SST has its own setting. */
  readonly moduleOnly?: true;
  /** A value for the example file. */
  readonly example?: string;
  /** Most deployments set it: it comes first, and the example file sets it. */
  readonly isUsual?: true;
}

/**
 * A rule for one input, and the error message for values that break it. Patterns are evaluated by Go and by JavaScript: no
 * look-around, and `\\p{Z}` for spaces, since `\\s` differs between the two.
 */
export type InputRule = {
  readonly sentence: string;
  /** The part of a map that is judged; of a list it is each element. Keys are in lower case: to IAM, case is no difference. */
  readonly of?: "keys" | "values";
} & (
  | { readonly matches: string }
  | { readonly beginsWithNoneOf: readonly string[] }
  | { readonly oneOf: readonly (string | number)[] }
  | { readonly noneOf: readonly string[] }
  | { readonly between: readonly [number, number] }
  | { readonly wholeBetween: readonly [number, number] }
  | { readonly sizeBetween: readonly [number, number] }
  | { readonly distinct: true }
);

export const rulesOf = ({ rules = [] }: Pick<InputSpec, "rules">) => [rules].flat() as readonly InputRule[];

/** The input of an option. */
interface OptionInput<One extends DeployedOption | ListOption> extends InputSpec {
  readonly type: One extends { readonly type: "switch" }
    ? "bool"
    : One extends { readonly type: "list" }
      ? "list(string)"
      : "string";
  readonly default: One["default"];
}

/** The inputs of a table of options, by their names in the module. */
export const optionInputs = <Options extends Readonly<Record<string, DeployedOption | ListOption>>>(
  options: Options,
) =>
  Object.fromEntries(Object.values(options).map((option) => [option.input, optionInput(option)])) as {
    readonly [Name in keyof Options as Options[Name]["input"]]: OptionInput<Options[Name]>;
  };

function optionInput(option: DeployedOption | ListOption): InputSpec {
  if (option.type === "list") return listInput(option);
  const shared = { default: option.default, description: fullDescription(option) };
  switch (option.type) {
    case "switch":
      return { type: "bool", ...shared };
    case "choice": {
      const sentence = `${option.input} must be one of ${option.choices.join(", ")}.`;
      return { type: "string", ...shared, rules: { oneOf: option.choices, sentence } };
    }
    case "text": {
      const { input, pattern, example } = option;
      return {
        type: "string",
        ...shared,
        ...(pattern === undefined
          ? {}
          : { rules: { matches: pattern.matches, sentence: `${input} ${pattern.sentence}` } }),
        ...(example === undefined ? {} : { example }),
      };
    }
  }
}

const listInput = (option: ListOption): InputSpec => ({
  type: "list(string)",
  default: option.default,
  description: `${option.description} Default: ${option.absent}.`,
  rules: [
    { matches: option.pattern.matches, sentence: `${option.input} ${option.pattern.sentence}` },
    { sizeBetween: [0, option.atMost], sentence: `${option.input} must have at most ${option.atMost}.` },
  ],
  example: JSON.stringify([option.example]),
});

/** The retention periods of CloudWatch Logs, in days. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const logRetention = (name: string): InputRule => ({
  oneOf: LOG_RETENTION_DAYS,
  sentence: `${name} must be a retention period of CloudWatch Logs: ${LOG_RETENTION_DAYS.join(", ")}.`,
});

/** A visible character. */
const SEEN = "[^\\p{Z}\\p{Cc}]";

/** The characters that AWS allows in keys and values of tags: letters and digits of any script, and some others. */
const TAG_CHARACTERS = "[\\p{L}\\p{N}\\p{Z}_.:/=+@-]";

const HOST = "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$";

/**
 * The schedules on which the bill may be collected. EventBridge requires `?` in one of the two day fields and a value in the
 * other. The minute must be a number: with `*` every minute would be a collection, and each has a price.
 */
const SCHEDULE = (() => {
  const minute = "[0-5]?[0-9]";
  const hour = "([01]?[0-9]|2[0-3])";
  const month = "[0-9A-Z*,/-]+";
  const days = `([0-9LW*,/-]+ ${month} \\?|\\? ${month} [0-9A-Z#*,/-]+)`;
  const cron = `${minute}([,/-]${minute})* (\\*|${hour})([,/-]${hour})* ${days} [0-9*,/-]+`;
  return `^(cron\\(${cron}\\)|rate\\((1 (hour|day)|([2-9]|[1-9][0-9]+) (hours|days))\\))$`;
})();

const table = {
  name_prefix: {
    type: "string",
    default: "dapanoskop",
    description:
      "The prefix of all resource names. Each deployment in an account needs its own, in another region as well: IAM and CloudFront names are global to the account. It cannot be changed later: that would replace the bucket of the published data.",
    rules: [
      {
        matches: "^[a-z][a-z0-9-]{1,24}[a-z0-9]$",
        sentence:
          "name_prefix must have 3 to 26 characters, a-z, 0-9 and hyphens, and begin with a letter: bucket names contain it, the account and the region, and S3 allows 63 characters.",
      },
      {
        beginsWithNoneOf: ["aws", "ssm", "xn--", "sthree-", "amzn-s3-demo-"],
        sentence:
          "name_prefix must not begin with aws or ssm, which Parameter Store reserves, nor with xn--, sthree- or amzn-s3-demo-, which S3 reserves.",
      },
    ],
  },
  region: {
    type: "string",
    default: null,
    description:
      "The AWS region of everything but the billing alarms. Default: the region of the environment (AWS_REGION). It cannot be changed later: that would replace the bucket of the published data.",
    rules: {
      matches: "^[a-z]{2,4}(-[a-z]+)+-[0-9]$",
      sentence: "region must be a region like eu-central-1.",
    },
    moduleOnly: true,
    example: "eu-central-1",
  },
  account_id: {
    type: "string",
    default: null,
    description:
      "The AWS account that this deployment belongs to. A plan with credentials of another account is refused. Default: any account.",
    rules: {
      matches: "^[0-9]{12}$",
      sentence: "account_id must be an account of 12 digits, like 123456789012.",
    },
    example: "123456789012",
  },
  refused_regions: {
    type: "list(string)",
    default: REFUSED_REGIONS,
    description: `Regions and partitions of AWS that a plan refuses, since Dapanoskop cannot run there: regions without Lambda function URLs as AWS's documentation listed them on ${REFUSED_REGIONS_AS_OF}, and the partitions other than aws. Where AWS has changed that since, set a shorter list.`,
    rules: {
      matches: "^[a-z]{2,4}(-[a-z0-9]+)*$",
      sentence: "refused_regions must contain regions like eu-central-2 or partitions like aws-cn.",
    },
  },
  lambda_runtime: {
    type: "string",
    default: "nodejs22.x",
    description:
      "The Node.js runtime of the functions: nodejs22.x, which AWS supports until April 2027, or nodejs24.x, which needs version 6.19 or newer of the AWS provider.",
    rules: {
      oneOf: ["nodejs22.x", "nodejs24.x"],
      sentence: "lambda_runtime must be nodejs22.x or nodejs24.x.",
    },
  },
  environment: {
    type: "string",
    default: "production",
    description: "The value of the tag Environment.",
    rules: {
      matches: `^${TAG_CHARACTERS}{1,64}$`,
      sentence:
        "environment must have 1 to 64 letters, digits, spaces and _ . : / = + - @, as a tag's value.",
    },
  },
  cost_center: {
    type: "string",
    default: "dapanoskop",
    description: "The value of the tag CostCenter: who pays for Dapanoskop itself.",
    rules: {
      matches: `^${TAG_CHARACTERS}{1,128}$`,
      sentence:
        "cost_center must have 1 to 128 letters, digits, spaces and _ . : / = + - @, as a tag's value.",
    },
  },
  tags: {
    type: "map(string)",
    default: {},
    description: "Additional tags of every resource, beside Project, Environment, ManagedBy and CostCenter.",
    rules: [
      {
        sizeBetween: [0, 6],
        sentence:
          "tags must have at most six tags: with the module's four they are the ten that an S3 object can have.",
      },
      {
        of: "keys",
        noneOf: ["project", "environment", "managedby", "costcenter"],
        sentence:
          "tags must not have the keys Project, Environment, ManagedBy or CostCenter, in any case: the module sets these (environment and cost_center set two of them), and IAM accepts no two keys that differ only in case.",
      },
      {
        of: "keys",
        distinct: true,
        sentence: "tags must not have two keys that differ only in case: to IAM they are one key.",
      },
      {
        of: "keys",
        beginsWithNoneOf: ["aws:"],
        sentence: "tags must not have keys that begin with aws:, in any case: AWS reserves these.",
      },
      {
        of: "keys",
        matches: `^${TAG_CHARACTERS}{1,128}$`,
        sentence: "tags must have keys of 1 to 128 letters, digits, spaces and _ . : / = + - @.",
      },
      {
        of: "values",
        matches: `^${TAG_CHARACTERS}{0,256}$`,
        sentence: "tags must have values of at most 256 letters, digits, spaces and _ . : / = + - @.",
      },
    ],
    moduleOnly: true,
    example: '{ Team = "finops" }',
  },
  permissions_boundary_arn: {
    type: "string",
    default: null,
    description: "The ARN of a permissions boundary for every role, if your organisation requires one.",
    rules: {
      matches: "^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]+$",
      sentence:
        "permissions_boundary_arn must be the ARN of an IAM policy, like arn:aws:iam::123456789012:policy/boundary.",
    },
    example: "arn:aws:iam::123456789012:policy/boundary",
  },
  kms_key_arn: {
    type: "string",
    default: null,
    description:
      "The ARN of a KMS key that encrypts the published data and the plans (SSE-KMS). Default: S3's own keys (SSE-S3), which have no price. The key's policy must allow cloudfront.amazonaws.com to decrypt for this distribution.",
    rules: {
      matches: "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$",
      sentence:
        "kms_key_arn must be the ARN of a KMS key (not of an alias), like arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.",
    },
    example: "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  cognito_user_pool_id: {
    type: "string",
    default: null,
    description:
      "The id of the Cognito user pool whose users can sign in. The module adds an app client to it and changes nothing else. Without it managed_user_pool_enabled is needed.",
    rules: {
      matches: "^[a-z]{2,4}(-[a-z]+)+-[0-9]_[A-Za-z0-9]{1,55}$",
      sentence: "cognito_user_pool_id must be the id of an existing user pool, like eu-central-1_AbCdEfGhI.",
    },
    example: "eu-central-1_AbCdEfGhI",
    isUsual: true,
  },
  cognito_domain: {
    type: "string",
    default: null,
    description:
      "The host of the pool's sign-in pages: its Amazon Cognito domain or its custom domain, without https://. It belongs to cognito_user_pool_id.",
    rules: {
      matches: HOST,
      sentence:
        "cognito_domain must be a host like my-org.auth.eu-central-1.amazoncognito.com or login.example.com, without https:// and without a path.",
    },
    example: "my-org.auth.eu-central-1.amazoncognito.com",
    isUsual: true,
  },
  managed_user_pool_enabled: {
    type: "bool",
    default: false,
    description:
      "Creates a user pool in place of an existing one: users are invited, nobody can sign up, and every user needs an authenticator app. Its sign-in host is {name_prefix}-{account}.auth.{region}.amazoncognito.com.",
  },
  managed_user_pool_users: {
    type: "list(string)",
    default: [],
    description:
      "The mail addresses of the first users of the managed pool. Cognito mails each a password for the first sign-in. An address that is removed loses its user.",
    rules: [
      {
        matches: "^[a-z0-9._%+'-]+@([a-z0-9-]+\\.)+[a-z]{2,63}$",
        sentence:
          "managed_user_pool_users must contain mail addresses in lower case, like finance@example.com.",
      },
      { sizeBetween: [0, 50], sentence: "managed_user_pool_users must have at most 50 addresses." },
      { distinct: true, sentence: "managed_user_pool_users must not contain an address twice." },
    ],
    example: '["finance@example.com"]',
  },
  user_pool_plan: {
    type: "string",
    default: "ESSENTIALS",
    description:
      "The feature plan of the existing user pool: ESSENTIALS (also for PLUS) or LITE. With LITE refresh tokens are not rotated: a stolen one can be used until the session ends.",
    rules: {
      oneOf: ["ESSENTIALS", "LITE"],
      sentence: "user_pool_plan must be ESSENTIALS or LITE.",
    },
  },
  allowed_groups: {
    type: "list(string)",
    default: [],
    description: "Groups of the user pool whose users can see the data. Empty: all users of the pool.",
    rules: [
      {
        matches: `^${SEEN}{1,128}$`,
        sentence: "allowed_groups must contain names of groups, of 1 to 128 characters without spaces.",
      },
      { sizeBetween: [0, 10], sentence: "allowed_groups must have at most ten groups." },
    ],
    example: '["finance", "engineering-leads"]',
  },
  identity_providers: {
    type: "list(string)",
    default: ["COGNITO"],
    description:
      "The identity providers of the pool that users can sign in with: COGNITO for the pool's own users, or names of SAML and OIDC providers.",
    rules: [
      {
        matches: `^[^_\\p{Z}\\p{Cc}]${SEEN}{0,31}$`,
        sentence: "identity_providers must contain names of the pool's providers, like COGNITO.",
      },
      {
        sizeBetween: [1, 50],
        sentence: "identity_providers must have at least one provider, or no user could sign in.",
      },
    ],
    example: '["COGNITO", "CorporateSso"]',
  },
  domain_name: {
    type: "string",
    default: null,
    description:
      "A custom domain of the page. It needs acm_certificate_arn, and a DNS record that points to the distribution. Default: the distribution's name.",
    rules: {
      matches: HOST,
      sentence:
        "domain_name must be a host like costs.example.com, in lower case, without https:// and without a path.",
    },
    example: "costs.example.com",
  },
  acm_certificate_arn: {
    type: "string",
    default: null,
    description: "The ARN of the certificate for domain_name, in us-east-1, as CloudFront requires.",
    rules: {
      matches: "^arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/[A-Za-z0-9-]+$",
      sentence:
        "acm_certificate_arn must be the ARN of an ACM certificate in us-east-1: CloudFront accepts certificates of no other region.",
    },
    example: "arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  web_acl_arn: {
    type: "string",
    default: null,
    description: "The ARN of a web ACL (AWS WAF, scope CLOUDFRONT, us-east-1) in front of the page.",
    rules: {
      matches: "^arn:aws[a-z-]*:wafv2:us-east-1:[0-9]{12}:global/webacl/[A-Za-z0-9_-]+/[A-Za-z0-9-]+$",
      sentence: "web_acl_arn must be the ARN of a web ACL of scope CLOUDFRONT, in us-east-1.",
    },
    example: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/costs/1234abcd-12ab-34cd-56ef-1234567890ab",
  },
  price_class: {
    type: "string",
    default: "PriceClass_100",
    description:
      "The CloudFront edge locations that serve the page: PriceClass_100 (Europe, North America), PriceClass_200 or PriceClass_All.",
    rules: {
      oneOf: ["PriceClass_100", "PriceClass_200", "PriceClass_All"],
      sentence: "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All.",
    },
  },
  ...optionInputs(collectionOptions),
  schedule_expression: {
    type: "string",
    default: "cron(0 6 * * ? *)",
    description:
      "When the bill is collected, as an EventBridge expression in UTC. A collection costs about ten cents.",
    rules: {
      matches: SCHEDULE,
      sentence:
        "schedule_expression must be like cron(0 6 * * ? *), with six fields, ? in one of the day fields and a number as the minute, or like rate(1 day) or rate(12 hours). A collection costs about ten cents: one every minute would cost $144 a day.",
    },
  },
  schedule_enabled: {
    type: "bool",
    default: true,
    description:
      "Whether the schedules of the collector and of the report run. false pauses them until it is true again; nothing is deleted. A pause by dapanoskop stop ends with the next apply.",
  },
  pipeline_memory_mb: {
    type: "number",
    default: 256,
    description:
      "Memory of the collector, in MB, and with it its share of a processor. 256 is enough for 50,000 groups of workload and usage type in the two months of a run; set 512 above that, which costs some 3 cents a month more at most.",
    rules: {
      wholeBetween: [256, 10240],
      sentence: "pipeline_memory_mb must be a whole number from 256 to 10240.",
    },
  },
  ...optionInputs(reportOptions),
  report_log_retention_days: {
    type: "number",
    default: 30,
    description: "The retention of the logs of the report and of the API in CloudWatch, in days.",
    rules: logRetention("report_log_retention_days"),
  },
  api_enabled: {
    type: "bool",
    default: false,
    description:
      "The API under /api: plans, drift and budgets, for the page and for CI. Default: nothing of it exists. The user pool then gets a resource server dapanoskop, of which a pool can have one.",
  },
  api_ci_client_ids: {
    type: "list(string)",
    default: [],
    description:
      "App clients of the user pool with which CI uploads plans: created outside of Terraform, so that no state contains their secrets.",
    rules: [
      {
        matches: "^[A-Za-z0-9_+]{1,128}$",
        sentence: "api_ci_client_ids must contain ids of app clients, like 1example23456789.",
      },
      { sizeBetween: [0, 20], sentence: "api_ci_client_ids must have at most 20 clients." },
      { distinct: true, sentence: "api_ci_client_ids must not contain a client twice." },
    ],
    example: '["1example23456789"]',
  },
  api_rate_limit: {
    type: "number",
    default: 10,
    description:
      "Requests a second that the API answers, of all its users together; more are refused with 429. It limits what a program in a loop can cost.",
    rules: {
      wholeBetween: [1, 1000],
      sentence: "api_rate_limit must be a whole number from 1 to 1000.",
    },
  },
  api_burst_limit: {
    type: "number",
    default: 20,
    description: "Requests that the API answers at once, before api_rate_limit applies.",
    rules: {
      wholeBetween: [1, 2000],
      sentence: "api_burst_limit must be a whole number from 1 to 2000.",
    },
  },
  signing_keys: {
    type: "list(string)",
    default: ["a"],
    description:
      'The names of the keys for the cookies of the data: the first key signs, all keys are trusted. To rotate, apply ["a", "b"], which trusts b, then ["b", "a"], which signs with b, and after 12 hours ["b"]. Each key costs $1 a month.',
    rules: [
      {
        matches: "^[a-z0-9]{1,8}$",
        sentence: "signing_keys must contain short names of a-z and 0-9, like a and b.",
      },
      { sizeBetween: [1, 2], sentence: "signing_keys must have one key, or two during a rotation." },
      { distinct: true, sentence: "signing_keys must not contain a key twice." },
    ],
  },
  alarm_email: {
    type: "string",
    default: null,
    description:
      "The mail address that is notified when a collection fails or is overdue, or when the account's bill exceeds a threshold. Default: no alarms. AWS sends a mail to confirm the address first.",
    rules: {
      matches: "^[^\\p{Z}\\p{Cc}@]+@[^\\p{Z}\\p{Cc}@]+\\.[^\\p{Z}\\p{Cc}@]+$",
      sentence: "alarm_email must be a mail address like finops@example.com.",
    },
    example: "finops@example.com",
  },
  billing_alarm_thresholds_usd: {
    type: "list(number)",
    default: [25, 50],
    description:
      "Alarms when the account's bill of the running month exceeds these amounts, in USD. Choose them above the account's usual bill. They need alarm_email, and billing alerts enabled in the account.",
    rules: [
      {
        sizeBetween: [2, 2],
        sentence: "billing_alarm_thresholds_usd must have two amounts: an early and a late threshold.",
      },
      {
        between: [1, 100000000],
        sentence: "billing_alarm_thresholds_usd must contain amounts of at least 1 USD.",
      },
      {
        distinct: true,
        sentence: "billing_alarm_thresholds_usd must contain two different amounts.",
      },
    ],
  },
  billing_budget_enabled: {
    type: "bool",
    default: false,
    description:
      "A budget of AWS Budgets that mails to alarm_email at the amounts of billing_alarm_thresholds_usd. For accounts where billing alerts cannot be enabled: without them AWS publishes no metric of the bill, and the billing alarms have no effect.",
  },
  log_retention_days: {
    type: "number",
    default: 90,
    description:
      "The retention of the logs of the collector and the session function in CloudWatch, in days.",
    rules: logRetention("log_retention_days"),
  },
} as const satisfies Readonly<Record<string, InputSpec>>;

export const inputTable: Readonly<Record<InputName, InputSpec>> = table;

export type InputName = keyof typeof table;

interface Types {
  readonly string: string;
  readonly number: number;
  readonly bool: boolean;
  readonly "list(string)": readonly string[];
  readonly "list(number)": readonly number[];
  readonly "map(string)": Readonly<Record<string, string>>;
}

type ValueOf<Spec extends InputSpec> = Spec extends { readonly default: null }
  ? Types[Spec["type"]] | undefined
  : Types[Spec["type"]];

/** The values of all inputs. */
export type Values = { readonly [Name in InputName]: ValueOf<(typeof table)[Name]> };

/** An input: plain in SST, an expression of the module's variable in the export; an optional one may be undefined. */
type InputOf<Spec extends InputSpec> = Spec extends { readonly default: null }
  ? Input<Types[Spec["type"]]> | undefined
  : Input<Types[Spec["type"]]>;

/** The inputs that the system is described with. */
export type Inputs = { readonly [Name in InputName]: InputOf<(typeof table)[Name]> };
