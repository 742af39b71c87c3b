import {
  type Bucket,
  type BucketArgs,
  type BucketPolicyArgs,
  type LambdaArgs,
  mapped,
  type ScheduleArgs,
  type SiteArgs,
} from "../../../infra/platform.ts";
import { choose, isSet } from "./conditions.ts";
import { code } from "./synthesis/expression.ts";
import type { AddOptions, Synthesizer } from "./synthesis/synthesizer.ts";

// The four things for which SST has components, as plain resources.

type Args = Readonly<Record<string, unknown>>;
export type Create = (...args: readonly unknown[]) => unknown;
type ComponentLabel = (name: string) => string;
/** Terraform's own keys tell resources of an iteration apart. */
export const label: ComponentLabel = (name) => name;

export const property = (resource: object, name: string) =>
  (resource as Readonly<Record<string, unknown>>)[name] as string;

/** The name of the settings that every bucket has. */
const PRIVATE = "private";

export function bucketMethods(synthesizer: Synthesizer) {
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

export function lambda(synthesizer: Synthesizer, name: string, args: LambdaArgs) {
  const zip = `"\${local.pipeline_dir}/${args.source}.zip"`;
  const made = synthesizer.add(
    "resource",
    "aws_lambda_function",
    name,
    {
      functionName: args.name,
      description: args.description,
      role: args.role.arn,
      runtime: args.runtime,
      handler: "index.handler",
      architectures: ["arm64"],
      memorySize: args.memoryMb,
      timeout: args.timeoutSeconds,
      filename: code(zip),
      // A missing zip fails the module's own check, which has the better message.
      sourceCodeHash: code(`try(filebase64sha256(${zip}), null)`),
      environment: { variables: args.environment },
      loggingConfig: { logFormat: "Text", logGroup: args.logGroup.name },
      tracingConfig: { mode: "Active" },
    },
    { dependsOn: args.dependsOn },
  );
  return { name: property(made, "functionName"), arn: property(made, "arn") };
}

export function schedule(synthesizer: Synthesizer, name: string, args: ScheduleArgs) {
  const add = (type: string, given: Args) => synthesizer.add("resource", type, name, given);
  const rule = add("aws_cloudwatch_event_rule", {
    name: args.name,
    description: args.description,
    scheduleExpression: args.expression,
    state: choose(args.enabled, "ENABLED", "DISABLED"),
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

export function site(
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
