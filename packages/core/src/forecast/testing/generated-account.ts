import {
  addDays,
  type Day,
  daysIn,
  daysInMonth,
  firstDay,
  type Month,
  monthOf,
} from "../../calendar/index.ts";
import type { AccountLine, AccountLines } from "./account-figures.ts";
import { type RandomNumbers, randomOf } from "./random.ts";

export interface GeneratedAccountOptions {
  readonly seed: number;
  readonly first: Month;
  readonly months: number;
  /** How far chance moves the cost of a usage type from day to day: 0.05 is 5 %. */
  readonly noise?: number;
  /** Growth of the whole account in a year: 0.3 is 30 %. */
  readonly growth?: number;
  /** A fee on the 3rd, as a share of a month's usage. */
  readonly feeOnThird?: number;
  /** A credit on the 15th, as a share of a month's usage. */
  readonly credit?: number;
}

/** Monday to Sunday. */
const weeks = {
  steady: [1, 1, 1, 1, 1, 1, 1],
  office: [1.2, 1.25, 1.25, 1.2, 1.15, 0.5, 0.45],
  shop: [0.95, 0.92, 0.92, 0.97, 1.05, 1.12, 1.07],
  batch: [0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 3.9],
} as const;
type Week = keyof typeof weeks;

/** Usage types with their share of the account's daily cost. `monthly` prices are by the month: a day of February costs more. */
const meters: readonly (readonly [
  service: string,
  usageType: string,
  share: number,
  week: Week,
  kind?: "monthly" | "sparse",
])[] = [
  ["Amazon Elastic Compute Cloud - Compute", "BoxUsage:m5.large", 0.16, "office"],
  ["Amazon Elastic Compute Cloud - Compute", "BoxUsage:c5.xlarge", 0.12, "shop"],
  ["Amazon Elastic Compute Cloud - Compute", "BoxUsage:r5.2xlarge", 0.07, "steady"],
  ["EC2 - Other", "EBS:VolumeUsage.gp3", 0.07, "steady", "monthly"],
  ["EC2 - Other", "NatGateway-Bytes", 0.03, "shop"],
  ["Amazon Relational Database Service", "InstanceUsage:db.r6g.xl", 0.13, "steady"],
  ["Amazon Relational Database Service", "RDS:GP3-Storage", 0.03, "steady", "monthly"],
  ["Amazon Simple Storage Service", "TimedStorage-ByteHrs", 0.09, "steady", "monthly"],
  ["Amazon Simple Storage Service", "Requests-Tier1", 0.02, "shop"],
  ["AWS Lambda", "Lambda-GB-Second", 0.05, "shop"],
  ["AWS Lambda", "Request", 0.01, "shop"],
  ["AmazonCloudWatch", "DataProcessing-Bytes", 0.04, "office"],
  ["AWS Glue", "ETL-DPU-Hour", 0.06, "batch"],
  ["Amazon DynamoDB", "WriteRequestUnits", 0.04, "shop"],
  ["Amazon SageMaker", "Train:ml.p3.2xlarge", 0.03, "office", "sparse"],
  ["Amazon Textract", "AnalyzeDocument", 0.01, "office", "sparse"],
  ["AWS Key Management Service", "KMS-Requests", 0.004, "steady"],
  ["Amazon Route 53", "HostedZone", 0.002, "steady"],
  ["AWS Secrets Manager", "SecretsManager", 0.004, "steady", "monthly"],
];

const centers = ["Storefront", "Logistics", "Data", "Corporate"];
const DAILY_COST = 1_000;
const MILLION = 1e6;

/**
 * The bill of an invented account in which nothing unusual happens: weeks, growth, noise that lasts a few days, services
 * that are used now and then, public holidays in offices, monthly fees on the 1st and the 3rd, support, tax and a credit.
 */
export function generatedAccount(options: GeneratedAccountOptions): AccountLines {
  const { seed, first, months, noise = 0.05, growth = 0.2, feeOnThird = 0.05, credit = 0.02 } = options;
  const random = randomOf(seed);
  const days = daysOf(first, months);
  const usage = meters.flatMap(([service, usageType, share, week, kind]) => {
    const price = 0.01 + random.uniform();
    return centers
      .filter(() => random.uniform() < 0.5)
      .map((costCenter, at, own): AccountLine => {
        const amount = (share * DAILY_COST * (0.6 + 0.8 * random.uniform())) / own.length;
        const pattern = {
          week: weeks[week],
          noise,
          growth,
          isSparse: kind === "sparse",
          isOffice: week === "office",
        };
        const quantities = quantitiesOf(days, amount / price, pattern, random);
        const costs = quantities.map((quantity, day) =>
          Math.round(
            quantity *
              price *
              MILLION *
              (kind === "monthly" ? 30.4 / daysInMonth(monthOf(days[day] ?? "")) : 1),
          ),
        );
        const workload = `${costCenter.toLowerCase()}-${at}`;
        return {
          service,
          usageType,
          costCenter,
          workload,
          chargeType: "Usage",
          unit: "Hrs",
          costs,
          quantities,
        };
      });
  });
  return { first: firstDay(first), lines: [...usage, ...monthlyLines(usage, days, { feeOnThird, credit })] };
}

