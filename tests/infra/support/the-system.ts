import { infra } from "../../../infra/index.ts";
import type { Values } from "../../../infra/inputs.ts";
import {
  type EvaluatedResource,
  type Evaluation,
  evaluate,
  type Plain,
} from "../../../packages/terraform/src/evaluate.ts";
import { synthesize } from "../../../packages/terraform/src/platform.ts";
import type { Policy } from "./policy.ts";

export const synthesis = synthesize(infra);

export const KMS_KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** The inputs that have no default. */
export const least = {
  cognito_user_pool_id: "eu-central-1_AbCdEfGhI",
  cognito_domain: "my-org.auth.eu-central-1.amazoncognito.com",
} as const satisfies Partial<Values>;

export const SLACK_SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:slack-AbCdEf";
export const TEAMS_SECRET = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:teams-AbCdEf";
export const TOPIC = "arn:aws:sns:eu-central-1:111122223333:reports";

/** Inputs that create every resource of the report. */
export const reporting = {
  report_recipients: ["finance@example.com", "cto@example.com"],
  report_sender: "costs@example.com",
  slack_webhook_secret_arn: SLACK_SECRET,
  report_topic_arn: TOPIC,
  report_audiences: JSON.stringify([
    { name: "shop", channel: "mail", recipients: ["shop@example.com"], cost_centers: ["Shop"] },
    { name: "platform", channel: "teams", secret_arn: TEAMS_SECRET, schedule: "weekly" },
  ]),
} as const satisfies Partial<Values>;

/** Inputs that create every resource of the module. */
export const everything = {
  ...reporting,
  api_enabled: true,
  api_ci_client_ids: ["1example23456789"],
  api_rate_limit: 50,
  api_burst_limit: 100,
  alarm_email: "finops@example.com",
  billing_budget_enabled: true,
  kms_key_arn: KMS_KEY,
  signing_keys: ["b", "a"],
  domain_name: "costs.example.com",
  acm_certificate_arn: "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab",
  web_acl_arn:
    "arn:aws:wafv2:us-east-1:111122223333:global/webacl/costs/1234abcd-12ab-34cd-56ef-1234567890ab",
  permissions_boundary_arn: "arn:aws:iam::111122223333:policy/boundary",
} as const satisfies Partial<Values>;

export const ACCOUNT = "111122223333";

/** The system for these inputs. */
export const system = (inputs: Partial<Values> = {}): Evaluation => evaluate(synthesis, { inputs });

/** The resource of an address. @throws Error when it is not created */
export function the({ resources }: Pick<Evaluation, "resources">, address: string): EvaluatedResource {
  const found = resources.find((one) => one.address === address);
  if (found === undefined) throw new Error(`${address} is not created.`);
  return found;
}

export const ofType = ({ resources }: Pick<Evaluation, "resources">, type: string) =>
  resources.filter((one) => one.mode === "resource" && one.type === type);

/** The ARN of a function's role, in which policies find the account. */
export const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/dapanoskop-${name}`;

/** The policy in an argument, with roles by their ARNs. */
export const document = (text: Plain | undefined): Policy =>
  JSON.parse(
    String(text).replace(/aws_iam_role\.function\[\\"(\w+)\\"\]\.arn/g, (_, name: string) => roleArn(name)),
  ) as Policy;

/** The policy of a resource. */
export const policyOf = (from: Pick<Evaluation, "resources">, address: string) =>
  document(the(from, address).args.policy);
