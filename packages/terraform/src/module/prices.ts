import type { Values } from "../../../../infra/inputs.ts";
import { type EvaluatedResource, evaluate } from "../evaluate.ts";
import type { Recording } from "../symbols/recorder.ts";
import { ASSUMED, FREE, PRICES, type Price, type PriceName } from "./price-list.ts";

/** What something costs in a month, in whole cents: every line is rounded up. */
export interface PriceLine {
  readonly name: PriceName;
  readonly price: Price;
  readonly quantity: number;
  readonly cents: number;
  /** What is left to pay in an account where nothing else uses up the free tier. */
  readonly centsAlone: number;
}

type Resources = readonly EvaluatedResource[];
type Quantities = Partial<Record<PriceName, number>>;

/**
 * A month's price of what a recording makes for some inputs, line by line.
 * @throws Error at a type of resource of which nobody has said what it costs
 */
export function priceLines(recording: Recording, inputs: Partial<Values> = {}): readonly PriceLine[] {
  const resources = evaluate(recording, { inputs }).resources.filter(({ mode }) => mode === "resource");
  const quantities = new Map<PriceName, number>();
  for (const type of new Set(resources.map((one) => one.type))) {
    const some = resources.filter((one) => one.type === type);
    for (const [name, quantity] of Object.entries(quantitiesOf(type, some))) {
      const known = quantities.get(name as PriceName) ?? 0;
      quantities.set(name as PriceName, known + quantity);
    }
  }
  return (Object.keys(PRICES) as PriceName[]).flatMap((name) => {
    const quantity = quantities.get(name);
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

/** How much of what a month uses, because of resources of a type. */
function quantitiesOf(type: string, resources: Resources): Quantities {
  switch (type) {
    case "aws_lambda_function":
      return resources.map(ofFunction).reduce(added, {});
    case "aws_kms_key": {
      const signs = resources.some(({ args }) => args.key_usage === "SIGN_VERIFY");
      return {
        key: resources.length,
        ...(signs ? { signature: visits * ASSUMED.sessionRequestsOfAVisit } : {}),
      };
    }
    case "aws_s3_bucket":
      return resources.map(ofBucket).reduce(added, {});
    case "aws_cloudfront_distribution":
      return { cdnRequest: visits * ASSUMED.fileRequestsOfAVisit, cdnTraffic: visits * ASSUMED.gbOfAVisit };
    case "aws_cloudfront_function":
      return { cdnFunction: visits * ASSUMED.fileRequestsOfAVisit };
    case "aws_cloudwatch_dashboard":
      return { dashboard: resources.length };
    case "aws_cloudwatch_log_group": {
      const kept = resources.map(({ args }) => Number(args.retention_in_days) / ASSUMED.days);
      return {
        logged: resources.length * ASSUMED.gbLoggedByAFunction,
        kept: sum(kept) * ASSUMED.gbLoggedByAFunction,
      };
    }
    case "aws_cloudwatch_metric_alarm":
      return { alarm: resources.length };
    case "aws_sns_topic":
      return { mail: resources.length * ASSUMED.mailsOfATopic };
    case "aws_sqs_queue":
      return { queue: resources.length * ASSUMED.deadLetters };
    default:
      if (Object.hasOwn(FREE, type)) return {};
      throw new Error(
        `Nobody has said what ${type} costs. Give it a line in packages/terraform/src/module/prices.ts, or say in price-list.ts why it costs nothing.`,
      );
  }
}

function ofFunction({ name, args }: EvaluatedResource): Quantities {
  const gb = Number(args.memory_size) / 1024;
  if (name === "collect") {
    return {
      costExplorer: ASSUMED.days * ASSUMED.costExplorerRequestsADay,
      metric: (ASSUMED.metrics * ASSUMED.hoursOfMetricsADay) / 24,
      lambdaRequest: ASSUMED.days,
      // As if every run took all the time that it is given.
      lambdaTime: ASSUMED.days * gb * Number(args.timeout),
    };
  }
  if (name === "session") {
    const requests = visits * ASSUMED.sessionRequestsOfAVisit;
    return { lambdaRequest: requests, lambdaTime: requests * gb * ASSUMED.sessionSeconds };
  }
  throw new Error(
    `Nobody has said how often the function ${name} runs. Tell packages/terraform/src/module/prices.ts.`,
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
  if (name === "app") return { stored: ASSUMED.gbOfThePage };
  throw new Error(
    `Nobody has said what the bucket ${name} holds. Tell packages/terraform/src/module/prices.ts.`,
  );
}

const added = (one: Quantities, other: Quantities): Quantities => ({
  ...one,
  ...Object.fromEntries(
    Object.entries(other).map(([name, quantity]) => [name, (one[name as PriceName] ?? 0) + quantity]),
  ),
});

export const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
