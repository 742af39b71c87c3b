import { inputTable } from "../../../infra/inputs.ts";
import type {
  BucketArgs,
  BucketParts,
  LambdaArgs,
  OptionalList,
  Platform,
  ScheduleArgs,
  SiteArgs,
} from "../../../infra/platform.ts";
import { Recorder, type Recording } from "./symbols/recorder.ts";
import type { Lifecycle } from "./symbols/resource.ts";
import { call, code, type EachGroup, isSym, Sym, type WhenGroup } from "./symbols/symbol.ts";

/** What the module is made from: the recording, and the files of `infra/` that go along. */
export interface Export {
  readonly recording: Recording;
  readonly files: readonly string[];
}

/**
 * Runs a description of the system and takes down what it makes. Nothing of Pulumi runs: resources are recorded, inputs
 * are Terraform's variables, and what depends on them stays a symbol.
 */
export function record(infra: (platform: Platform) => void): Export {
  const recorder = new Recorder();
  const files: string[] = [];
  const platform = exportPlatform(recorder, files);
  infra(platform as unknown as Platform);
  return { recording: recorder.recording(), files };
}

/** The default provider's region is the adopter's; the bill is measured in us-east-1. */
export const NORTH_VIRGINIA = "aws.us_east_1";

function exportPlatform(recorder: Recorder, files: string[]) {
  const inputs = Object.fromEntries(Object.keys(inputTable).map((name) => [name, code(`var.${name}`)]));
  const operation = (operator: string, ...operands: readonly unknown[]) =>
    new Sym({ kind: "operation", operator, operands });
  return {
    aws: recorder.aws(),
    inputs,
    region: code("data.aws_region.current.id"),
    accountId: code("data.aws_caller_identity.current.account_id"),
    partition: code("data.aws_partition.current.partition"),
    northVirginia: { providerAlias: NORTH_VIRGINIA },

    part: <Made>(name: string, about: string, create: () => Made) => recorder.part(name, about, create),
    note: (sentence: string) => recorder.note(sentence),
    text: (strings: TemplateStringsArray, ...values: readonly unknown[]) =>
      new Sym({ kind: "template", parts: interleaved(strings, values) }),
    json: (document: unknown) => call("jsonencode", document),
    file(path: string) {
      if (!files.includes(path)) files.push(path);
      return code(`file("\${path.module}/${path}")`);
    },

    given: (value: unknown) => operation("!=", value, null),
    same: (one: unknown, other: unknown) => operation("==", one, other),
    startsWith: (text: unknown, ...beginning: readonly unknown[]) =>
      call("startswith", text, new Sym({ kind: "template", parts: beginning.flatMap(partsOf) })),
    element: (list: Sym, at: number) => new Sym({ kind: "element", list, at }),
    orElse: (value: unknown, otherwise: unknown) =>
      new Sym({ kind: "conditional", flag: operation("!=", value, null), yes: value, no: otherwise }),
    choose: (flag: unknown, yes: unknown, no: unknown) => new Sym({ kind: "conditional", flag, yes, no }),
    listWhen: (flag: unknown, values: readonly unknown[]) => ({ onlyWhen: flag, values }),
    concat: (...lists: readonly (readonly unknown[] | OptionalList<unknown>)[]) =>
      call(
        "concat",
        ...lists.map((list) =>
          "onlyWhen" in list
            ? new Sym({ kind: "conditional", flag: list.onlyWhen, yes: list.values, no: [] })
            : list,
        ),
      ),
    when: <Made>(flag: unknown, create: () => Made) => {
      const group: WhenGroup = { kind: "when", flag };
      return recorder.within(group, create);
    },
    each: <Made>(names: unknown, create: (name: unknown, label: (name: string) => string) => Made) => {
      const group: EachGroup = { kind: "each", names, forEach: call("toset", names) };
      const made = recorder.within(group, () => create(new Sym({ kind: "key", group }), (label) => label));
      return { map: (value: (one: Made) => unknown) => new Sym({ kind: "for", group, value: value(made) }) };
    },
    require: (flag: unknown, sentence: string) => recorder.requirements.push({ flag, sentence }),
    output: (name: string, about: string, value: unknown) => recorder.outputs.push({ name, about, value }),

    bucket: (name: string, args: BucketArgs) => bucket(recorder, name, args),
    lambda: (name: string, args: LambdaArgs) => lambda(recorder, name, args),
    schedule: (name: string, args: ScheduleArgs) => schedule(recorder, name, args),
    site: (name: string, args: SiteArgs) => site(recorder, name, args),
    // CloudFront gives every key back with a newline at its end; without it each plan would replace the key.
    publicKeyPem: (name: string, keyId: unknown) =>
      new Sym({
        kind: "template",
        parts: [
          call("trimspace", field(recorder.data("aws_kms_public_key", name, { keyId }), "publicKeyPem")),
          "\n",
        ],
      }),
  };
}

/** The parts of a text; a text within a text is part of it. */
function interleaved(strings: readonly string[], values: readonly unknown[]): readonly unknown[] {
  return strings.flatMap((text, at) => [
    ...(text === "" ? [] : [text]),
    ...(at < values.length ? partsOf(values[at]) : []),
  ]);
}

