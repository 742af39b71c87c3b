import { inputTable } from "../../../infra/inputs.ts";
import {
  type Bucket,
  type BucketArgs,
  type BucketPolicyArgs,
  type ConditionalList,
  type LambdaArgs,
  mapped,
  type Platform,
  type ScheduleArgs,
  type SiteArgs,
} from "../../../infra/platform.ts";
import { call, code, Expression, isExpression, operation, template } from "./synthesis/expression.ts";
import { type AddOptions, type Synthesis, Synthesizer } from "./synthesis/synthesizer.ts";

/**
 * Runs a description of the system and collects what it declares. Pulumi does not run: inputs are Terraform's variables,
 * and what depends on them is an expression.
 */
export function synthesize(infra: (platform: Platform) => void): Synthesis {
  const synthesizer = new Synthesizer();
  infra(exportPlatform(synthesizer) as unknown as Platform);
  return synthesizer.synthesis();
}

/** The provider of the resources in us-east-1; the default provider's region is an input. */
const US_EAST_1 = "aws.us_east_1";

/** Node.js 22 has long-term support until April 2027; the lowest provider version has no newer runtime. */
export const RUNTIME = "nodejs22.x";

/** Of plain values, as in a row of a table that is used by itself, conditions are decided here. */
const isSet = (value: unknown) =>
  isExpression(value) ? operation("!=", value, null) : value !== undefined && value !== null;
const equal = (one: unknown, other: unknown) =>
  isExpression(one) || isExpression(other) ? operation("==", one, other) : one === other;
const choose = (condition: unknown, yes: unknown, no: unknown) => {
  if (typeof condition === "boolean") return condition ? yes : no;
  return operation("?:", condition, yes, no);
};

type Args = Readonly<Record<string, unknown>>;
type Create = (...args: readonly unknown[]) => unknown;
type Label = (name: string) => string;
/** Terraform's own keys tell resources of an iteration apart. */
const label: Label = (name) => name;

function exportPlatform(synthesizer: Synthesizer) {
  return {
    aws: synthesizer.aws(),
    inputs: Object.fromEntries(Object.keys(inputTable).map((name) => [name, code(`var.${name}`)])),
    region: code("data.aws_region.current.id"),
    accountId: code("data.aws_caller_identity.current.account_id"),
    partition: code("data.aws_partition.current.partition"),
    usEast1: { providerAlias: US_EAST_1 },

    subsystem: (name: string, description: string, create: () => unknown) =>
      synthesizer.subsystem(name, description, create),
    comment: (text: string) => synthesizer.comment(text),
    local: (name: string, value: unknown) => synthesizer.local(name, value),
    text: (strings: TemplateStringsArray, ...values: readonly unknown[]) =>
      template(
        ...strings.flatMap((text, at) => [text, ...values.slice(at, at + 1)]).filter((part) => part !== ""),
      ),
    json: (document: unknown) => call("jsonencode", document),
    file(path: string) {
      synthesizer.files.add(path);
      return code(`file("\${path.module}/${path}")`);
    },

    isSet,
    equal,
    startsWith: (text: unknown, ...start: readonly unknown[]) => call("startswith", text, template(...start)),
    element: (of: unknown, key: unknown) => operation("[]", of, key),
    orDefault: (value: unknown, byDefault: unknown) => choose(isSet(value), value, byDefault),
    choose,
    listWhen: (condition: unknown, values: readonly unknown[]) => ({ condition, values }),
    concat: (...lists: readonly (readonly unknown[] | Expression | ConditionalList<unknown>)[]) =>
      call(
        "concat",
        ...lists.map((list) =>
          "values" in list && !Array.isArray(list)
            ? choose(
                (list as ConditionalList<unknown>).condition,
                (list as ConditionalList<unknown>).values,
                [],
              )
            : list,
        ),
      ),
    when: (condition: unknown, create: () => unknown) => synthesizer.when(condition, create),
    forEach(names: unknown, create: Create) {
      if (Array.isArray(names)) {
        return { map: (value: Create) => names.map((name) => value(create(name, label))) };
      }
      return synthesizer.forEach({ forEach: call("toset", names), source: names }, (each) => {
        const made = create(new Expression({ kind: "key", of: each }), label);
        return {
          map: (value: Create) => new Expression({ kind: "for", each, value: value(made) }),
        };
      });
    },
    table: (name: string, rows: Readonly<Record<string, object>>, create: Create) =>
      synthesizer.table(name, rows, (row, key) => create(row, key, label)),
    map: (name: string, rows: readonly object[], create: Create) => synthesizer.map(name, rows, create),
    require: (condition: unknown, message: string) => synthesizer.requirements.push({ condition, message }),
    output: (name: string, description: string, value: unknown) =>
      synthesizer.outputs.push({ name, description, value }),

    ...bucketMethods(synthesizer),
    lambda: (name: string, args: LambdaArgs) => lambda(synthesizer, name, args),
    schedule: (name: string, args: ScheduleArgs) => schedule(synthesizer, name, args),
    site: (name: string, args: SiteArgs) => site(synthesizer, name, args),
    // CloudFront returns every key with a newline at its end; without it each plan would replace the key.
    publicKeyPem: (name: string, keyId: unknown) => {
      const key = synthesizer.data("aws_kms_public_key", name, { keyId });
      return template(call("trimspace", property(key, "publicKeyPem")), "\n");
    },
  };
}

const property = (resource: object, name: string) =>
  (resource as Readonly<Record<string, unknown>>)[name] as string;

/** The name of the settings that every bucket has. */
const PRIVATE = "private";

