/// <reference path="../.sst/platform/config.d.ts" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contentTypeOf, defaultRule, ruleOf } from "@dapanoskop/edge";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import { infra } from "./index.ts";
import type {
  BucketArgs,
  BucketParts,
  Flag,
  LambdaArgs,
  LambdaParts,
  OptionalList,
  Platform,
  ScheduleArgs,
  ScheduleParts,
  SiteArgs,
  SiteParts,
} from "./platform.ts";
import { readInputs } from "./read-inputs.ts";

/**
 * Renders the system by SST's components, for `sst dev` and `sst deploy`.
 * @returns what SST prints at the end
 * @throws InputsError before anything is made
 */
export async function deploy(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, Input<unknown>>> {
  const outputs: Record<string, Input<unknown>> = {};
  infra(sstPlatform(environment, outputs, await whereabouts()));
  return outputs;
}

/** Where this is deployed: asked for first, so that what is wrong there is refused before anything is made. */
async function whereabouts() {
  const [{ region }, { accountId }, { partition }] = await Promise.all([
    aws.getRegion(),
    aws.getCallerIdentity(),
    aws.getPartition(),
  ]);
  return { region, accountId, partition };
}

/** The tags that `sst.config.ts` gives to everything in the deployment's region, for what is elsewhere. */
const tagsOf = (stage: string, costCenter: string) => ({
  Project: "Dapanoskop",
  Environment: stage,
  ManagedBy: "SST",
  CostCenter: costCenter,
});

function sstPlatform(
  environment: Readonly<Record<string, string | undefined>>,
  outputs: Record<string, Input<unknown>>,
  here: Awaited<ReturnType<typeof whereabouts>>,
): Platform {
  // Stages share an account, so each has its own names.
  const inputs = readInputs(environment, {
    name_prefix: `dapanoskop-${$app.stage}`,
    environment: $app.stage,
  });
  const tags = tagsOf(inputs.environment, inputs.cost_center);
  const flags = (flag: Flag) => flag as boolean;
  return {
    aws,
    inputs: inputs as Platform["inputs"],
    ...here,
    northVirginia: {
      provider: new aws.Provider("north-virginia", { region: "us-east-1", defaultTags: { tags } }),
    },

    part: (_name, _about, create) => create(),
    note: () => {},
    text: (strings, ...values) => $interpolate(strings, ...values),
    json: (document) => $jsonStringify(document),
    file: (path) => readFileSync(join($cli.paths.root, "infra", path), "utf8"),

    given: (value) => value !== undefined,
    same: (one, other) => one === other,
    startsWith: (text, ...beginning) => String(text).startsWith(beginning.join("")),
    element: (list, at) => (list as readonly never[])[at] as never,
    orElse: (value, otherwise) => value ?? otherwise,
    choose: (flag, yes, no) => (flags(flag) ? yes : no),
    listWhen: (onlyWhen, values) => ({ onlyWhen, values }),
    concat: (...lists) =>
      lists.flatMap((list) => {
        if (!isOptional(list)) return [...list];
        return flags(list.onlyWhen) ? [...list.values] : [];
      }),
    when: (flag, create) => (flags(flag) ? create() : null),
    each(names, create) {
      const made = (names as readonly string[]).map((name) => create(name, (label) => `${label}-${name}`));
      return { map: (value) => made.map(value) };
    },
    require(flag, sentence) {
      if (!flags(flag)) throw new Error(sentence);
    },
    output(name, _about, value) {
      outputs[name] = value;
    },

    bucket,
    lambda,
    schedule,
    site,
    publicKeyPem: (_name, keyId) =>
      aws.kms.getPublicKeyOutput({ keyId }).publicKeyPem.apply((pem) => `${pem.trim()}\n`),
  };
}

const isOptional = <Value>(list: readonly Value[] | OptionalList<Value>): list is OptionalList<Value> =>
  "onlyWhen" in list;

/** SST wants names of components in capitals. */
const componentName = (name: string) =>
  name
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/**
 * SST's bucket, with what it leaves open closed: no CORS, not emptied when it is removed, and our own policy in the
 * place of its own. That policy names the distribution, which names the bucket: so the distribution is given the
 * bucket's name as a text, and what is written into the bucket waits for the policy.
 */
function bucket(name: string, { bucket, versioned }: BucketArgs): BucketParts {
  let settle: (document: Input<string>) => void = () => {};
  const policy = $output(new Promise<Input<string>>((resolve) => (settle = resolve)));
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
  return {
    name: bucket,
    arn: $interpolate`arn:${aws.getPartitionOutput().partition}:s3:::${bucket}`,
    regionalDomainName: $interpolate`${bucket}.s3.${aws.getRegionOutput().region}.amazonaws.com`,
    contents: made.name,
    policy: settle,
  };
}

const HANDLERS = "packages/functions/src";
const PARQUET_WASM = "parquet_wasm_bg.wasm";

function lambda(name: string, args: LambdaArgs): LambdaParts {
  const options: CustomResourceOptions = { dependsOn: [...args.dependsOn] };
  if ($dev) allowLive(name, args);
  const made = new sst.aws.Function(
    componentName(name),
    {
      name: args.name,
      description: args.description,
      handler: `${HANDLERS}/${args.source}/handler.handler`,
      runtime: "nodejs22.x",
      architecture: "arm64",
      memory: $interpolate`${args.memoryMb} MB` as Output<`${number} MB`>,
      timeout: `${args.timeoutSeconds} seconds`,
      role: args.role.arn,
      environment: { ...args.environment },
      logging: { logGroup: args.logGroup.name, format: "text" },
      // The parquet reader looks for its wasm beside its code; SST bundles that to the zip's root.
      ...(args.source === "collect"
        ? { copyFiles: [{ from: `node_modules/parquet-wasm/esm/${PARQUET_WASM}`, to: PARQUET_WASM }] }
        : {}),
    },
    options,
  );
  return { name: made.name, arn: made.arn };
}

/** While a function runs live on a laptop, its place in AWS hands events over through AppSync. */
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

function schedule(name: string, args: ScheduleArgs): ScheduleParts {
  const made = new sst.aws.Cron(componentName(`${name}-schedule`), {
    schedule: args.expression as Input<`cron(${string})`>,
    function: args.lambda.arn as Input<`arn:aws:lambda:${string}`>,
    transform: {
      rule: (rule) => {
        rule.name = args.name;
        rule.description = args.description;
      },
      target: (target) => {
        // SST would send an empty event; ours is the schedule's own, whose time is the clock.
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

/** SST builds and uploads the page; of its distribution nothing stays but the place that it has. */
function site(name: string, { bucket, domainName, certificateArn, distribution }: SiteArgs): SiteParts {
  const made = new sst.aws.StaticSite(componentName(name), {
    path: "packages/web",
    // The page is deployed while functions run live: people sign in at the distribution.
    dev: false,
    build: { command: "npm run build", output: "dist" },
    // Not among the sources, or the page would count as changed by every deployment.
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
  if (cdn === undefined) throw new Error("SST made no distribution for the page.");
  const { arn, id, domainName: own } = cdn.nodes.distribution;
  return { distributionArn: arn, distributionId: id, domainName: own };
}
