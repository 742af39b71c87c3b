import type { PlainObject } from "../../../packages/terraform/src/evaluate.ts";
import { all, type Statement } from "../support/policy.ts";
import {
  actionsOf,
  allowed,
  and,
  block,
  blocks,
  changed,
  ofType,
  type Resources,
  type Rule,
  type Skip,
  statements,
  unless,
  without,
  withStatement,
} from "./rule.ts";

const FUNCTION = "aws_lambda_function";
const PERMISSION = "aws_lambda_permission";
const POLICY = "aws_iam_role_policy";

/** Runtimes of Node.js that Lambda still mends. */
const RUNTIMES = ["nodejs22.x", "nodejs24.x"];

const environment = (args: PlainObject) => (block(args, "environment").variables ?? {}) as PlainObject;

/** Words for what must not stand in the open, but for the key of a tag. */
const SECRET = /secret|passw|token|credential|private|(?<!^tag_)key$|AKIA[0-9A-Z]{16}|-----BEGIN/i;

/** Rights that lead to other rights, to credentials, or out of the house. */
const ESCALATION = /^(\*|iam:.*|sts:.*|organizations:.*|lambda:(\*|Create|Update|Add).*|cloudformation:.*)$/i;
const CREDENTIALS =
  /^(\*|iam:CreateAccessKey|sts:AssumeRole|secretsmanager:.*|cognito-identity:.*|ssm:GetParameters?ByPath)$/i;
const PERMISSIONS = /:(Put|Delete|Attach|Detach|Set|Add|Remove)\w*(Policy|Permission|Acl)|^kms:CreateGrant$/i;
const READS = /^[a-z-]+:(Get|List|Describe)/;

const rolePolicies = (holds: (statement: Statement) => boolean) =>
  unless(POLICY, (args) => allowed(args).every(holds));
const noAction = (pattern: RegExp) =>
  rolePolicies(({ Action }) => !all(Action).some((action) => pattern.test(action)));
const isStar = ({ Resource }: Statement) => all(Resource).some((one) => one === "*" || /:::\*/.test(one));

