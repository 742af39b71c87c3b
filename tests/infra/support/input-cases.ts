/** Values of one input: every rule accepts the good ones; at least one rule refuses each of the bad ones. */
export interface InputCases {
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

const certificate = "certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
const key = "key/1234abcd-12ab-34cd-56ef-1234567890ab";
const many = (count: number) => Array.from({ length: count }, (_, at) => `g${at}`);
/** Spaces, line breaks and control characters, which JavaScript and Go classify differently. */
const invisible = ["\u00a0", "\u2003", "\u3000", "\u2028", "\t", "\n", "\v", "\u0000", "\u0085"];

/** A list in one text, separated by bars. Before a bar at the beginning there is an empty text. */
const split = (texts: string): readonly string[] => texts.split(" | ");

const mails = (count: number) => many(count).map((name) => `${name}@example.com`);
const secrets: InputCases = {
  good: [
    "arn:aws:secretsmanager:eu-central-1:123456789012:secret:slack-AbCdEf",
    "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:team/slack-AbCdEf",
  ],
  bad: [
    "",
    "slack",
    "https://hooks.slack.com/services/T/B/x",
    "arn:aws:ssm:eu-central-1:123456789012:parameter/x",
  ],
};

/** Every input that has rules, with good and bad values for each rule. */
export const inputCases: Readonly<Record<string, InputCases>> = {
  name_prefix: {
    good: ["dapanoskop", "a-1", "acme--costs", "a234567890-234567890-23456", "sthree"],
    bad: [
      "costs\n",
      ...split(" | ab | a234567890-234567890-234567 | 1costs | costs- | Costs | acme_costs | acme.costs"),
      ...split("kosten-ä | aws-costs | awscosts | ssm1 | xn--costs | sthree-costs | amzn-s3-demo-x"),
    ],
  },
  region: {
    good: ["eu-central-1", "us-gov-west-1", "us-isob-east-1", "ap-southeast-7"],
    bad: ["", "Frankfurt", "eu-central", "eu-central-1a", "EU-CENTRAL-1", "eu-central-1 "],
  },
  account_id: { good: ["123456789012"], bad: ["", "12345678901", "1234-5678-9012", "123456789012\n"] },
  refused_regions: {
    good: [[], ["eu-central-2", "aws-us-gov"], ["aws-iso-b"]],
    bad: [[""], ["Zurich"], ["eu-central-2 "], ["eu central 2"]],
  },
  lambda_runtime: { good: ["nodejs22.x", "nodejs24.x"], bad: ["", "nodejs20.x", "nodejs24"] },
  environment: {
    good: ["production", "p", "a b_c.d:e/f=g+h-i@j", "größe", "本番 ٢", "x".repeat(64)],
    bad: ["", "x".repeat(65), "prod;uction", "prod|", "prod\n", "größe!"],
  },
  cost_center: {
    good: ["dapanoskop", "4711", "Vertrieb Süd", "ö".repeat(128)],
    bad: ["", "ö".repeat(129), "a*b", "a\tb"],
  },
  tags: {
    good: [
      {},
      { Team: "finops", "cost:owner": "" },
      { Größe: "部門" },
      { a: "1", b: "2", c: "3", d: "4", e: "5", f: "6" },
    ],
    bad: [
      { a: "1", b: "2", c: "3", d: "4", e: "5", f: "6", g: "7" },
      { Project: "mine" },
      { CostCenter: "mine" },
      { costcenter: "mine" },
      { ENVIRONMENT: "mine" },
      { Team: "finops", team: "finops" },
      { ΟΔΟΣ: "1", οδοσ: "2" },
      { "aws:team": "finops" },
      { "AWS:Team": "finops" },
      { "Team;Name": "finops" },
      { "": "finops" },
      { ["k".repeat(129)]: "finops" },
      { Team: "fin|ops" },
      { Team: "ж".repeat(257) },
    ],
  },
  permissions_boundary_arn: {
    good: [
      "arn:aws:iam::123456789012:policy/boundary",
      "arn:aws:iam::aws:policy/PowerUserAccess",
      "arn:aws-cn:iam::123456789012:policy/path/to/boundary",
    ],
    bad: ["", "boundary", "arn:aws:iam::123456789012:role/boundary", "arn:aws:iam::12345:policy/boundary"],
  },
  kms_key_arn: {
    good: [
      `arn:aws:kms:eu-central-1:123456789012:${key}`,
      "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1",
    ],
    bad: ["alias/data", "arn:aws:kms:eu-central-1:123456789012:alias/data", key],
  },
  cognito_user_pool_id: {
    good: ["eu-central-1_AbCdEfGhI", "us-gov-west-1_123456789"],
    bad: ["", "AbCdEfGhI", "my-pool", "eu-central-1_", "eu-central-1_AbC-dEf", "eu-central-1_AbCdEfGhI\n"],
  },
  cognito_domain: {
    good: ["my-org.auth.eu-central-1.amazoncognito.com", "login.example.com"],
    bad: split(
      " | localhost | https://login.example.com | login.example.com/ | Login.example.com | -a.example.com",
    ),
  },
  managed_user_pool_users: {
    good: [[], ["finance@example.com"], ["a+b@sub.example.org"]],
    bad: [[""], ["finance"], ["Finance@example.com"], ["a@b@c.de"], ["a@b.de", "a@b.de"], mails(51)],
  },
  user_pool_plan: { good: ["ESSENTIALS", "LITE"], bad: ["", "PLUS", "lite"] },
  allowed_groups: {
    good: [[], ["finance"], ["engineering-leads", "größe", "x".repeat(128)], many(10)],
    bad: [
      [""],
      ["finance team"],
      ["x".repeat(129)],
      ["ok", " "],
      many(11),
      ...invisible.map((space) => [`a${space}b`]),
    ],
  },
  identity_providers: {
    good: [["COGNITO"], ["COGNITO", "CorporateSso"], ["x".repeat(32)]],
    bad: [
      [],
      many(51),
      [""],
      ["_hidden"],
      ["Corporate SSO"],
      ["x".repeat(33)],
      ...invisible.map((space) => [space]),
    ],
  },
  domain_name: {
    good: ["costs.example.com", "a.b.c.example.museum", `${"x".repeat(63)}.example.com`],
    bad: [
      ...["costs.example.com\n", `${"x".repeat(64)}.example.com`, "costs..example.com", "*.example.com"],
      ...split(
        " | costs | https://costs.example.com | costs.example.com/ | Costs.example.com | costs.example.c",
      ),
    ],
  },
  acm_certificate_arn: {
    good: [`arn:aws:acm:us-east-1:123456789012:${certificate}`],
    bad: [`arn:aws:acm:eu-central-1:123456789012:${certificate}`, certificate, ""],
  },
  web_acl_arn: {
    good: ["arn:aws:wafv2:us-east-1:123456789012:global/webacl/costs/1234abcd"],
    bad: ["arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/costs/1234abcd", "costs"],
  },
  price_class: { good: ["PriceClass_100", "PriceClass_All"], bad: ["", "priceclass_100", "PriceClass_300"] },
  cost_category_name: {
    good: ["CostCenter", "Cost Center 1", "x", "Größe", "x".repeat(50)],
    bad: ["", " ", " x", "x ", "x".repeat(51), "a\nb", ...invisible.map((space) => `${space}x`)],
  },
  tag_key: {
    good: ["App", "aws:createdBy", "x".repeat(128), "team / app", "Größe"],
    bad: ["", "App;Name", "App|", "x".repeat(129), "App\n"],
  },
  cost_metric: { good: ["UnblendedCost", "NetAmortizedCost"], bad: ["", "unblendedcost", "ListPrice"] },
  billing_view_arn: {
    good: [
      "arn:aws:billing::123456789012:billingview/primary",
      "arn:aws-cn:billing::123456789012:billingview/custom-11111111-2222-3333",
    ],
    bad: [
      "",
      "primary",
      "arn:aws:billing::1234:billingview/primary",
      "arn:aws:billing::123456789012:view/primary",
    ],
  },
  linked_accounts: {
    good: ["123456789012", "123456789012,111122223333"],
    bad: ["", "1234", "123456789012, 111122223333", "123456789012,", "123456789012\n"],
  },
  schedule_expression: {
    good: split(
      "cron(0 6 * * ? *) | cron(0/15 6,18 ? * MON-FRI 2026) | cron(05 00-23/6 L JAN-MAR,7,12 ? 2026-2199) | cron(5,35 */8 3W,LW */2 ? 2026/2) | cron(59 23 1-31/7 * ? *) | cron(0 6 ? * 6#3,FRIL *) | rate(1 hour) | rate(1 day) | rate(12 hours)",
    ),
    bad: [
      "",
      "cron(0 6 * * ? *) ",
      ...split("0 6 * * * | cron(0 6 * * *) | cron(0 6 * * ? * *) | cron(0  6 * * ? *) | cron(0 6 * * * *)"),
      ...split(
        "cron(0 6 ? * ? *) | cron(0 6 ? * * ?) | cron(0 ? * * ? *) | cron(0 6 * ? * *) | cron(0 25 * * ? *)",
      ),
      ...split("cron(0 6-24 * * ? *) | cron(60 6 * * ? *) | cron(0,60 6 * * ? *) | cron(* * * * ? *)"),
      ...split("cron(*/5 6 * * ? *) | cron(0 6, * * ? *) | cron(0 6 * * ? Y) | cron(0 6 tomorrow * ? *)"),
      ...split(
        "cron(a b c d e f) | rate(1 minute) | rate(90 minutes) | rate(day) | rate(1 days) | rate(5 minute)",
      ),
      ...split("rate(0 hours) | rate(1 week) | at(2026-01-01T00:00:00)"),
    ],
  },
  pipeline_memory_mb: { good: [256, 1769, 10240], bad: [0, 128, 255, 10241, 512.5, -256] },
  report_recipients: {
    good: [[], ["finance@example.com"], ["a+b@sub.example.org", "o'neil@example.com"], mails(50)],
    bad: [[""], ["finance"], ["a,b@example.com"], ["a@b@c.de"], ["Finance <a@b.de>"], mails(51)],
  },
  report_sender: {
    good: ["costs@example.com"],
    bad: ["", "costs", "costs@example", "Costs <costs@example.com>", "costs@example.com\n"],
  },
  report_schedule_expression: {
    good: ["cron(0 8 * * ? *)", "cron(30 17 * * ? *)", "cron(5 0 * * ? *)"],
    bad: [
      "",
      "rate(1 day)",
      ...split("cron(0 8 ? * MON *) | cron(0,30 8 * * ? *) | cron(0 24 * * ? *) | 0 8"),
    ],
  },
  slack_webhook_secret_arn: secrets,
  teams_webhook_secret_arn: secrets,
  report_webhook_secret_arn: secrets,
  report_topic_arn: {
    good: ["arn:aws:sns:eu-central-1:123456789012:reports"],
    bad: ["", "reports", "arn:aws:sns:eu-central-1:123456789012:reports.fifo", "arn:aws:sqs:eu:1:reports"],
  },
  report_audiences: {
    good: ["[]", '[{"name":"shop","channel":"mail"}]', '[\n{"name": "größe"}\n]'],
    bad: ["", "shop", '{"name":"shop"}', "[] "],
  },
  report_log_retention_days: { good: [1, 30, 3653], bad: [0, 2, 45, -1] },
  api_ci_client_ids: {
    good: [[], ["1example23456789"], ["a_b+C", "x".repeat(128)], many(20)],
    bad: [[""], ["a b"], ["a-b"], ["x".repeat(129)], ["a", "a"], many(21), ["a\n"]],
  },
  api_rate_limit: { good: [1, 10, 1000], bad: [0, 1001, 0.5, -1] },
  api_burst_limit: { good: [1, 20, 2000], bad: [0, 2001, 1.5, -1] },
  signing_keys: {
    good: [["a"], ["b", "a"], ["key2026a"]],
    bad: [[], ["a", "b", "c"], ["a", "a"], [""], ["A"], ["key-a"], ["toolongkey"]],
  },
  alarm_email: {
    good: ["finops@example.com", "a+b@sub.example.org"],
    bad: [
      "",
      "finops",
      "finops@example",
      "fin ops@example.com",
      "a@b@c.de",
      ...invisible.map((s) => `a${s}@b.de`),
    ],
  },
  billing_alarm_thresholds_usd: {
    good: [
      [25, 50],
      [800, 400],
      [1, 1.5],
    ],
    bad: [[], [25], [25, 50, 100], [0, 50], [-1, 50], [50, 50], [25, 100000001]],
  },
  log_retention_days: { good: [1, 90, 3653], bad: [0, 2, 45, 89.5, 3654, -1] },
  pipeline_version: {
    good: ["1.2.3", "0.1.0", "10.20.30"],
    bad: ["", "latest", "v1.2.3", "1.2", "1.2.3-rc.1"],
  },
  page_version: { good: ["1.2.3"], bad: ["../1.2.3", "1.2.3/..", "1.2.3\n"] },
};
