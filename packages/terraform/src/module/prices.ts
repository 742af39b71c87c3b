import type { Values } from "../../../../infra/inputs.ts";
import { type EvaluatedResource, evaluate } from "../evaluate.ts";
import type { Synthesis } from "../synthesis/synthesizer.ts";
import { ASSUMED, FREE, PRICES, type Price, type PriceName } from "./price-list.ts";

/** A month's cost of one item, in whole cents: every line is rounded up. */
export interface PriceLine {
  readonly name: PriceName;
  readonly price: Price;
  readonly quantity: number;
  readonly cents: number;
  /** The cost in an account where nothing else uses the free tier. */
  readonly centsAlone: number;
}

type Resources = readonly EvaluatedResource[];
type Quantities = Partial<Record<PriceName, number>>;

/**
 * A month's cost of the module with these inputs, line by line.
 * @throws Error for a type of resource without a price
 */
export function priceLines(synthesis: Synthesis, inputs: Partial<Values> = {}): readonly PriceLine[] {
  const resources = evaluate(synthesis, { inputs }).resources.filter(({ mode }) => mode === "resource");
  const types = [...new Set(resources.map(({ type }) => type))];
  const quantities = added(
    types.map((type) => {
      const usage = USAGE[type] ?? (Object.hasOwn(FREE, type) ? () => ({}) : null);
      if (usage === null) {
        throw new Error(
          `${type} has no price. Add its quantities to packages/terraform/src/module/prices.ts, or the reason why it is free to price-list.ts.`,
        );
      }
      return usage(resources.filter((one) => one.type === type));
    }),
  );
  return (Object.keys(PRICES) as PriceName[]).flatMap((name) => {
    const quantity = quantities[name];
    return quantity === undefined ? [] : [line(name, quantity)];
  });
}

function line(name: PriceName, quantity: number): PriceLine {
  const price = PRICES[name];
  const cents = (units: number) => Math.ceil((units / price.per) * price.usd * 100 - 1e-6);
  return {
    name,
    price,
    quantity,
    cents: cents(quantity),
    centsAlone: cents(Math.max(0, quantity - price.free)),
  };
}

const visits = ASSUMED.readers * ASSUMED.visitsOfAReader;
const plans = ASSUMED.days * ASSUMED.plansADay;
const apiRequests = visits * ASSUMED.apiRequestsOfAVisit + plans;
const mailsAMonth = ASSUMED.days * ASSUMED.reportRecipients;

/** The quantities that a month uses because of the resources of a type. */
const USAGE: Readonly<Record<string, (resources: Resources) => Quantities>> = {
  aws_lambda_function: (functions) => added(functions.map(ofFunction)),
  aws_kms_key: (keys) => ({
    key: keys.length,
    ...(keys.some(({ args }) => args.key_usage === "SIGN_VERIFY")
      ? { signature: visits * ASSUMED.sessionRequestsOfAVisit }
      : {}),
  }),
  aws_s3_bucket: (buckets) => added(buckets.map(ofBucket)),
  aws_apigatewayv2_api: () => ({ apiRequest: apiRequests }),
  aws_cloudfront_distribution: () => ({
    cdnRequest: visits * ASSUMED.fileRequestsOfAVisit,
    cdnTraffic: visits * ASSUMED.gbOfAVisit,
  }),
  aws_cloudfront_function: () => ({ cdnFunction: visits * ASSUMED.fileRequestsOfAVisit }),
  aws_cloudwatch_dashboard: ({ length }) => ({ dashboard: length }),
  aws_cloudwatch_log_group: (groups) => ({
    logged: groups.length * ASSUMED.gbLoggedByAFunction,
    kept:
      sum(groups.map(({ args }) => Number(args.retention_in_days) / ASSUMED.days)) *
      ASSUMED.gbLoggedByAFunction,
  }),
  aws_cloudwatch_metric_alarm: ({ length }) => ({ alarm: length }),
  // The topic of SES's events sends no mail, and a million publications are free.
  aws_sns_topic: (topics) => ({
    mail: topics.filter(({ name }) => name !== "mail_events").length * ASSUMED.mailsOfATopic,
  }),
  aws_sesv2_configuration_set: () => ({ sentMail: mailsAMonth }),
  aws_dynamodb_table: () => ({
    state: ASSUMED.days * ASSUMED.stateRequestsADay,
    stateKept: ASSUMED.gbOfTheState,
    stateBackup: ASSUMED.gbOfTheState,
  }),
  aws_sqs_queue: ({ length }) => ({ queue: length * ASSUMED.deadLetters }),
};

function ofFunction({ name, args }: EvaluatedResource): Quantities {
  const gb = Number(args.memory_size) / 1024;
  const runs = (count: number, seconds: number) => ({
    lambdaRequest: count,
    lambdaTime: count * gb * seconds,
    trace: count,
  });
  const metric = (count: number) => (count * ASSUMED.hoursOfMetricsADay) / 24;
  // As if every scheduled run took its whole timeout.
  const timeout = Number(args.timeout);
  if (name === "collect") {
    return {
      costExplorer: ASSUMED.days * ASSUMED.costExplorerRequestsADay,
      metric: metric(ASSUMED.metrics),
      ...runs(ASSUMED.days, timeout),
    };
  }
  if (name === "session") return runs(visits * ASSUMED.sessionRequestsOfAVisit, ASSUMED.sessionSeconds);
  if (name === "report") {
    const metrics = metric(ASSUMED.reportMetrics * ASSUMED.reportRunsADay);
    return { metric: metrics, ...runs(ASSUMED.days * ASSUMED.reportRunsADay, timeout) };
  }
  if (name === "mail_events") {
    return { metric: metric(ASSUMED.mailMetrics), ...runs(mailsAMonth * ASSUMED.eventsOfAMail, 1) };
  }
  if (name === "api") {
    // A request reads or writes a record of the table.
    const usage = { costExplorer: ASSUMED.days * ASSUMED.apiCostQueriesADay, state: apiRequests };
    return { ...usage, ...runs(apiRequests, ASSUMED.apiSeconds) };
  }
  throw new Error(
    `The number of runs of the function ${name} is unknown. Add it to packages/terraform/src/module/prices.ts.`,
  );
}

function ofBucket({ name }: EvaluatedResource): Quantities {
  if (name === "data") {
    return {
      stored: 365 * ASSUMED.gbPublishedADay,
      put: ASSUMED.days * ASSUMED.putsADay,
      get: visits * ASSUMED.originRequestsOfAVisit,
    };
  }
  if (name === "plans") return { stored: ASSUMED.gbOfPlans, put: plans, get: plans };
  if (name === "app") return { stored: ASSUMED.gbOfThePage };
  throw new Error(
    `The size of the bucket ${name} is unknown. Add it to packages/terraform/src/module/prices.ts.`,
  );
}

const added = (all: readonly Quantities[]): Quantities => {
  const names = new Set(all.flatMap((one) => Object.keys(one) as PriceName[]));
  return Object.fromEntries([...names].map((name) => [name, sum(all.map((one) => one[name] ?? 0))]));
};

export const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