export const functionRules: readonly Rule[] = [
  {
    ids: ["CKV_AWS_45"],
    fact: "No secret stands in a function's environment.",
    offenders: unless(FUNCTION, (args) =>
      Object.entries(environment(args)).every(
        ([name, value]) => !SECRET.test(name) && !SECRET.test(String(value)),
      ),
    ),
    broken: changed(FUNCTION, { environment: [{ variables: { API_TOKEN: "x" } }] }),
  },
  {
    ids: ["CKV_AWS_363"],
    fact: "The runtime is one that is mended.",
    offenders: unless(FUNCTION, ({ runtime }) => RUNTIMES.includes(String(runtime))),
    broken: changed(FUNCTION, { runtime: "nodejs16.x" }),
  },
  {
    ids: ["CKV_AWS_116"],
    fact: "Events that a function gave up are kept.",
    offenders: unless(FUNCTION, ({ function_name: name }, _, resources) =>
      ofType(resources, "aws_lambda_function_event_invoke_config").some(
        ({ args }) =>
          args.function_name === name &&
          block(block(args, "destination_config"), "on_failure").destination !== undefined,
      ),
    ),
    broken: without("aws_lambda_function_event_invoke_config"),
    except: {
      "aws_lambda_function.session": "Somebody waits for its answer: there is no event to keep.",
    },
  },
  {
    ids: ["CKV_AWS_258"],
    fact: "A function's address wants a signature.",
    offenders: unless("aws_lambda_function_url", (args) => args.authorization_type === "AWS_IAM"),
    broken: changed("aws_lambda_function_url", { authorization_type: "NONE" }),
  },
  {
    ids: ["CKV_AWS_301"],
    fact: "No function can be called by anybody.",
    offenders: unless(PERMISSION, ({ principal }) => /^[a-z]+\.amazonaws\.com$/.test(String(principal))),
    broken: changed(PERMISSION, { principal: "*" }),
  },
  {
    ids: ["CKV_AWS_364", "AVD-AWS-0067"],
    fact: "A service calls a function for one source only.",
    offenders: unless(PERMISSION, (args) => args.source_arn !== undefined),
    broken: changed(PERMISSION, { source_arn: undefined }),
  },
  {
    ids: ["CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_393"],
    fact: "A role is taken by one service, which is named.",
    offenders: unless("aws_iam_role", (args) =>
      statements(args, "assume_role_policy").every(
        ({ Principal: who }) => JSON.stringify(who) === '{"Service":"lambda.amazonaws.com"}',
      ),
    ),
    broken: withStatement(
      "aws_iam_role",
      { Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
      "assume_role_policy",
    ),
  },
  {
    ids: ["CKV_AWS_62", "CKV_AWS_63", "AVD-AWS-0057"],
    fact: "No role's action is a star, nor ends in one.",
    offenders: unless(POLICY, (args) => !actionsOf(allowed(args)).some((action) => action.includes("*"))),
    broken: withStatement(POLICY, { Action: "s3:*" }),
  },
  {
    ids: ["CKV_AWS_286", "CKV2_AWS_40", "AVD-AWS-0342"],
    fact: "No role can get itself more rights, or hand a role on.",
    offenders: noAction(ESCALATION),
    broken: withStatement(POLICY, { Action: "iam:PassRole" }),
  },
  {
    ids: ["CKV_AWS_287"],
    fact: "No role can read credentials.",
    offenders: noAction(CREDENTIALS),
    broken: withStatement(POLICY, { Action: "secretsmanager:GetSecretValue" }),
  },
  {
    ids: ["CKV_AWS_288", "AVD-AWS-0345", "AVD-AWS-0346"],
    fact: "A role reads objects of one bucket, not of all.",
    offenders: rolePolicies(
      (statement) => !all(statement.Action).some((action) => action.startsWith("s3:")) || !isStar(statement),
    ),
    broken: withStatement(POLICY, { Action: "s3:GetObject", Resource: "*" }),
  },
  {
    ids: ["CKV_AWS_289"],
    fact: "No role can change who may do what.",
    offenders: noAction(PERMISSIONS),
    broken: withStatement(POLICY, { Action: "s3:PutBucketPolicy" }),
  },
  {
    ids: ["CKV_AWS_290"],
    fact: "What a role writes to is named.",
    offenders: rolePolicies(
      (statement) => !isStar(statement) || all(statement.Action).every((one) => READS.test(one)),
    ),
    broken: withStatement(POLICY, { Action: "sqs:SendMessage" }),
  },
  {
    ids: ["CKV_AWS_355"],
    fact: "A star for a resource stands only where Cost Explorer is read, which has none to name.",
    offenders: rolePolicies(
      (statement) => !isStar(statement) || all(statement.Action).every((one) => one.startsWith("ce:")),
    ),
    broken: withStatement(POLICY, { Action: "kms:Decrypt" }),
  },
  {
    ids: ["CKV_AWS_274", "CKV2_AWS_56"],
    fact: "No role has a managed policy.",
    offenders: (resources) =>
      resources
        .filter(({ type, args }) => /policy_attachment/.test(type) || args.managed_policy_arns !== undefined)
        .map(({ address }) => address),
    broken: and("aws_iam_role_policy_attachment", {
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
  },
];

const functions = (resources: Resources, holds: (args: PlainObject) => boolean) =>
  ofType(resources, FUNCTION).every(({ args }) => holds(args));

export const functionSkips: readonly Skip[] = [
  {
    ids: ["CKV_AWS_50", "AVD-AWS-0066"],
    fact: "Functions write traces for X-Ray.",
    why: "A run's log says what it asked, how long it took and what that cost. Traces would want two more permissions on *.",
    holds: (resources) => functions(resources, (args) => block(args, "tracing_config").mode === "Active"),
  },
  {
    ids: ["CKV_AWS_115"],
    fact: "Functions have a share of the account's concurrency.",
    why: "A new account has ten in all and cannot give any away: the apply would fail. Two collectors at once are safe by If-Match; sessions are behind CloudFront.",
    holds: (resources) => functions(resources, (args) => args.reserved_concurrent_executions !== undefined),
  },
  {
    ids: ["CKV_AWS_117"],
    fact: "Functions are inside of a VPC.",
    why: "They talk to AWS's own addresses and to nothing private. A NAT gateway for them would cost $32 a month and more.",
    holds: (resources) => functions(resources, (args) => blocks(args, "vpc_config").length > 0),
  },
  {
    ids: ["CKV_AWS_173"],
    fact: "A key of one's own encrypts the environment.",
    why: "Nothing in it is secret; Lambda encrypts it by its own key at no price.",
    holds: (resources) => functions(resources, (args) => args.kms_key_arn !== undefined),
  },
  {
    ids: ["CKV_AWS_272"],
    fact: "Lambda checks a signature of the code.",
    why: "The module checks each zip's SHA-256 against the release's before anything is changed. A signing profile would be the adopter's.",
    holds: (resources) => functions(resources, (args) => args.code_signing_config_arn !== undefined),
  },
];
