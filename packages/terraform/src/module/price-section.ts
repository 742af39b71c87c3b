import type { Values } from "../../../../infra/inputs.ts";
import { evaluate } from "../evaluate.ts";
import type { Recording } from "../symbols/recorder.ts";
import { AS_OF, ASSUMED, PAGE_CEILING, PRICES, type Price, type PriceName } from "./price-list.ts";
import { type PriceLine, priceLines, sum } from "./prices.ts";

/** Any address will do: what it costs does not depend on whose it is. */
const WITH_ALARMS = { alarm_email: "finops@example.com" } as const satisfies Partial<Values>;

/** The section of the module's README about its price, as Markdown with its own heading. */
export function priceSection(recording: Recording): string {
  const without = priceLines(recording);
  const with_ = priceLines(recording, WITH_ALARMS);
  const found = (lines: readonly PriceLine[], name: PriceName) => lines.find((one) => one.name === name);
  const rows = with_.map(({ name, price, quantity, cents }) => {
    const quiet = found(without, name);
    const amounts = [...new Set([shown(quiet?.quantity ?? 0), shown(quantity)])].join(" / ");
    return row([price.what, amounts, priceText(price), money(quiet?.cents ?? 0), money(cents)]);
  });
  const totals = [without, with_].map((lines) => ({
    list: sum(lines.map(({ cents }) => cents)),
    alone: sum(lines.map(({ centsAlone }) => centsAlone)),
  }));
  const total = (name: string, cents: (one: { list: number; alone: number }) => number, mark = "") =>
    row([name, "", "", ...totals.map((one) => `${mark}${money(cents(one))}${mark}`)]);
  const lines = [
    "## What it costs",
    "",
    `A month, in USD, at AWS's list prices of ${AS_OF}, the dearer of us-east-1 and eu-central-1. Where two quantities stand, the second is with \`alarm_email\`.`,
    "",
    row(["what", "a month", "price", "without `alarm_email`", "with it"]),
    row(["---", "---:", "---", "---:", "---:"]),
    ...rows,
    total("**At list prices**", ({ list }) => list, "**"),
    total("AWS's free tiers, where nothing else uses them up", ({ list, alone }) => alone - list),
    total("**In an account with nothing else in it**", ({ alone }) => alone, "**"),
    "",
    ASSUMPTIONS,
    "",
    `The prices are those of AWS's pages: ${pages()}.`,
    "",
    ...limits(recording),
  ];
  return `${lines.join("\n")}\n`;
}

const ASSUMPTIONS = `Each line is rounded up to a cent. Taken for granted: one account whose answers fit on a page, read once a day;
${ASSUMED.readers} readers who look every working day; figures of an organisation some fifty times the demo company's, kept for a year
with every version; every collection takes all the time that it is given. The user pool, a web ACL and a key of your own
(\`kms_key_arn\`) are yours, and not in here. KMS rotates the keys of the alarms' topics once a year: the first two
rotations add $1 a month to each of them.`;

/** The pages that prices are from, each with the service's name in front. */
function pages(): string {
  const services = Object.values(PRICES).map(({ what, page }) => [page, what.split(",")[0]] as const);
  const names = new Map(services.reverse());
  return [...names]
    .map(([page, name]) => `[${name}](${page})`)
    .sort()
    .join(", ");
}

/** What bounds the bill, each with its price. */
function limits(recording: Recording): readonly string[] {
  const { resources } = evaluate(recording, { inputs: WITH_ALARMS });
  const args = (type: string, name: string) =>
    resources.find((one) => one.type === type && one.name === name)?.args ?? {};
  const collect = args("aws_lambda_function", "collect");
  const attempts =
    1 + Number(args("aws_lambda_function_event_invoke_config", "collect").maximum_retry_attempts);
  const run = (Number(collect.memory_size) / 1024) * Number(collect.timeout) * PRICES.lambdaTime.usd;
  const pages = PAGE_CEILING * PRICES.costExplorer.usd;
  const thresholds = resources
    .filter(({ name }) => name.startsWith("billing_"))
    .map((one) => `$${String(one.args.threshold)}`);
  return [
    "What bounds it:",
    "",
    `- A run stops at ${PAGE_CEILING} pages of Cost Explorer, $${pages.toFixed(2)}, and publishes nothing then.`,
    `- A run ends after ${String(collect.timeout)} seconds with ${String(collect.memory_size)} MB, $${run.toFixed(3)}.`,
    `- A run that fails is repeated ${attempts - 1} times: ${attempts} runs a day are $${(attempts * pages).toFixed(2)} at the very most.`,
    `- A second signing key, while keys are rotated, is $${PRICES.key.usd.toFixed(2)} a month.`,
    `- With \`alarm_email\`, mails at ${thresholds.join(" and ")} of the account's whole bill (\`billing_alarm_thresholds_usd\`).`,
  ];
}

function priceText({ usd, per, unit }: Price): string {
  const units =
    per === 1
      ? `${/^[aeiou]/.test(unit) ? "an" : "a"} ${unit}`
      : `for ${per.toLocaleString("en-US")} ${unit}s`;
  return `$${usd} ${units}`;
}

/** Three digits are enough to judge by. */
const shown = (quantity: number) => quantity.toLocaleString("en-US", { maximumSignificantDigits: 3 });

const money = (cents: number) => `${cents < 0 ? "−" : ""}${(Math.abs(cents) / 100).toFixed(2)}`;

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