const partsOf = (value: unknown): readonly unknown[] =>
  isSym(value) && value.node.kind === "template" ? value.node.parts : [value];

const field = (face: object, name: string) => (face as Readonly<Record<string, unknown>>)[name];

function bucket(recorder: Recorder, name: string, { bucket, versioned }: BucketArgs): BucketParts {
  const add = (type: string, args: Readonly<Record<string, unknown>>, dependsOn: readonly object[] = []) =>
    recorder.add("resource", type, name, args, { part: part ?? "store", dependsOn });
  const part = recorder.currentPart;
  const made = add("aws_s3_bucket", { bucket, forceDestroy: false });
  const own = field(made, "bucket");
  if (versioned) {
    add("aws_s3_bucket_versioning", { bucket: own, versioningConfiguration: { status: "Enabled" } });
  }
  const closed = add("aws_s3_bucket_public_access_block", {
    bucket: own,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  return {
    name: own as string,
    arn: field(made, "arn") as string,
    regionalDomainName: field(made, "bucketRegionalDomainName") as string,
    contents: own as string,
    policy: (policy) => void add("aws_s3_bucket_policy", { bucket: own, policy }, [closed]),
  };
}

function lambda(recorder: Recorder, name: string, args: LambdaArgs) {
  const zip = `"\${local.pipeline_dir}/${args.source}.zip"`;
  const made = recorder.add(
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
      // A missing zip is refused by the module's own check, with a better sentence.
      sourceCodeHash: code(`try(filebase64sha256(${zip}), null)`),
      environment: { variables: args.environment },
      loggingConfig: { logFormat: "Text", logGroup: args.logGroup.name },
    },
    { dependsOn: args.dependsOn },
  );
  return { name: field(made, "functionName") as string, arn: field(made, "arn") as string };
}

/** Long-term support until April 2027; the oldest provider that the module takes knows no newer one. */
export const RUNTIME = "nodejs22.x";

function schedule(recorder: Recorder, name: string, args: ScheduleArgs) {
  const add = (type: string, given: Readonly<Record<string, unknown>>) =>
    recorder.add("resource", type, name, given);
  const rule = add("aws_cloudwatch_event_rule", {
    name: args.name,
    description: args.description,
    scheduleExpression: args.expression,
    state: "ENABLED",
  });
  const ruleArn = field(rule, "arn") as string;
  add("aws_lambda_permission", {
    statementId: "ScheduleInvokes",
    action: "lambda:InvokeFunction",
    function: args.lambda.name,
    principal: "events.amazonaws.com",
    sourceArn: ruleArn,
  });
  add("aws_cloudwatch_event_target", {
    rule: field(rule, "name"),
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
  recorder: Recorder,
  name: string,
  { bucket, domainName, certificateArn, distribution }: SiteArgs,
) {
  pageFiles(recorder, bucket);
  const own = new Sym({ kind: "operation", operator: "!=", operands: [certificateArn, null] });
  const choose = (yes: unknown, no: unknown) => new Sym({ kind: "conditional", flag: own, yes, no });
  const { origins, defaultCacheBehavior, orderedCacheBehaviors, ...plain } = distribution;
  const made = recorder.add("resource", "aws_cloudfront_distribution", name, {
    enabled: true,
    ...plain,
    aliases: choose([domainName], []),
    origins,
    defaultCacheBehavior,
    orderedCacheBehaviors,
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: {
      acmCertificateArn: certificateArn,
      cloudfrontDefaultCertificate: choose(null, true),
      minimumProtocolVersion: choose("TLSv1.2_2021", "TLSv1"),
      sslSupportMethod: choose("sni-only", null),
    },
  });
  return {
    distributionArn: field(made, "arn") as string,
    distributionId: field(made, "id") as string,
    domainName: field(made, "domainName") as string,
  };
}

/**
 * A page that is half replaced is still a whole one: first what the new one loads, then the page itself, and only then is
 * deleted what the old one loaded. `depends_on` alone would delete first.
 */
function pageFiles(recorder: Recorder, bucket: BucketParts): void {
  const file = '"${local.page_dir}/${each.key}"';
  const made = (
    name: string,
    names: string,
    note: string,
    dependsOn: readonly object[],
    order: Pick<Lifecycle, "createBeforeDestroy">,
  ) => {
    recorder.note(note);
    const forEach = code(names);
    return recorder.add(
      "resource",
      "aws_s3_object",
      name,
      {
        bucket: bucket.contents,
        key: code("each.key"),
        source: code(file),
        sourceHash: code("each.value.sha256"),
        contentType: code("each.value.content_type"),
        cacheControl: code("each.value.cache_control"),
      },
      {
        group: { kind: "each", names: forEach, forEach },
        dependsOn,
        ...(order.createBeforeDestroy === undefined ? {} : { lifecycle: order }),
      },
    );
  };
  const assets = made(
    "page_assets",
    "{ for name, file in local.page_files : name => file if name != local.page_entry }",
    "What the page loads, by names that change with the content. Old ones go after the page has changed.",
    [],
    { createBeforeDestroy: true },
  );
  made(
    "page",
    "{ for name, file in local.page_files : name => file if name == local.page_entry }",
    "The page itself, after what it loads.",
    [assets],
    {},
  );
}
