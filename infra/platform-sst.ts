/// <reference path="../.sst/platform/config.d.ts" />
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { contentTypeOf, defaultRule, ruleOf } from "@dapanoskop/edge";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import filesBeside from "../packages/functions/files-beside.json" with { type: "json" };
import { infra } from "./index.ts";
import {
  type Bucket,
  type BucketArgs,
  type Condition,
  type ConditionalList,
  constantLine,
  type Label,
  type LambdaArgs,
  type LambdaFunction,
  mapped,
  type Platform,
  type Schedule,
  type ScheduleArgs,
  type Site,
  type SiteArgs,
} from "./platform.ts";
import { columnOf, readInputs } from "./read-inputs.ts";

/**
 * Deploys the system with SST's components, for `sst dev` and `sst deploy`.
 * @returns the outputs, which SST prints at the end
 * @throws InputsError before any resource is declared
 */
export async function deploy(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, Input<unknown>>> {
  const outputs: Record<string, Input<unknown>> = {};
  infra(sstPlatform(environment, outputs, await currentAccount()));
  return outputs;
}

/** Where this is deployed. It is read first, so that inputs for another region are refused before any resource is declared. */
async function currentAccount() {
  const [{ region }, { accountId }, { partition, dnsSuffix }] = await Promise.all([
    aws.getRegion(),
    aws.getCallerIdentity(),
    aws.getPartition(),
  ]);
  return { region, accountId, partition, dnsSuffix };
}

/** The tags that `sst.config.ts` sets in the deployment's region, for resources of another region. */
const tagsOf = (stage: string, costCenter: string) => ({
  Project: "Dapanoskop",
  Environment: stage,
  ManagedBy: "SST",
  CostCenter: costCenter,
});

function sstPlatform(
  environment: Readonly<Record<string, string | undefined>>,
  outputs: Record<string, Input<unknown>>,
  account: Awaited<ReturnType<typeof currentAccount>>,
): Platform {
  // Stages share an account, so each stage has its own names.
  const inputs = readInputs(environment, {
    name_prefix: `dapanoskop-${$app.stage}`,
    environment: $app.stage,
  });
  const tags = tagsOf(inputs.environment, inputs.cost_center);
  return {
    aws,
    inputs: inputs as Platform["inputs"],
    ...account,
    usEast1: {
      provider: new aws.Provider("us-east-1", { region: "us-east-1", defaultTags: { tags } }),
    },

    subsystem: (_name, _description, create) => create(),
    comment: () => {},
    local: (_name, value) => value,
    text: (strings, ...values) => $interpolate(strings, ...values),
    hostOf: (url) => $output(url).apply((text) => text.replace(/^https:\/\/|\/$/g, "")),
    json: (document) => $jsonStringify(document),
    file: (path, constants = {}) =>
      Object.entries(constants).reduce(
        (text, [name, value]) => {
          const { empty, before, after } = constantLine(name);
          return text.replace(empty, () => `${before}${value}${after}`);
        },
        readFileSync(join($cli.paths.root, "infra", path), "utf8"),
      ),

    isSet: (value) => value !== undefined && value !== null,
    equal: (one, other) => one === other,
    startsWith: (text, ...start) => String(text).startsWith(start.join("")),
    any: (...conditions) => conditions.some(holds),
    all: (...conditions) => conditions.every(holds),
    has: (list, value) => (list as readonly string[]).includes(value as string),
    hasElements: (list) => (list as readonly unknown[]).length > 0,
    joined: (list) => (list as readonly string[]).join(","),
    column: (jsonList, name, absent) => columnOf(jsonList as string, name, absent),
    element: (of, key) => (of as Readonly<Record<string | number, never>>)[key as string | number] as never,
    orDefault: (value, byDefault) => value ?? byDefault,
    choose: (condition, yes, no) => (holds(condition) ? yes : no),
    listWhen: (condition, values) => ({ condition, values }),
    concat: <Value>(...lists: readonly (Input<readonly Value[]> | ConditionalList<Value>)[]) =>
      lists.flatMap((list) => {
        if (!isConditional(list)) return list as readonly Value[];
        return holds(list.condition) ? (list.values as readonly Value[]) : [];
      }) as Value[],
    when: (condition, create) => (holds(condition) ? create() : null),
    forEach(names, create) {
      const made = (names as readonly string[]).map((name) => create(name, labelOf(name)));
      return { map: (value) => made.map(value) };
    },
    table: (_name, rows, create, defaults) =>
      mapped(rows, (row, key) => create({ ...defaults, ...row } as never, key, labelOf(key))),
    map: (_name, rows, create, defaults, only = () => true) =>
      rows
        .map((row) => ({ ...defaults, ...row }) as never)
        .filter((row) => holds(only(row)))
        .map(create),
    require(condition, message) {
      if (!holds(condition)) throw new Error(message);
    },
    output(name, _description, value) {
      outputs[name] = value;
    },

    ...bucketMethods(),
    lambda,
    schedule,
    site,
    publicKeyPem: (_name, keyId) =>
      aws.kms.getPublicKeyOutput({ keyId }).publicKeyPem.apply((pem) => `${pem.trim()}\n`),
  };
}

const holds = (condition: Condition) => condition as boolean;

/** Pulumi's name of one of several resources. */
const labelOf =
  (key: string): Label =>
  (name) =>
    `${name}-${key}`;

const isConditional = <Value>(
  list: Input<readonly Value[]> | ConditionalList<Value>,
): list is ConditionalList<Value> => typeof list === "object" && "condition" in list;

/** SST requires names of components in Pascal case. */
const componentName = (name: string) =>
  name
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function bucketMethods(): Pick<Platform, "buckets" | "bucketPolicies"> {
  const setPolicy = new Map<Bucket, (document: Input<string>) => void>();

  /**
   * SST's bucket without its open defaults: no CORS, not emptied when it is removed, and our policy instead of its own. That
   * policy names the distribution, which names the bucket: so the distribution gets the bucket's name as a text, and what
   * is written into the bucket waits for the policy.
   */
  function bucket(name: string, { bucket, versioned }: BucketArgs): Bucket {
    let resolvePolicy: (document: Input<string>) => void = () => {};
    const policy = $output(new Promise<Input<string>>((resolve) => (resolvePolicy = resolve)));
    const made = new sst.aws.Bucket(componentName(`${name}-bucket`), {
      versioning: versioned,
      enforceHttps: false,
      cors: false,
      transform: {
        bucket: (args) => {
          args.bucket = bucket;
          args.forceDestroy = false;
        },
        policy: (args) => {
          args.policy = policy as Output<string>;
        },
      },
    });
    const described: Bucket = {
      name: bucket,
      arn: $interpolate`arn:${aws.getPartitionOutput().partition}:s3:::${bucket}`,
      regionalDomainName: $interpolate`${bucket}.s3.${aws.getRegionOutput().region}.${aws.getPartitionOutput().dnsSuffix}`,
      contents: made.name,
    };
    setPolicy.set(described, resolvePolicy);
    return described;
  }

  return {
    buckets: (rows, settings) =>
      mapped(rows, (args, key) => {
        const made = bucket(key, args);
        settings({ ...args, bucket: made.contents } as never, labelOf(key));
        return made;
      }),
    bucketPolicies(rows, document) {
      for (const { bucket, statements } of Object.values(rows)) {
        setPolicy.get(bucket)?.(document({ arn: bucket.arn, statements: [...statements] }));
      }
    },
  };
}

const HANDLERS = "packages/functions/src";

/** The files of packages that a function reads from the folder of its code, which SST bundles to the zip's root. */
const copyFilesOf = (source: LambdaArgs["source"]) =>
  ((filesBeside as Partial<Record<LambdaArgs["source"], string[]>>)[source] ?? []).map((file) => ({
    from: `node_modules/${file}`,
    to: basename(file),
  }));

function lambda(name: string, args: LambdaArgs): LambdaFunction {
  const options: CustomResourceOptions = { dependsOn: [...args.dependsOn] };
  if ($dev) allowLive(name, args);
  const made = new sst.aws.Function(
    componentName(name),
    {
      name: args.name,
      description: args.description,
      handler: `${HANDLERS}/${args.source}/handler.handler`,
      runtime: args.runtime as "nodejs22.x" | "nodejs24.x",
      architecture: "arm64",
      memory: $interpolate`${args.memoryMb} MB` as Output<`${number} MB`>,
      timeout: `${args.timeoutSeconds} seconds`,
      role: args.role.arn,
      environment: { ...args.environment },
      logging: { logGroup: args.logGroup.name, format: "text" },
      transform: {
        function: (made) => {
          made.tracingConfig = { mode: "Active" };
        },
      },
      copyFiles: copyFilesOf(args.source),
    },
    options,
  );
  return { name: made.name, arn: made.arn };
}

/** While a function runs live on a laptop, its stand-in in AWS forwards events through AppSync. */
function allowLive(name: string, { role }: LambdaArgs): void {
  new aws.iam.RolePolicy(`${name}-live`, {
    role: role.name,
    policy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["appsync:EventConnect", "appsync:EventPublish", "appsync:EventSubscribe"],
          Resource: "*",
        },
      ],
    }),
  });
}