interface Pattern {
  readonly week: readonly number[];
  readonly noise: number;
  readonly growth: number;
  readonly isSparse: boolean;
  readonly isOffice: boolean;
}

function quantitiesOf(
  days: readonly Day[],
  amount: number,
  pattern: Pattern,
  { uniform, normal }: RandomNumbers,
) {
  const { week, noise, growth, isSparse, isOffice } = pattern;
  let drift = 0;
  return days.map((day, at) => {
    drift = 0.4 * drift + noise * Math.sqrt(1 - 0.16) * normal();
    if (isSparse && uniform() > 0.15) return 0;
    const weekday = isOffice && isHoliday(day) ? 6 : weekdayOf(day);
    const level = amount * (1 + growth) ** (at / 365) * (isSparse ? 0.3 + 2 * uniform() : 1);
    return Math.max(0, level * (week[weekday] ?? 1) * Math.exp(drift));
  });
}

/** What is billed once a month: it belongs to the account as a whole. */
function monthlyLines(
  usage: readonly AccountLine[],
  days: readonly Day[],
  { feeOnThird, credit }: { readonly feeOnThird: number; readonly credit: number },
): readonly AccountLine[] {
  const byMonth = new Map<Month, number>();
  for (const { costs } of usage) {
    for (const [at, cost] of costs.entries()) {
      const month = monthOf(days[at] ?? "");
      byMonth.set(month, (byMonth.get(month) ?? 0) + cost);
    }
  }
  const firstMonth = byMonth.values().next().value ?? 0;
  const line = (
    service: string,
    chargeType: string,
    date: string,
    amountOf: (month: Month) => number,
  ): AccountLine => ({
    service,
    usageType: chargeType === "Tax" ? "NoUsageType" : `${chargeType}:${date}`,
    costCenter: "Uncategorized",
    workload: "Untagged",
    chargeType,
    unit: null,
    costs: days.map((day) => (day.endsWith(date) ? Math.round(amountOf(monthOf(day))) : 0)),
    quantities: null,
  });
  return [
    line("Amazon Elastic Compute Cloud - Compute", "RIFee", "-01", () => 0.12 * firstMonth),
    line("AWS Support (Business)", "Usage", "-01", (month) => 0.07 * (byMonth.get(month) ?? 0)),
    line("Tax", "Tax", "-01", (month) => 0.081 * 1.2 * (byMonth.get(month) ?? 0)),
    line("Monitoring from the Marketplace", "Fee", "-03", () => feeOnThird * firstMonth),
    line("Amazon Relational Database Service", "Credit", "-15", () => -credit * firstMonth),
  ].filter(({ costs }) => costs.some((cost) => cost !== 0));
}

export interface Injection {
  /** The line that changes: its place in the account. */
  readonly line: number;
  readonly from: Day;
  readonly days: number;
  readonly factor: number;
  readonly what: "price" | "quantity";
}

/** The account with a jump: the costs of one line times a factor, for some days. */
export function withJump(account: AccountLines, { line, from, days, factor, what }: Injection): AccountLines {
  const start = daysIn({ start: account.first, end: from });
  const jumped = (values: readonly number[]) =>
    values.map((value, at) => (at >= start && at < start + days ? value * factor : value));
  return {
    ...account,
    lines: account.lines.map((one, at) =>
      at !== line
        ? one
        : {
            ...one,
            costs: jumped(one.costs).map(Math.round),
            quantities: what === "price" || one.quantities === null ? one.quantities : jumped(one.quantities),
          },
    ),
  };
}

function daysOf(first: Month, months: number): readonly Day[] {
  const days: Day[] = [];
  let [day, left] = [firstDay(first), months];
  while (left > 0) {
    days.push(day);
    const next = addDays(day, 1);
    if (monthOf(next) !== monthOf(day)) left -= 1;
    day = next;
  }
  return days;
}

/** 0 is Monday. */
const weekdayOf = (day: Day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const isHoliday = (day: Day) => /-(01-01|05-01|12-25|12-26)$/.test(day);
