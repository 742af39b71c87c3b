import type * as Aws from "@pulumi/aws";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { Inputs } from "./inputs.ts";

/**
 * The methods that the system is described with. There are two implementations: `platform-sst.ts`, with SST's components,
 * where every value is plain; and the exporter, where inputs are Terraform variables and what depends on them is an
 * expression. That is why conditions, texts and lists have methods: an `if`, a template string or `.apply` would be
 * evaluated when the module is generated, not when it is applied.
 */
export interface Platform {
  /** Pulumi's AWS resources, in the version that SST pins. */
  readonly aws: typeof Aws;
  readonly inputs: Inputs;
  readonly region: Input<string>;
  readonly accountId: Input<string>;
  readonly partition: Input<string>;
  /** The domain of the partition's services: `amazonaws.com`. */
  readonly dnsSuffix: Input<string>;
  /** For resources that must be in us-east-1: the alarms on the account's bill. */
  readonly usEast1: CustomResourceOptions;

  /** A sub-system is a file of the module. */
  subsystem<Made>(name: string, description: string, create: () => Made): Made;
  /** A comment above the next resource of the module, or above its table. */
  comment(text: string): void;
  /** A value that several resources share; a local value of the module. */
  local<Value>(name: string, value: Input<Value>): Input<Value>;

  text(strings: TemplateStringsArray, ...values: readonly Input<string | number | boolean>[]): Output<string>;
  /** The host of an address that AWS chose: its domain depends on the partition. */
  hostOf(url: Input<string>): Input<string>;
  /**
   * The text of a file, by its path in `infra/`.
   * @param constants values of its lines `const NAME = "";`, without quotation marks and backslashes
   */
  file(path: string, constants?: Readonly<Record<string, Input<string>>>): Input<string>;
  /** A document as JSON text: a policy, a dashboard. */
  json(document: unknown): Output<string>;

  isSet(value: Input<unknown> | undefined): Condition;
  equal<Value>(one: Input<Value>, other: Input<Value>): Condition;
  startsWith(text: Input<string> | undefined, ...start: readonly Input<string>[]): Condition;
  any(...conditions: readonly Condition[]): Condition;
  all(...conditions: readonly Condition[]): Condition;
  /** Whether a list has this value. */
  has(list: Input<readonly string[]>, value: Input<string>): Condition;
  hasElements(list: Input<readonly unknown[]>): Condition;
  /** The texts of a list, separated by commas. */
  joined(list: Input<readonly string[]>): Input<string>;
  /** A JSON list of objects: the text of each under a name; of those that have none, another text, or nothing. */
  column(jsonList: Input<string>, name: string, absent?: string): Input<string[]>;
  /** An element that the input's rules, or the keys of a table, guarantee. */
  element<Value>(
    of: Input<readonly Value[] | Readonly<Record<string, Input<Value>>>>,
    key: Input<string | number>,
  ): Input<Value>;
  orDefault<Value>(value: Input<Value> | undefined, byDefault: Input<Value>): Input<Value>;
  choose<Value>(condition: Condition, yes: Input<Value>, no: Input<Value>): Input<Value>;
  concat<Value>(...lists: readonly (Input<readonly Value[]> | ConditionalList<Value>)[]): Input<Value[]>;
  /** Elements that a list has only under a condition. */
  listWhen<Value>(condition: Condition, values: Input<readonly Value[]>): ConditionalList<Value>;

  /** Resources that exist only under a condition; `null` where it is known not to hold. Cannot be nested. */
  when<Made>(condition: Condition, create: () => Made): Made | null;
  /** Resources for each name of a list that is known only at apply. */
  forEach<Made>(
    names: Input<readonly Input<string>[]>,
    create: (name: Input<string>, label: Label) => Made,
  ): ForEach<Made>;
  /**
   * Resources for each row of a table: in the module a local value, and `for_each`.
   * @param defaults columns that a row can leave out
   */
  table<Key extends string, Row extends object, Made, Defaults extends object = object>(
    name: string,
    rows: Readonly<Record<Key, Row>>,
    create: (row: InputRow<Row & Defaults>, key: Input<string>, label: Label) => Made,
    defaults?: Defaults,
  ): Readonly<Record<Key, Made>>;
  /**
   * A list with a value for each row of a table, likewise; nested blocks with it are a `dynamic` block of the module.
   * @param only the condition under which a row has a value
   */
  map<Row extends object, Value, Defaults extends object = object>(
    name: string,
    rows: readonly Row[],
    create: (row: InputRow<Row & Defaults>) => Value,
    defaults?: Defaults,
    only?: (row: InputRow<Row & Defaults>) => Condition,
  ): Input<Value[]>;

  /** Refuses inputs that contradict each other, with this message, before anything is changed. */
  require(condition: Condition, message: string): void;
  output(name: string, description: string, value: Input<unknown> | undefined): void;

