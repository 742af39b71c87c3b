import type * as Aws from "@pulumi/aws";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { Inputs } from "./inputs.ts";

/**
 * What the system is described with. Two renderings implement it: `platform-sst.ts` by SST's components, where every value
 * is a plain one, and the exporter, where inputs are Terraform variables and whatever depends on them stays symbolic.
 * Hence the words for conditions, texts and lists below: an `if`, a template string or `.apply` on a symbol would be
 * decided while the module is generated, and not where it is applied.
 */
export interface Platform {
  /** Pulumi's AWS resources, of the version that SST pins. */
  readonly aws: typeof Aws;
  readonly inputs: Inputs;
  readonly region: Input<string>;
  readonly accountId: Input<string>;
  readonly partition: Input<string>;
  /** For what exists in us-east-1 only: the metrics of the bill. */
  readonly northVirginia: CustomResourceOptions;

  /** A sub-system: a file of the module. */
  part<Made>(name: string, about: string, create: () => Made): Made;
  /** A sentence above the next resource, for whoever reads the module. */
  note(sentence: string): void;

  text(strings: TemplateStringsArray, ...values: readonly Input<string | number | boolean>[]): Output<string>;
  /** The text of a file of `infra/`, by its path in there. */
  file(path: string): Input<string>;
  /** A document as JSON text: a policy, a dashboard. */
  json(document: unknown): Output<string>;

  given(value: Input<unknown> | undefined): Flag;
  /** Both hold, or neither does. */
  same(one: Flag, other: Flag): Flag;
  /** Whether a text begins with what the others make together. */
  startsWith(text: Input<string> | undefined, ...beginning: readonly Input<string>[]): Flag;
  /** The element at a place that the inputs' rules promise. */
  element<Value>(list: Input<readonly Value[]>, at: number): Input<Value>;
  /** A value, or another one where it is absent. */
  orElse<Value>(value: Input<Value> | undefined, otherwise: Input<Value>): Input<Value>;
  choose<Value>(flag: Flag, yes: Input<Value>, no: Input<Value>): Input<Value>;
  /** Elements that stand in a list only under a condition. */
  concat<Value>(...lists: readonly (readonly Value[] | OptionalList<Value>)[]): Input<Value[]>;
  listWhen<Value>(flag: Flag, values: readonly Value[]): OptionalList<Value>;
  /** Resources that exist only under a condition; `null` where it is known not to hold. No `when` inside another. */
  when<Made>(flag: Flag, create: () => Made): Made | null;
  /** Something for each name of a list. Resources in it are called by what `label` makes of their own names. */
  each<Made>(
    names: Input<readonly string[]>,
    create: (name: Input<string>, label: (name: string) => string) => Made,
  ): Each<Made>;

  /** Refuses inputs that are wrong only together, with a sentence, before anything is changed. */
  require(flag: Flag, sentence: string): void;
  output(name: string, about: string, value: Input<unknown> | undefined): void;

  bucket(name: string, args: BucketArgs): BucketParts;
  lambda(name: string, args: LambdaArgs): LambdaParts;
  schedule(name: string, args: ScheduleArgs): ScheduleParts;
  site(name: string, args: SiteArgs): SiteParts;
  /** The public half of a KMS key, as PEM; it ends in a newline. */
  publicKeyPem(name: string, keyId: Input<string>): Output<string>;
}

/** Something that holds or not: plain in SST, decided only by the adopter in the module. Never branch on it with `if`. */
export type Flag = Input<boolean>;

/** Elements that are there only under a condition. */
export interface OptionalList<Value> {
  readonly onlyWhen: Flag;
  readonly values: readonly Value[];
}

export interface Each<Made> {
  /** A value of each, in the order of the names. */
  map<Value>(value: (made: Made) => Value): Input<Value[]>;
}

/** A bucket of our own: never public, never emptied by a deletion of the stack. */
export interface BucketArgs {
  readonly bucket: Input<string>;
  readonly versioned: boolean;
}

export interface BucketParts {
  readonly name: Input<string>;
  readonly arn: Input<string>;
  readonly regionalDomainName: Input<string>;
  /** Its name for what is put into it: known only once it exists. */
  readonly contents: Input<string>;
  /** Gives it its policy. Once for each bucket: S3 knows one only. */
  policy(document: Input<string>): void;
}

export interface LambdaArgs {
  readonly name: Input<string>;
  readonly description: string;
  /** A folder of packages/functions/src; its `handler.ts` exports `handler`. */
  readonly source: "collect" | "session";
  readonly role: Aws.iam.Role;
  readonly memoryMb: Input<number>;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, Input<string>>>;
  readonly logGroup: Aws.cloudwatch.LogGroup;
  readonly dependsOn: readonly Aws.iam.RolePolicy[];
}

export interface LambdaParts {
  readonly name: Input<string>;
  readonly arn: Input<string>;
}

export interface ScheduleArgs {
  readonly name: Input<string>;
  readonly description: string;
  /** As EventBridge spells it: `cron(0 6 * * ? *)`, UTC. */
  readonly expression: Input<string>;
  readonly lambda: LambdaParts;
  readonly deadLetterQueueArn: Input<string>;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

export interface ScheduleParts {
  readonly ruleArn: Input<string>;
}

/** The page: its files in a bucket, and the distribution that everything goes through. */
export interface SiteArgs {
  readonly bucket: BucketParts;
  readonly domainName: Input<string> | undefined;
  readonly certificateArn: Input<string> | undefined;
  readonly distribution: DistributionArgs;
}

export type DistributionArgs = Pick<
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

export interface SiteParts {
  readonly distributionArn: Input<string>;
  readonly distributionId: Input<string>;
  readonly domainName: Input<string>;
}
