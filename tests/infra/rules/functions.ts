import type { PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { all, type Statement } from "../support/policy.ts";
import {
  allowed,
  and,
  at,
  blocks,
  changed,
  every,
  ofType,
  type Rule,
  rule,
  type Skip,
  skip,
  statements,
  those,
  unless,
  without,
  withStatement,
} from "./rule.ts";

const FUNCTION = "aws_lambda_function";
const FUNCTION_URL = "aws_lambda_function_url";
const PERMISSION = "aws_lambda_permission";
const POLICY = "aws_iam_role_policy";
const INVOKE_CONFIG = "aws_lambda_function_event_invoke_config";

/** The runtimes of Node.js that AWS still updates. */
const RUNTIMES = ["nodejs22.x", "nodejs24.x"];

/** Names and values that may be a secret. The key of a tag is none. */
const SECRET = /secret|passw|token|credential|private|(?<!^tag_)key$|AKIA[0-9A-Z]{16}|-----BEGIN/i;

const ESCALATION = /^(\*|iam:.*|sts:.*|organizations:.*|lambda:(\*|Create|Update|Add).*|cloudformation:.*)$/i;
const CREDENTIALS =
  /^(\*|iam:CreateAccessKey|sts:AssumeRole|secretsmanager:.*|cognito-identity:.*|ssm:GetParameters?ByPath)$/i;
const PERMISSIONS = /:(Put|Delete|Attach|Detach|Set|Add|Remove)\w*(Policy|Permission|Acl)|^kms:CreateGrant$/i;
const READS = /^[a-z-]+:(Get|List|Describe)/;

const isStar = ({ Resource }: Statement) => all(Resource).some((one) => one === "*" || /:::\*/.test(one));

/** A rule on the allowed actions of roles, and a statement that breaks it. */
const onStatements = (
  title: string,
  isTrue: (actions: readonly string[], statement: Statement) => boolean,
  broken: Partial<Statement>,
) =>
  rule(
    title,
    unless(POLICY, (args) => allowed(args).every((one) => isTrue(all(one.Action), one))),
    withStatement(POLICY, broken),
  );
const lacks = (pattern: RegExp) => (actions: readonly string[]) => !actions.some((one) => pattern.test(one));

export const functionRules: readonly Rule[] = [
  rule(
    "CKV_AWS_45: No function has a secret in its environment.",
    unless(FUNCTION, (args) => {
      const variables = (at(args, "environment.variables") ?? {}) as PlainObject;
      return !Object.entries(variables)
        .flat()
        .some((text) => SECRET.test(String(text)));
    }),
    changed(FUNCTION, { environment: [{ variables: { API_TOKEN: "x" } }] }),
  ),
  rule(
    "CKV_AWS_363: AWS updates the runtime.",
    unless(FUNCTION, ({ runtime }) => RUNTIMES.includes(String(runtime))),
    changed(FUNCTION, { runtime: "nodejs16.x" }),
  ),
  rule(
    "CKV_AWS_116: Events that a function failed to process are kept.",
    unless(FUNCTION, ({ function_name: name }, resources) =>
      ofType(resources, INVOKE_CONFIG).some(
        ({ args }) =>
          args.function_name === name && at(args, "destination_config.on_failure.destination") !== undefined,
      ),
    ),
    without(INVOKE_CONFIG),
    {
      except: {
        "aws_lambda_function.session": "A browser waits for its response: there is no event to keep.",
      },
    },
  ),
  rule(
    "CKV_AWS_258: The URL of a function needs a signature.",
    unless(FUNCTION_URL, (args) => args.authorization_type === "AWS_IAM"),
    changed(FUNCTION_URL, { authorization_type: "NONE" }),
  ),
  rule(
    "CKV_AWS_301: No function can be invoked by anybody.",
    unless(PERMISSION, ({ principal }) => /^[a-z]+\.amazonaws\.com$/.test(String(principal))),
    changed(PERMISSION, { principal: "*" }),
  ),
  rule(
    "CKV_AWS_364 AVD-AWS-0067: A service invokes a function for one source alone.",
    unless(PERMISSION, (args) => args.source_arn !== undefined),
    changed(PERMISSION, { source_arn: undefined }),
  ),
  rule(
    "CKV_AWS_60 CKV_AWS_61 CKV_AWS_393: A role is assumed by one named service.",
    unless("aws_iam_role", (args) =>
      statements(args, "assume_role_policy").every(
        ({ Principal: who }) => JSON.stringify(who) === '{"Service":"lambda.amazonaws.com"}',
      ),
    ),
    withStatement(
      "aws_iam_role",
      { Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
      "assume_role_policy",
    ),
  ),
  onStatements("CKV_AWS_62 CKV_AWS_63 AVD-AWS-0057: No action of a role contains a star.", lacks(/\*/), {
    Action: "s3:*",
  }),
  onStatements(
    "CKV_AWS_286 CKV2_AWS_40 AVD-AWS-0342: No role can give itself more permissions, or pass a role on.",
    lacks(ESCALATION),
    { Action: "iam:PassRole" },
  ),
  onStatements("CKV_AWS_287: No role can read credentials.", lacks(CREDENTIALS), {
    Action: "secretsmanager:GetSecretValue",
  }),
  onStatements(
    "CKV_AWS_288 AVD-AWS-0345 AVD-AWS-0346: A role reads the objects of one bucket.",
    (actions, statement) => !actions.some((action) => action.startsWith("s3:")) || !isStar(statement),
    { Action: "s3:GetObject", Resource: "*" },
  ),
  onStatements("CKV_AWS_289: No role can change permissions.", lacks(PERMISSIONS), {
    Action: "s3:PutBucketPolicy",
  }),
  onStatements(
    "CKV_AWS_290: A role writes to named resources.",
    (actions, statement) => !isStar(statement) || actions.every((one) => READS.test(one)),
    { Action: "sqs:SendMessage" },
  ),
  onStatements(
    "CKV_AWS_355: Only permissions for Cost Explorer, which has no resources, are for every resource.",
    (actions, statement) => !isStar(statement) || actions.every((one) => one.startsWith("ce:")),
    { Action: "kms:Decrypt" },
  ),
  rule(
    "CKV_AWS_274 CKV2_AWS_56: No role has a managed policy.",
    those(({ type, args }) => /policy_attachment/.test(type) || args.managed_policy_arns !== undefined),
    and("aws_iam_role_policy_attachment", { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
  ),
];

export const functionSkips: readonly Skip[] = [
  skip(
    "CKV_AWS_50 AVD-AWS-0066: Functions write traces for X-Ray.",
    "The log of a run contains its requests, their duration and price. Traces would need two more permissions for every resource.",
    every(FUNCTION, (args) => at(args, "tracing_config.mode") === "Active"),
  ),
  skip(
    "CKV_AWS_115: Functions reserve a part of the account's concurrency.",
    "A new account has ten executions and cannot reserve any: the apply would fail. Two collectors at once are safe by If-Match; sessions are behind CloudFront.",
    every(FUNCTION, (args) => args.reserved_concurrent_executions !== undefined),
  ),
  skip(
    "CKV_AWS_117: Functions are inside a VPC.",
    "They send requests to AWS's public endpoints alone. A NAT gateway would cost $32 a month and more.",
    every(FUNCTION, (args) => blocks(args, "vpc_config").length > 0),
  ),
  skip(
    "CKV_AWS_173: A key of the adopter's encrypts the environment.",
    "Nothing in it is secret; Lambda encrypts it by its own key for free.",
    every(FUNCTION, (args) => args.kms_key_arn !== undefined),
  ),
  skip(
    "CKV_AWS_272: Lambda checks a signature of the code.",
    "The module compares the SHA-256 of each zip with the release's before anything is changed. A signing profile would be the adopter's.",
    every(FUNCTION, (args) => args.code_signing_config_arn !== undefined),
  ),
];
