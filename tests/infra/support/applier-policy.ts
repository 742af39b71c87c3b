/** A statement of a policy of IAM. */
interface AllowedActions {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** Permissions that no request of an apply against the stand-in shows, and why each is needed. */
export const UNSEEN: Readonly<Record<string, string>> = {
  "iam:PassRole": "a function and its role are connected by AWS, without a request of its own",
  "apigateway:TagResource": "tags in the request that creates",
  "cloudfront:TagResource": "tags in the request that creates",
  "cloudwatch:TagResource": "tags in the request that creates",
  "dynamodb:TagResource": "tags in the request that creates",
  "events:TagResource": "tags in the request that creates",
  "iam:TagRole": "tags in the request that creates",
  "kms:TagResource": "tags in the request that creates",
  "lambda:TagResource": "tags in the request that creates",
  "logs:TagResource": "tags in the request that creates",
  "s3:PutObjectTagging": "tags in the request that creates",
  "sns:TagResource": "tags in the request that creates",
  "sqs:TagQueue": "tags in the request that creates",
  "ssm:AddTagsToResource": "tags in the request that creates",
  "cloudfront:UpdateFunction": "a later version of the module",
  "cloudfront:UpdateCachePolicy": "a later version of the module",
  "cloudfront:UpdateResponseHeadersPolicy": "a later version of the module",
  "lambda:UpdateFunctionCode": "a later version of the module",
  "lambda:UpdateFunctionConfiguration": "a later version of the module",
  "cognito-idp:UpdateUserPoolClient": "an input that changes the app client",
  "cognito-idp:TagResource": "tags in the request that creates",
  "cognito-idp:UpdateUserPool": "an input that changes a managed user pool",
  "cognito-idp:UpdateUserPoolDomain": "a later version of the module",
  "cognito-idp:AdminUpdateUserAttributes": "a later version of the module",
  "apigateway:PATCH": "an input that changes the API",
  "s3:GetBucketLocation": "S3's clients follow a bucket to its region",
  "kms:PutKeyPolicy": "an input that changes a key's policy",
  "iam:CreateServiceLinkedRole": "API Gateway's first use in an account creates its role",
  // API Gateway writes its access log as a delivery of CloudWatch Logs.
  "logs:CreateLogDelivery": "the access log of the API",
  "logs:DeleteLogDelivery": "the access log of the API",
  "logs:GetLogDelivery": "the access log of the API",
  "logs:ListLogDeliveries": "the access log of the API",
  "logs:UpdateLogDelivery": "the access log of the API",
  "logs:DescribeResourcePolicies": "the access log of the API",
  "logs:PutResourcePolicy": "the access log of the API",
  // The stand-in lacks parts of SES and of Budgets.
  "ses:CreateConfigurationSet": "reports by mail",
  "ses:DeleteConfigurationSet": "reports by mail",
  "ses:GetConfigurationSet": "reports by mail",
  "ses:CreateConfigurationSetEventDestination": "reports by mail",
  "ses:UpdateConfigurationSetEventDestination": "reports by mail",
  "ses:DeleteConfigurationSetEventDestination": "reports by mail",
  "ses:GetConfigurationSetEventDestinations": "reports by mail",
  "ses:ListTagsForResource": "reports by mail",
  "ses:TagResource": "reports by mail",
  "budgets:ViewBudget": "billing_budget_enabled",
  "budgets:ModifyBudget": "billing_budget_enabled",
  "budgets:TagResource": "billing_budget_enabled",
  "budgets:ListTagsForResource": "billing_budget_enabled",
};

/** What stands for the adopter's values in the policy. */
const PREFIX = "dapanoskop";
const ACCOUNT = "123456789012";
const REGION = "eu-central-1";
const arn = (service: string, path: string, region = REGION) =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${path}`;

/** What is done to a managed user pool alone: its id is not known before, and an existing pool must not be deleted. */
const MANAGED_POOL = [
  "AdminCreateUser",
  "AdminDeleteUser",
  "AdminGetUser",
  "AdminUpdateUserAttributes",
  "CreateUserPoolDomain",
  "DeleteUserPool",
  "DeleteUserPoolDomain",
  "GetUserPoolMfaConfig",
  "SetUserPoolMfaConfig",
  "UpdateUserPool",
  "UpdateUserPoolDomain",
].map((action) => `cognito-idp:${action}`);
const forManagedPool = <Value>(value: Value) =>
  Object.fromEntries(MANAGED_POOL.map((action) => [action, value]));

/** The resources that a service's actions are restricted to, by its names; the longest beginning of an action counts. */
const RESOURCES: Readonly<Record<string, string | readonly string[]>> = {
  // CloudFront and API Gateway choose the ids.
  "apigateway:": `arn:aws:apigateway:${REGION}::/*`,
  "budgets:": arn("budgets", `budget/${PREFIX}-*`, ""),
  "cloudfront:": arn("cloudfront", "*", ""),
  "cloudwatch:": [arn("cloudwatch", `alarm:${PREFIX}-*`, "*"), arn("cloudwatch", `dashboard/${PREFIX}`, "")],
  "cognito-idp:": arn("cognito-idp", "userpool/eu-central-1_AbCdEfGhI"),
  ...forManagedPool(arn("cognito-idp", "userpool/*")),
  "cognito-idp:CreateUserPool": "*",
  "cognito-idp:TagResource": "*",
  "cognito-idp:DescribeUserPoolDomain": "*",
  "dynamodb:": arn("dynamodb", `table/${PREFIX}-*`),
  "events:": arn("events", `rule/${PREFIX}-*`),
  "iam:": arn("iam", `role/${PREFIX}-*`, ""),
  "iam:CreateServiceLinkedRole": arn("iam", "role/aws-service-role/ops.apigateway.amazonaws.com/*", ""),
  // Of all keys, those of the deployment: the condition.
  "kms:": arn("kms", "key/*", "*"),
  "kms:CreateKey": "*",
  "kms:TagResource": "*",
  "lambda:": arn("lambda", `function:${PREFIX}-*`),
  "logs:": [
    arn("logs", `log-group:/aws/lambda/${PREFIX}-*`),
    arn("logs", `log-group:/aws/vendedlogs/${PREFIX}-*`),
  ],
  // Descriptions of log groups and deliveries have no resources.
  "logs:DescribeLogGroups": "*",
  "logs:DescribeResourcePolicies": "*",
  "logs:PutResourcePolicy": "*",
  "logs:CreateLogDelivery": "*",
  "logs:DeleteLogDelivery": "*",
  "logs:GetLogDelivery": "*",
  "logs:ListLogDeliveries": "*",
  "logs:UpdateLogDelivery": "*",
  "s3:": [`arn:aws:s3:::${PREFIX}-*`],
  "ses:": arn("ses", `configuration-set/${PREFIX}-*`),
  "sns:": arn("sns", `${PREFIX}-*`, "*"),
  "sqs:": arn("sqs", `${PREFIX}-*`),
  "ssm:": arn("ssm", `parameter/${PREFIX}/*`),
  "ssm:DescribeParameters": "*",
};

const CONDITIONS: Readonly<Record<string, object>> = {
  ...forManagedPool({ StringEquals: { "aws:ResourceTag/Project": "Dapanoskop" } }),
  "cognito-idp:CreateUserPool": { StringEquals: { "aws:RequestTag/Project": "Dapanoskop" } },
  "cognito-idp:TagResource": { StringEquals: { "aws:RequestTag/Project": "Dapanoskop" } },
  "kms:": { StringEquals: { "aws:ResourceTag/Project": "Dapanoskop" } },
  "kms:CreateKey": { StringEquals: { "aws:RequestTag/Project": "Dapanoskop" } },
  "kms:TagResource": { StringEquals: { "aws:RequestTag/Project": "Dapanoskop" } },
  "iam:PassRole": { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
};

const longest = (table: object, action: string): string =>
  Object.keys(table)
    .filter((name) => (name.endsWith(":") ? action.startsWith(name) : action === name))
    .sort((one, other) => other.length - one.length)[0] ?? "";

/** The longest policy that IAM manages, without white space. */
const LONGEST_POLICY = 6_144;

export type ApplierPolicy = { readonly Version: "2012-10-17"; readonly Statement: readonly AllowedActions[] };

/**
 * The policies of the person who applies, from the permissions that an apply used: several, because one would be too long.
 * @throws Error where the resources of a permission are not named here
 */
export function applierPolicies(used: readonly string[]): readonly ApplierPolicy[] {
  const actions = [...new Set([...used, ...Object.keys(UNSEEN)])].sort();
  const groups = new Map<
    string,
    { Action: string[]; Resource: AllowedActions["Resource"]; Condition?: object }
  >();
  for (const action of actions) {
    const service = action.slice(0, action.indexOf(":"));
    const Resource = RESOURCES[longest(RESOURCES, action)];
    if (Resource === undefined) throw new Error(`Name the resources of ${action} in applier-policy.ts.`);
    const Condition = CONDITIONS[longest(CONDITIONS, action)];
    const key = JSON.stringify([service, Resource, Condition]);
    const group = groups.get(key) ?? {
      Action: [],
      Resource,
      ...(Condition === undefined ? {} : { Condition }),
    };
    group.Action.push(action);
    groups.set(key, group);
  }
  // Permissions without resources are one statement.
  const statements: AllowedActions[] = [];
  const everywhere: string[] = [];
  for (const { Action, Resource, Condition } of groups.values()) {
    if (Resource === "*" && Condition === undefined) {
      everywhere.push(...Action);
      continue;
    }
    statements.push({
      Sid: `Apply${statements.length + 1}`,
      Effect: "Allow",
      Action,
      Resource,
      ...(Condition === undefined ? {} : { Condition }),
    });
  }
  const Everywhere = { Sid: "ApplyEverywhere", Effect: "Allow", Action: everywhere, Resource: "*" } as const;
  return packed([...statements, Everywhere]);
}

function packed(statements: readonly AllowedActions[]): readonly ApplierPolicy[] {
  const policy = (Statement: readonly AllowedActions[]) => ({ Version: "2012-10-17", Statement }) as const;
  const policies: AllowedActions[][] = [];
  for (const statement of statements) {
    const last = policies.at(-1);
    const isFull = last === undefined || JSON.stringify(policy([...last, statement])).length > LONGEST_POLICY;
    if (isFull) policies.push([statement]);
    else last.push(statement);
  }
  return policies.map(policy);
}