function schedule(name: string, args: ScheduleArgs): Schedule {
  const made = new sst.aws.Cron(componentName(`${name}-schedule`), {
    schedule: args.expression as Input<`cron(${string})`>,
    function: args.lambda.arn as Input<`arn:aws:lambda:${string}`>,
    enabled: args.enabled,
    transform: {
      rule: (rule) => {
        rule.name = args.name;
        rule.description = args.description;
      },
      target: (target) => {
        // SST would send an empty event; the collector needs the schedule's event, which contains the time.
        target.input = undefined as never;
        target.retryPolicy = {
          maximumRetryAttempts: args.maximumRetryAttempts,
          maximumEventAgeInSeconds: args.maximumEventAgeSeconds,
        };
        target.deadLetterConfig = { arn: args.deadLetterQueueArn };
      },
    },
  });
  return { ruleArn: made.nodes.rule.arn };
}

/** SST builds and uploads the page; its distribution gets our arguments instead of its own. */
function site(name: string, { bucket, domainName, certificateArn, distribution }: SiteArgs): Site {
  const made = new sst.aws.StaticSite(componentName(name), {
    path: "packages/web",
    // The page is deployed in `sst dev` too: users sign in at the distribution.
    dev: false,
    build: { command: "npm run build", output: "dist" },
    // Outside the sources: a generated file among them would change the page at every deployment.
    vite: { types: "../../.sst/page-env.d.ts" },
    assets: {
      bucket: bucket.contents,
      fileOptions: [
        { files: "**", cacheControl: defaultRule.browser },
        ...["html", "svg"].map((ending) => ({
          files: `**/*.${ending}`,
          cacheControl: defaultRule.browser,
          contentType: contentTypeOf(`x.${ending}`),
        })),
        ...["js", "css", "wasm", "svg"].map((ending) => ({
          files: `assets/**/*.${ending}`,
          cacheControl: ruleOf("/assets/x").browser,
          contentType: contentTypeOf(`x.${ending}`),
        })),
      ],
    },
    invalidation: { paths: ["/index.html", "/config.json"], wait: false },
    transform: {
      cdn: (cdn) => {
        const { origins, defaultCacheBehavior, orderedCacheBehaviors, comment, webAclId, ...others } =
          distribution;
        Object.assign(cdn, {
          origins,
          defaultCacheBehavior,
          orderedCacheBehaviors,
          comment,
          webAclArn: webAclId,
          ...(domainName === undefined
            ? {}
            : { domain: { name: domainName, cert: certificateArn, dns: false } }),
          transform: { distribution: (args: object) => void Object.assign(args, others) },
        });
      },
    },
  });
  const cdn = made.nodes.cdn;
  if (cdn === undefined) throw new Error("SST created no distribution for the page.");
  const { arn, id, domainName: own } = cdn.nodes.distribution;
  return { distributionArn: arn, distributionId: id, domainName: own };
}