function bucketMethods(synthesizer: Synthesizer) {
  const add = (type: string, name: string, args: Args, options: AddOptions = {}) =>
    synthesizer.add("resource", type, name, args, options);
  let publicAccessBlock: object;

  function bucket(name: string, { bucket, versioned }: BucketArgs): Bucket {
    const made = add("aws_s3_bucket", name, { bucket, forceDestroy: false });
    const own = property(made, "bucket");
    if (versioned) {
      add("aws_s3_bucket_versioning", name, { bucket: own, versioningConfiguration: { status: "Enabled" } });
    }
    return {
      name: own,
      arn: property(made, "arn"),
      regionalDomainName: property(made, "bucketRegionalDomainName"),
      contents: own,
    };
  }

  return {
    buckets(rows: Readonly<Record<string, BucketArgs>>, settings: Create) {
      const made = mapped(rows, (args, name) => bucket(name, args));
      const table = mapped(rows, ({ versioned: _, ...others }, name) => ({
        ...others,
        bucket: made[name]?.contents,
      }));
      synthesizer.table("buckets", table, (row) => {
        publicAccessBlock = add("aws_s3_bucket_public_access_block", PRIVATE, {
          bucket: property(row, "bucket"),
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        });
        settings(row, label);
      });
      return made;
    },
    bucketPolicies(rows: Readonly<Record<string, BucketPolicyArgs>>, document: Create) {
      const table = mapped(rows, ({ bucket, statements }) => ({
        bucket: bucket.contents,
        arn: bucket.arn,
        statements,
      }));
      synthesizer.table("bucket_policies", table, (row) => {
        const args = { bucket: property(row, "bucket"), policy: document(row) };
        add("aws_s3_bucket_policy", PRIVATE, args, { dependsOn: [publicAccessBlock] });
      });
    },
  };
}

function lambda(synthesizer: Synthesizer, name: string, args: LambdaArgs) {
  const zip = `"\${local.pipeline_dir}/${args.source}.zip"`;
  const made = synthesizer.add(
    "resource",
    "aws_lambda_function",
    name,
    {
      functionName: args.name,
      description: args.description,
      role: args.role.arn,
      runtime: RUNTIME,
      handler: "index.handler",
      architectures: ["arm64"],
      memorySize: args.memoryMb,
      timeout: args.timeoutSeconds,
      filename: code(zip),
      // A missing zip fails the module's own check, which has the better message.
      sourceCodeHash: code(`try(filebase64sha256(${zip}), null)`),
      environment: { variables: args.environment },
      loggingConfig: { logFormat: "Text", logGroup: args.logGroup.name },
    },
    { dependsOn: args.dependsOn },
  );
  return { name: property(made, "functionName"), arn: property(made, "arn") };
}

function schedule(synthesizer: Synthesizer, name: string, args: ScheduleArgs) {
  const add = (type: string, given: Args) => synthesizer.add("resource", type, name, given);
  const rule = add("aws_cloudwatch_event_rule", {
    name: args.name,
    description: args.description,
    scheduleExpression: args.expression,
    state: "ENABLED",
  });
  const ruleArn = property(rule, "arn");
  add("aws_lambda_permission", {
    statementId: "ScheduleInvokes",
    action: "lambda:InvokeFunction",
    function: args.lambda.name,
    principal: "events.amazonaws.com",
    sourceArn: ruleArn,
  });
  add("aws_cloudwatch_event_target", {
    rule: property(rule, "name"),
    arn: args.lambda.arn,
    retryPolicy: {
      maximumRetryAttempts: args.maximumRetryAttempts,
      maximumEventAgeInSeconds: args.maximumEventAgeSeconds,
    },
    deadLetterConfig: { arn: args.deadLetterQueueArn },
  });
  return { ruleArn };
}

function site(
  synthesizer: Synthesizer,
  name: string,
  { bucket, domainName, certificateArn, distribution }: SiteArgs,
) {
  const withCertificate = (yes: unknown, no: unknown) => choose(isSet(certificateArn), yes, no);
  const { origins, defaultCacheBehavior, orderedCacheBehaviors, ...others } = distribution;
  const made = synthesizer.add("resource", "aws_cloudfront_distribution", name, {
    enabled: true,
    ...others,
    aliases: withCertificate([domainName], []),
    origins,
    defaultCacheBehavior,
    orderedCacheBehaviors,
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: certificateArn,
      cloudfrontDefaultCertificate: withCertificate(null, true),
      minimumProtocolVersion: withCertificate("TLSv1.2_2021", "TLSv1"),
      sslSupportMethod: withCertificate("sni-only", null),
    },
  });
  pageFiles(synthesizer, bucket);
  return {
    distributionArn: property(made, "arn"),
    distributionId: property(made, "id"),
    domainName: property(made, "domainName"),
  };
}

/**
 * A page that is half updated must work: first the new page's assets are uploaded, then the page itself, and only then the
 * old page's assets are deleted. With `depends_on` alone Terraform deletes first.
 */
function pageFiles(synthesizer: Synthesizer, bucket: Bucket): void {
  const files = (name: string, filter: string, comment: string, options: AddOptions) => {
    synthesizer.comment(comment);
    const source = code(
      `{ for name, file in local.page_files : name => file if name ${filter} local.page_entry }`,
    );
    const args = {
      bucket: bucket.contents,
      key: code("each.key"),
      source: code('"${local.page_dir}/${each.key}"'),
      sourceHash: code("each.value.sha256"),
      contentType: code("each.value.content_type"),
      cacheControl: code("each.value.cache_control"),
    };
    return synthesizer.forEach({ forEach: source, source }, () =>
      synthesizer.add("resource", "aws_s3_object", name, args, options),
    );
  };
  const assets = files("page_assets", "!=", "Old assets are deleted after the page has changed.", {
    lifecycle: { createBeforeDestroy: true },
  });
  files("page", "==", "The page itself, after its assets.", { dependsOn: [assets] });
}
