import type { Plain, PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { all, type Statement } from "../support/policy.ts";
import { ACCOUNT, document } from "../support/the-system.ts";
import { beside, is, isSet, none, noPublicPolicy, type Rule, statements } from "./rule.ts";

// Each rule is under its names in Checkov (CKV) and Trivy (AVD-AWS), below what it demands.

const BUCKET = "aws_s3_bucket";
const ACCESS = "aws_s3_bucket_public_access_block";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const ALGORITHM = "rule.apply_server_side_encryption_by_default.sse_algorithm";
const BUCKET_POLICY = "aws_s3_bucket_policy";

const refusesPlainHttp = (policy: Plain) =>
  document(policy).Statement.some(
    ({ Effect, Principal, Action, Condition }) =>
      [Effect, Principal, Action].join() === "Deny,*,s3:*" &&
      Condition?.Bool?.["aws:SecureTransport"] === "false",
  );

const buckets: Readonly<Record<string, Rule>> = {
  // Every bucket has block_public_acls on.
  "CKV_AWS_53 AVD-AWS-0086": beside(ACCESS, "block_public_acls", true, false),
  // Every bucket has block_public_policy on.
  "CKV_AWS_54 AVD-AWS-0087": beside(ACCESS, "block_public_policy", true, false),
  // Every bucket has ignore_public_acls on.
  "CKV_AWS_55 AVD-AWS-0091": beside(ACCESS, "ignore_public_acls", true, false),
  // Every bucket has restrict_public_buckets on.
  "CKV_AWS_56 AVD-AWS-0093": beside(ACCESS, "restrict_public_buckets", true, false),
  // Every bucket has a public access block.
  "CKV2_AWS_6 AVD-AWS-0094": beside(ACCESS, "bucket", isSet, undefined),
  // Every bucket encrypts its objects.
  "CKV_AWS_19 AVD-AWS-0088": beside(ENCRYPTION, ALGORITHM, /^(AES256|aws:kms)$/, undefined),
  // No bucket and no object has an ACL.
  "CKV_AWS_20 CKV_AWS_57 CKV_AWS_375 AVD-AWS-0092": none(
    ({ type, args }) =>
      type === "aws_s3_bucket_acl" || (/^aws_s3_(bucket|object)$/.test(type) && "acl" in args),
    "aws_s3_bucket_acl",
  ),
  // ACLs are disabled: the bucket's owner owns every object.
  CKV2_AWS_65: beside(
    "aws_s3_bucket_ownership_controls",
    "rule.object_ownership",
    "BucketOwnerEnforced",
    "ObjectWriter",
  ),
  // Buckets keep earlier versions.
  "CKV_AWS_21 AVD-AWS-0090": {
    ...beside("aws_s3_bucket_versioning", "versioning_configuration.status", "Enabled", "Suspended"),
    except: {
      "aws_s3_bucket.app":
        "It contains the files of a release, which the module can upload again; old versions would stay for good.",
    },
  },
  // No bucket policy allows anything to anybody.
  CKV_AWS_70: noPublicPolicy(BUCKET_POLICY, "s3:GetObject"),
  // No bucket policy excludes everybody: a denial of every action has a condition.
  CKV_AWS_93: statements(
    BUCKET_POLICY,
    ({ Condition }, actions) => Condition !== undefined || !actions.includes("s3:*"),
    { Effect: "Deny", Principal: "*", Action: "s3:*" },
  ),
  // Every bucket refuses requests without TLS.
  CKV_AWS_379: beside(BUCKET_POLICY, "policy", refusesPlainHttp, '{"Statement":[]}'),
  // A bucket's name has no dot and no capital, so that it is a valid host name for TLS.
  "AVD-AWS-0320": is(BUCKET, "bucket", /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, "Costs.data"),
};

const DISTRIBUTION = "aws_cloudfront_distribution";
const BEHAVIOUR = "(default|ordered)_cache_behavior";
const HSTS = "security_headers_config.strict_transport_security";

const isSignedOrApi = (origins: readonly PlainObject[]) =>
  origins.every((one) => one.origin_id === "api" || one.origin_access_control_id !== undefined);

const isStrict = ([hsts = {}]: readonly PlainObject[]) =>
  Number(hsts.access_control_max_age_sec) >= 31_536_000 &&
  hsts.include_subdomains === true &&
  hsts.override === true;

const edge: Readonly<Record<string, Rule>> = {
  // Every behaviour accepts HTTPS alone, or redirects to it.
  "CKV_AWS_34 AVD-AWS-0012": is(
    DISTRIBUTION,
    `${BEHAVIOUR}.viewer_protocol_policy`,
    /^(https-only|redirect-to-https)$/,
    "allow-all",
  ),
  // Viewers use TLS 1.2 or newer.
  "CKV_AWS_174 AVD-AWS-0013": {
    ...is(DISTRIBUTION, "viewer_certificate.minimum_protocol_version", "TLSv1.2_2021", "TLSv1"),
    needs:
      "domain_name: CloudFront has no minimum for its own certificate. HSTS and the buckets' policies do not depend on it.",
  },
  // The distribution has a certificate of its own.
  CKV2_AWS_42: {
    ...is(DISTRIBUTION, "viewer_certificate.acm_certificate_arn", isSet, undefined),
    needs: "domain_name: a certificate and a DNS record are the adopter's.",
  },
  // CloudFront uses TLS 1.2 for every origin.
  CKV2_AWS_54: is(DISTRIBUTION, "origin.custom_origin_config.origin_ssl_protocols", ["TLSv1.2"], ["TLSv1"]),
  // CloudFront uses HTTPS for every origin.
  CKV2_AWS_72: is(
    DISTRIBUTION,
    "origin.custom_origin_config.origin_protocol_policy",
    "https-only",
    "match-viewer",
  ),
  // CloudFront signs its requests to every origin: buckets and function. API Gateway verifies a token instead.
  CKV2_AWS_46: is(DISTRIBUTION, "origin", isSignedOrApi, [{ origin_id: "page" }]),
  // Every behaviour adds the security headers.
  CKV2_AWS_32: is(DISTRIBUTION, `${BEHAVIOUR}.response_headers_policy_id`, isSet, undefined),
  // Strict-Transport-Security is sent for at least a year, subdomains included.
  CKV_AWS_259: is("aws_cloudfront_response_headers_policy", HSTS, isStrict, []),
  // No other site has access: neither CloudFront, the function nor a bucket has CORS.
  CKV2_AWS_75: none(
    ({ type, args }) =>
      type === "aws_s3_bucket_cors_configuration" || "cors_config" in args || "cors" in args,
    "aws_s3_bucket_cors_configuration",
  ),
  // The distribution is enabled.
  CKV_AWS_216: is(DISTRIBUTION, "enabled", true, false),
  // The distribution has a default root object.
  CKV_AWS_305: is(DISTRIBUTION, "default_root_object", "index.html", undefined),
  // The distribution has a web ACL.
  "CKV_AWS_68 AVD-AWS-0011": {
    ...is(DISTRIBUTION, "web_acl_id", isSet, undefined),
    needs:
      "web_acl_arn: an ACL costs $5 a month and more for each rule, which is more than everything else. Data needs a signed cookie with or without it.",
  },
};

const FUNCTION = "aws_lambda_function";
const PERMISSION = "aws_lambda_permission";
const ROLE_POLICY = "aws_iam_role_policy";

/** Names and values that may be a secret. The key of a tag is none. */
const SECRET = /secret|passw|token|credential|private|(?<!^tag_)key$|AKIA[0-9A-Z]{16}|-----BEGIN/i;

const ESCALATION = /^(\*|iam:.*|sts:.*|organizations:.*|lambda:(\*|Create|Update|Add).*|cloudformation:.*)$/i;
const CREDENTIALS =
  /^(\*|iam:CreateAccessKey|sts:AssumeRole|secretsmanager:.*|cognito-identity:.*|ssm:GetParameters?ByPath)$/i;
const PERMISSIONS = /:(Put|Delete|Attach|Detach|Set|Add|Remove)\w*(Policy|Permission|Acl)|^kms:CreateGrant$/i;
const READS = /^[a-z-]+:(Get|List|Describe)/;
/** X-Ray has no resources to name. */
const TRACES = /^xray:Put(TelemetryRecords|TraceSegments)$/;

/** No role may do what a pattern matches. */
const forbidden = (pattern: RegExp, action: string) =>
  statements(ROLE_POLICY, (_, actions) => !actions.some((one) => pattern.test(one)), { Action: action });

/** Roles may do for every resource only what a pattern matches. */
const unnamed = (pattern: RegExp, action: string) =>
  statements(ROLE_POLICY, (one, actions) => !isStar(one) || actions.every((name) => pattern.test(name)), {
    Action: action,
  });

const isStar = ({ Resource }: Statement) => all(Resource).some((one) => one === "*" || /:::\*/.test(one));

const functions: Readonly<Record<string, Rule>> = {
  // No function has a secret in its environment.
  CKV_AWS_45: is(
    FUNCTION,
    "environment.variables",
    (variables: PlainObject) =>
      !Object.entries(variables)
        .flat()
        // The ARN of a secret is none.
        .some((text) => SECRET.test(String(text).replace(/arn:aws:secretsmanager:[\w:-]+|secret_arn/gi, ""))),
    { API_TOKEN: "x" },
  ),
  // AWS updates the runtime.
  CKV_AWS_363: is(FUNCTION, "runtime", /^nodejs2[24]\.x$/, "nodejs16.x"),
  // Events that a function failed to process are kept.
  CKV_AWS_116: {
    ...beside(
      "aws_lambda_function_event_invoke_config",
      "destination_config.on_failure.destination",
      isSet,
      undefined,
      [FUNCTION, "function_name"],
    ),
    except: {
      "aws_lambda_function.session": "A browser waits for its response: there is no event to keep.",
      "aws_lambda_function.api": "The same: its response is that to a request.",
    },
  },
  // The URL of a function needs a signature.
  CKV_AWS_258: is("aws_lambda_function_url", "authorization_type", "AWS_IAM", "NONE"),
  // No function can be invoked by anybody.
  CKV_AWS_301: is(PERMISSION, "principal", /^[a-z0-9]+\.amazonaws\.com$/, "*"),
  // A service invokes a function for one source alone.
  "CKV_AWS_364 AVD-AWS-0067": is(PERMISSION, "source_arn", isSet, undefined),
  // A role is assumed by one named service.
  "CKV_AWS_60 CKV_AWS_61 CKV_AWS_393": statements(
    "aws_iam_role",
    ({ Principal }) => JSON.stringify(Principal) === '{"Service":"lambda.amazonaws.com"}',
    { Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
    "assume_role_policy",
  ),
  // No action of a role contains a star.
  "CKV_AWS_62 CKV_AWS_63 AVD-AWS-0057": forbidden(/\*/, "s3:*"),
  // No role can give itself more permissions, or pass a role on.
  "CKV_AWS_286 CKV2_AWS_40 AVD-AWS-0342": forbidden(ESCALATION, "iam:PassRole"),
  // No role can read credentials.
  CKV_AWS_287: {
    ...forbidden(CREDENTIALS, "secretsmanager:GetSecretValue"),
    except: {
      "aws_iam_role_policy.report":
        "The address of a webhook is a secret, and the report is posted to it: only the secrets that the inputs name.",
    },
  },
  // A role reads the objects of one bucket.
  "CKV_AWS_288 AVD-AWS-0345 AVD-AWS-0346": unnamed(/^(?!s3:)/, "s3:GetObject"),
  // No role can change permissions.
  CKV_AWS_289: forbidden(PERMISSIONS, "s3:PutBucketPolicy"),
  // A role writes to named resources; traces have none.
  CKV_AWS_290: unnamed(new RegExp(`${READS.source}|${TRACES.source}`), "sqs:SendMessage"),
  // Only permissions for Cost Explorer and X-Ray are for every resource: all billing views and cost categories may be read.
  CKV_AWS_355: unnamed(new RegExp(`^ce:|${TRACES.source}`), "kms:Decrypt"),
  // Functions write traces for X-Ray.
  "CKV_AWS_50 AVD-AWS-0066": is(FUNCTION, "tracing_config.mode", "Active", "PassThrough"),
  // No role has a managed policy.
  "CKV_AWS_274 CKV2_AWS_56": none(
    ({ type, args }) => /policy_attachment/.test(type) || args.managed_policy_arns !== undefined,
    "aws_iam_role_policy_attachment",
  ),
};

const QUEUE = "aws_sqs_queue";
const QUEUE_POLICY = "aws_sqs_queue_policy";
const TOPIC = "aws_sns_topic";
const TOPIC_POLICY = "aws_sns_topic_policy";
const KEY = "aws_kms_key";
const ALARM = "aws_cloudwatch_metric_alarm";

const isOurs = ({ Principal: who, Condition }: Statement) =>
  typeof who === "object" &&
  all(who.AWS).every((arn) => arn.includes(ACCOUNT)) &&
  (who.Service === undefined || Condition?.StringEquals?.["aws:SourceAccount"] === ACCOUNT);

const rotates = ({ args }: { readonly args: PlainObject }) =>
  args.enable_key_rotation === true || args.key_usage === "SIGN_VERIFY";

const messages: Readonly<Record<string, Rule>> = {
  // Queues encrypt their messages.
  "CKV_AWS_27 AVD-AWS-0096": is(QUEUE, "sqs_managed_sse_enabled", true, false),
  // No queue accepts messages from anybody.
  "CKV_AWS_168 CKV_AWS_387": noPublicPolicy(QUEUE_POLICY, "sqs:SendMessage"),
  // A queue's policy allows actions by name.
  "CKV_AWS_72 AVD-AWS-0097": statements(
    QUEUE_POLICY,
    (_, actions) => !actions.some((one) => one.includes("*")),
    { Principal: { AWS: ACCOUNT }, Action: "sqs:*" },
  ),
  // Topics are encrypted by a key of the module, which CloudWatch may use.
  "CKV_AWS_26 AVD-AWS-0095 AVD-AWS-0136": {
    ...is(TOPIC, "kms_master_key_id", /^aws_kms_key\./, "alias/aws/sns"),
    except: {
      "aws_sns_topic.mail_events":
        "It passes SES's events to a function within a second and keeps none. SES may not use SNS's own key, and a key costs $1 a month.",
    },
  },
  // No topic accepts messages from anybody.
  CKV_AWS_169: noPublicPolicy(TOPIC_POLICY, "sns:Publish"),
  // No other account publishes to a topic.
  CKV_AWS_385: statements(TOPIC_POLICY, isOurs, {
    Principal: { AWS: "arn:aws:iam::999999999999:root" },
    Action: "sns:Publish",
  }),
  // Keys rotate where KMS can do that; signing keys are rotated by signing_keys.
  "CKV_AWS_7 AVD-AWS-0065": none((one) => one.mode === "resource" && one.type === KEY && !rotates(one), KEY, {
    enable_key_rotation: false,
  }),
  // No key's policy allows anything to anybody.
  CKV_AWS_33: noPublicPolicy(KEY, "kms:Decrypt"),
  // Every key has a policy of its own.
  CKV2_AWS_64: is(KEY, "policy", isSet, undefined),
  // Keys are enabled.
  CKV_AWS_227: is(KEY, "is_enabled", (value?: boolean) => value !== false, false),
  // Logs have a retention time.
  CKV_AWS_66: is("aws_cloudwatch_log_group", "retention_in_days", /^[1-9]/, undefined),
  // Alarms are enabled and have an action.
  CKV_AWS_319: none(
    ({ type, args }) =>
      type === ALARM && (args.actions_enabled === false || all(args.alarm_actions as string[]).length === 0),
    ALARM,
  ),
};

const TABLE = "aws_dynamodb_table";

const tables: Readonly<Record<string, Rule>> = {
  // Tables can be restored to any second of the last 35 days.
  "CKV_AWS_28 AVD-AWS-0024": is(TABLE, "point_in_time_recovery.enabled", true, false),
  // No table is deleted by mistake.
  CKV_AWS_165: is(TABLE, "deletion_protection_enabled", true, false),
  // Tables are encrypted by a key of KMS.
  "AVD-AWS-0023": is(TABLE, "server_side_encryption.enabled", true, false),
};

const gateway: Readonly<Record<string, Rule>> = {
  // Requests to the API are logged.
  "CKV_AWS_95 AVD-AWS-0001": is(
    "aws_apigatewayv2_stage",
    "access_log_settings.destination_arn",
    isSet,
    undefined,
  ),
  // No request reaches the API without a token.
  CKV_AWS_309: is("aws_apigatewayv2_route", "authorization_type", "JWT", "NONE"),
};

export const rules: Readonly<Record<string, Rule>> = {
  ...buckets,
  ...edge,
  ...functions,
  ...messages,
  ...tables,
  ...gateway,
};
