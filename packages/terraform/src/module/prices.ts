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
  const quantities = [...new Set(resources.map(({ type }) => type))]
    .map((type) =>
      quantitiesOf(
        type,
        resources.filter((one) => one.type === type),
      ),
    )
    .reduce(added, {});
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

/** The quantities that a month uses because of the resources of a type. */
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
        `${type} has no price. Add its quantities to packages/terraform/src/module/prices.ts, or the reason why it is free to price-list.ts.`,
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
      // As if every run took its whole timeout.
      lambdaTime: ASSUMED.days * gb * Number(args.timeout),
    };
  }
  if (name === "session") {
    const requests = visits * ASSUMED.sessionRequestsOfAVisit;
    return { lambdaRequest: requests, lambdaTime: requests * gb * ASSUMED.sessionSeconds };
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
  if (name === "app") return { stored: ASSUMED.gbOfThePage };
  throw new Error(
    `The size of the bucket ${name} is unknown. Add it to packages/terraform/src/module/prices.ts.`,
  );
}

const added = (one: Quantities, other: Quantities): Quantities => ({
  ...one,
  ...Object.fromEntries(
    Object.entries(other).map(([name, quantity]) => [name, (one[name as PriceName] ?? 0) + quantity]),
  ),
});

export const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
