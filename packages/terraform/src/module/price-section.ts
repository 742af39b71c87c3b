import { row } from "@dapanoskop/core/text";
import type { Values } from "../../../../infra/inputs.ts";
import { evaluate } from "../evaluate.ts";
import type { Synthesis } from "../synthesis/synthesizer.ts";
import { AS_OF, ASSUMED, PAGE_CEILING, PRICES, type Price, type PriceName } from "./price-list.ts";
import { type PriceLine, priceLines, sum } from "./prices.ts";

/** The cost does not depend on the addresses. */
const WITH_ALARMS = { alarm_email: "finops@example.com" } as const satisfies Partial<Values>;
const WITH_REPORT = {
  ...WITH_ALARMS,
  report_recipients: ["finance@example.com"],
  report_sender: "costs@example.com",
} as const satisfies Partial<Values>;

/** The columns of the table. */
const DEPLOYMENTS: readonly (readonly [head: string, inputs: Partial<Values>])[] = [
  ["without `alarm_email`", {}],
  ["with it", WITH_ALARMS],
  ["and with `report_recipients`", WITH_REPORT],
  ["and with `api_enabled`", { ...WITH_REPORT, api_enabled: true }],
];

/** The README's section about the module's cost, as Markdown with its own heading. */
export function priceSection(synthesis: Synthesis): string {
  const columns = DEPLOYMENTS.map(([, inputs]) => priceLines(synthesis, inputs));
  const found = (lines: readonly PriceLine[], name: PriceName) => lines.find((one) => one.name === name);
  const rows = (columns.at(-1) ?? []).map(({ name, price }) => {
    const lines = columns.map((column) => found(column, name));
    const amounts = lines.map((line) => shown(line?.quantity ?? 0));
    const quantities = new Set(amounts).size === 1 ? amounts.slice(0, 1) : amounts;
    return row([
      price.item,
      quantities.join(" / "),
      priceText(price),
      ...lines.map((line) => money(line?.cents ?? 0)),
    ]);
  });
  const totals = columns.map((lines) => ({
    list: sum(lines.map(({ cents }) => cents)),
    alone: sum(lines.map(({ centsAlone }) => centsAlone)),
  }));
  const total = (name: string, cents: (one: { list: number; alone: number }) => number, mark = "") =>
    row([name, "", "", ...totals.map((one) => `${mark}${money(cents(one))}${mark}`)]);
  const lines = [
    "## What it costs",
    "",
    `A month, in USD, at AWS's list prices of ${AS_OF}, the higher of us-east-1 and eu-central-1. Several quantities are those of the columns.`,
    "",
    row(["item", "a month", "price", ...DEPLOYMENTS.map(([head]) => head)]),
    row(["---", "---:", "---", ...DEPLOYMENTS.map(() => "---:")]),
    ...rows,
    total("**At list prices**", ({ list }) => list, "**"),
    total("AWS's free tiers, if nothing else uses them", ({ list, alone }) => alone - list),
    total("**In an account without other use**", ({ alone }) => alone, "**"),
    "",
    ASSUMPTIONS,
    "",
    `The prices are those of AWS's pages: ${pages()}.`,
    "",
    ...limits(synthesis),
  ];
  return `${lines.join("\n")}\n`;
}

const ASSUMPTIONS = `Each line is rounded up to a cent. The assumptions: one account whose answers fit on a page, read once a day;
${ASSUMED.readers} readers, each with a visit every working day; data of an organisation about fifty times as large as the demo company,
kept for a year with every version; every collection and every report takes its whole timeout; the report is mailed to
${ASSUMED.reportRecipients} people; CI uploads ${ASSUMED.plansADay} plans a day. The user pool, a web ACL, the key of \`kms_key_arn\` and the secrets of webhooks belong to you
and are not included; Cognito's price of an app client for CI is $6 a month, and $2.25 for 1,000 of its tokens. KMS rotates the keys of the alarm topics once a year: the first two
rotations add $1 a month to each key.`;

/** Links to the pages with the prices, each with the service's name. */
function pages(): string {
  const services = Object.values(PRICES).map(({ item, page }) => [page, item.split(",")[0]] as const);
  const names = new Map(services.reverse());
  return [...names]
    .map(([page, name]) => `[${name}](${page})`)
    .sort()
    .join(", ");
}

/** The limits that bound the bill, each with its price. */
function limits(synthesis: Synthesis): readonly string[] {
  const { resources } = evaluate(synthesis, { inputs: WITH_ALARMS });
  const args = (type: string, name: string) =>
    resources.find((one) => one.type === type && one.name === name)?.args ?? {};
  const collect = args("aws_lambda_function", "collect");
  const attempts =
    1 + Number(args("aws_lambda_function_event_invoke_config", "collect").maximum_retry_attempts);
  const run = (Number(collect.memory_size) / 1024) * Number(collect.timeout) * PRICES.lambdaTime.usd;
  const pages = PAGE_CEILING * PRICES.costExplorer.usd;
  const thresholds = resources
    .filter(({ type, name }) => type === "aws_cloudwatch_metric_alarm" && name === "billing")
    .map((one) => `$${String(one.args.threshold)}`);
  return [
    "These limits bound the bill:",
    "",
    `- A run stops at ${PAGE_CEILING} pages of Cost Explorer, $${pages.toFixed(2)}, and then publishes nothing.`,
    `- A run ends after ${String(collect.timeout)} seconds with ${String(collect.memory_size)} MB, $${run.toFixed(3)}.`,
    `- A failed run is retried ${attempts - 1} times: ${attempts} runs a day cost at most $${(attempts * pages).toFixed(2)}.`,
    `- A second signing key, during a rotation, costs $${PRICES.key.usd.toFixed(2)} a month.`,
    `- With \`alarm_email\`, alarms notify you at ${thresholds.join(" and ")} of the account's whole bill (\`billing_alarm_thresholds_usd\`).`,
  ];
}

function priceText({ usd, per, unit }: Price): string {
  const units =
    per === 1
      ? `${/^[aeiou]/.test(unit) ? "an" : "a"} ${unit}`
      : `for ${per.toLocaleString("en-US")} ${unit}s`;
  return `$${usd} ${units}`;
}

/** With three significant digits. */
const shown = (quantity: number) => quantity.toLocaleString("en-US", { maximumSignificantDigits: 3 });

const money = (cents: number) => `${cents < 0 ? "−" : ""}${(Math.abs(cents) / 100).toFixed(2)}`;