  /** The buckets, and the settings that each has beside its name, its versions and its public access block. */
  buckets<Key extends string, Args extends BucketArgs>(
    rows: Readonly<Record<Key, Args>>,
    settings: (row: InputRow<Args>, label: Label) => void,
  ): Readonly<Record<Key, Bucket>>;
  /** The policy of every bucket. It is declared once: S3 keeps one policy for each bucket. */
  bucketPolicies(
    rows: Readonly<Record<string, BucketPolicyArgs>>,
    document: (row: { readonly arn: Input<string>; readonly statements: Input<object[]> }) => Input<string>,
  ): void;
  lambda(name: string, args: LambdaArgs): LambdaFunction;
  schedule(name: string, args: ScheduleArgs): Schedule;
  site(name: string, args: SiteArgs): Site;
  /** The public half of a KMS key, as PEM; it ends in a newline. */
  publicKeyPem(name: string, keyId: Input<string>): Output<string>;
}

/** A boolean: plain in SST, evaluated only at apply in the module. Never branch on it with `if`. */
export type Condition = Input<boolean>;

/** Pulumi's name of one of several resources: `signing` with the key `a` is `signing-a`. */
export type Label = (name: string) => string;

/** A row of a table: plain values in SST, the columns of the current row in the module. */
export type InputRow<Row extends object> = { readonly [Column in keyof Row]: AsInput<Row[Column]> };

/** What is an input remains one. */
type AsInput<Value> = Value extends Output<unknown> | Promise<unknown> | undefined ? Value : Input<Value>;

/** A record with other values. */
export const mapped = <Key extends string, Value, Result>(
  record: Readonly<Record<Key, Value>>,
  change: (value: Value, key: Key) => Result,
) =>
  Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value as Value, key as Key)]),
  ) as Record<Key, Result>;

/** The line of a file in which a constant has no value yet, and the texts around a value. */
export const constantLine = (name: string) => {
  const [before, after] = [`const ${name} = "`, '";'] as const;
  return { empty: `${before}${after}`, before, after };
};

/** Elements that a list has only under a condition. */
export interface ConditionalList<Value> {
  readonly condition: Condition;
  readonly values: Input<readonly Value[]>;
}

interface ForEach<Made> {
  /** A value of each, in the order of the names. */
  map<Value>(value: (made: Made) => Value): Input<Value[]>;
}

/** A bucket that is never public, and not emptied when the deployment is removed. */
export interface BucketArgs {
  readonly bucket: Input<string>;
  readonly versioned: boolean;
}

export interface Bucket {
  readonly name: Input<string>;
  readonly arn: Input<string>;
  readonly regionalDomainName: Input<string>;
  /** The bucket's name for its objects and settings: known only once the bucket exists. */
  readonly contents: Input<string>;
}

export interface BucketPolicyArgs {
  readonly bucket: Bucket;
  /** Statements beside those of every bucket. */
  readonly statements: readonly object[];
}

export interface LambdaArgs {
  readonly name: Input<string>;
  readonly description: string;
  /** A folder of packages/functions/src; its `handler.ts` exports `handler`. */
  readonly source: "collect" | "session" | "report" | "mail-events" | "api";
  readonly role: Pick<Aws.iam.Role, "arn" | "name">;
  /** `nodejs22.x`. */
  readonly runtime: Input<string>;
  readonly memoryMb: Input<number>;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, Input<string>>>;
  readonly logGroup: Pick<Aws.cloudwatch.LogGroup, "name">;
  readonly dependsOn: readonly Aws.iam.RolePolicy[];
}

export interface LambdaFunction {
  readonly name: Input<string>;
  readonly arn: Input<string>;
}

export interface ScheduleArgs {
  readonly name: Input<string>;
  readonly description: string;
  /** In EventBridge's syntax: `cron(0 6 * * ? *)`, UTC. */
  readonly expression: Input<string>;
  readonly enabled: Condition;
  readonly lambda: LambdaFunction;
  readonly deadLetterQueueArn: Input<string>;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

export interface Schedule {
  readonly ruleArn: Input<string>;
}

/** The page: its files in a bucket, and the distribution that serves page, data and sessions. */
export interface SiteArgs {
  readonly bucket: Bucket;
  readonly domainName: Input<string> | undefined;
  readonly certificateArn: Input<string> | undefined;
  readonly distribution: DistributionArgs;
}

type DistributionArgs = Pick<
  Aws.cloudfront.DistributionArgs,
  | "comment"
  | "origins"
  | "defaultCacheBehavior"
  | "orderedCacheBehaviors"
  | "defaultRootObject"
  | "httpVersion"
  | "priceClass"
  | "isIpv6Enabled"
  | "webAclId"
>;

export interface Site {
  readonly distributionArn: Input<string>;
  readonly distributionId: Input<string>;
  readonly domainName: Input<string>;
}
