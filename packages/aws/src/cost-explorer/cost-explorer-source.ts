import { setTimeout as wait } from "node:timers/promises";
import {
  type CostExplorerClientConfig,
  DescribeCostCategoryDefinitionCommand,
  GetCostAndUsageCommand,
  GetCostCategoriesCommand,
  GetCostForecastCommand,
  ListCostCategoryDefinitionsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cost-explorer";
import type { Window } from "@dapanoskop/core/calendar";
import type { Money } from "@dapanoskop/core/money";
import type { RequestCosts } from "@dapanoskop/core/source";
import {
  type CostAnswer,
  type CostQuery,
  type CostSource,
  CostSourceError,
  type ForecastQuery,
  type SplitCharge,
} from "@dapanoskop/core/source";
import { quoted } from "../quoted.ts";
import {
  CategoryDefinition,
  CategoryDefinitionsPage,
  CategoryNamesPage,
  CostPage,
  Forecast,
  parseAnswer,
} from "./answer-schema.ts";
import { FORECAST_METRICS } from "./aws-names.ts";
import { type Ask, connect, type Timeouts } from "./connection.ts";
import { openAnswer } from "./cost-answer.ts";
import { costInquiry, costRequest, timePeriod } from "./cost-request.ts";
import { forecastTotal } from "./forecast-answer.ts";
import { type Inquiry, type Operation, protocolError } from "./inquiry.ts";
import { oneCurrency, type ReadCost } from "./one-currency.ts";
import { type PageReader, readPages } from "./read-pages.ts";
import type { Host } from "./request-gate.ts";
import { splitChargesOf } from "./split-charges.ts";

/** All times are milliseconds. The endpoint is the SDK's affair: AWS_ENDPOINT_URL and its kin hold. */
export interface CostExplorerOptions extends Partial<Host> {
  /** Default: the SDK's own chain (environment, profile, container, instance role). */
  readonly credentials?: CostExplorerClientConfig["credentials"];
  /** Requests that one run may pay for, at $0.01 each: $5.00 by default. */
  readonly pageCeiling?: number;
  /** Default 5. */
  readonly requestsPerSecond?: number;
  /** Time left until the process is ended, as a Lambda's context tells it. Default: no end. */
  readonly deadline?: () => number;
  /** How long before the deadline no request is made any more, so that what is known can be published. Default 25,000. */
  readonly stopBefore?: number;
  /** Default: 3,000 to connect, 20,000 to answer. */
  readonly timeouts?: Partial<Timeouts>;
  /** Told of every page that was answered. */
  readonly onPage?: (progress: CostExplorerProgress) => void;
}

/** A page has been answered: the how-manieth of its question, and what the run has spent with it. */
export interface CostExplorerProgress {
  readonly operation: Operation;
  readonly window: Window | null;
  /** The question in words. */
  readonly subject: string;
  readonly page: number;
  readonly requestCosts: RequestCosts;
}

export interface CostExplorerSource extends CostSource {
  /** What the source has spent since it was opened. */
  readonly requestCosts: RequestCosts;
}

/** AWS Cost Explorer as a cost source. One instance is one run: it keeps one budget and one currency. */
export function costExplorerSource(options: CostExplorerOptions = {}): CostExplorerSource {
  const { deadline, stopBefore = 25_000, timeouts } = options;
  const connection = connect({
    credentials: options.credentials,
    ceiling: options.pageCeiling ?? 500,
    requestsPerSecond: options.requestsPerSecond ?? 5,
    timeLeft: deadline === undefined ? () => Number.POSITIVE_INFINITY : () => deadline() - stopBefore,
    host: {
      sleep: options.sleep ?? ((milliseconds) => wait(milliseconds)),
      now: options.now ?? (() => performance.now()),
      random: options.random ?? Math.random,
    },
    timeouts: { connection: timeouts?.connection ?? 3_000, request: timeouts?.request ?? 20_000 },
  });
  const door: Door = {
    async call(inquiry, page, ask) {
      const answer = await connection.call(inquiry, ask);
      options.onPage?.({ ...inquiry, page, requestCosts: connection.requestCosts() });
      return answer;
    },
  };
  const readCost = oneCurrency();
  return {
    get requestCosts() {
      return connection.requestCosts();
    },
    query: (question) => ask(door, question, readCost),
    forecast: (question) => forecast(door, question, readCost),
    costCategories: (window) => costCategories(door, window),
    splitCharges: (costCategory) => splitCharges(door, costCategory),
  };
}

/** The connection, with progress told. */
interface Door {
  call<Answer>(inquiry: Inquiry, page: number, ask: Ask<Answer>): Promise<Answer>;
}

function ask(door: Door, question: CostQuery, readCost: ReadCost): Promise<CostAnswer> {
  const inquiry = costInquiry(question);
  return readPages(inquiry, (): PageReader<CostAnswer> => {
    const request = costRequest(question, inquiry);
    const answer = openAnswer(question, inquiry, readCost);
    return {
      async read(token, page) {
        const command = new GetCostAndUsageCommand(
          token === undefined ? request : { ...request, NextPageToken: token },
        );
        const reply = await door.call(inquiry, page, (client, options) => client.send(command, options));
        const { ResultsByTime, NextPageToken } = parseAnswer(CostPage, reply, inquiry, page);
        return {
          next: NextPageToken,
          content: ResultsByTime,
          takeIn: () => answer.take(ResultsByTime, page),
        };
      },
      result: answer.answer,
    };
  });
}

async function forecast(door: Door, question: ForecastQuery, readCost: ReadCost): Promise<Money | null> {
  const { window, metric } = question;
  const inquiry: Inquiry = { operation: "GetCostForecast", window, subject: `DAILY ${metric}` };
  const command = new GetCostForecastCommand({
    TimePeriod: timePeriod(window, inquiry),
    Metric: FORECAST_METRICS[metric],
    // What MONTHLY means for a running month is not documented: the days that remain are asked one by one.
    Granularity: "DAILY",
  });
  try {
    const reply = await door.call(inquiry, 1, (client, options) => client.send(command, options));
    return forecastTotal(parseAnswer(Forecast, reply, inquiry, 1), question, inquiry, readCost);
  } catch (error) {
    // An account younger than a billing cycle has no forecast; that is no failure.
    if (error instanceof CostSourceError && error.failure === "data-unavailable") return null;
    throw error;
  }
}

async function costCategories(door: Door, window: Window): Promise<readonly string[]> {
  const inquiry: Inquiry = {
    operation: "GetCostCategories",
    window,
    subject: "the cost categories with cost",
  };
  const TimePeriod = timePeriod(window, inquiry);
  return readPages(inquiry, (): PageReader<readonly string[]> => {
    const names = new Set<string>();
    return {
      async read(token, page) {
        const command = new GetCostCategoriesCommand({
          TimePeriod,
          ...(token === undefined ? {} : { NextPageToken: token }),
        });
        const reply = await door.call(inquiry, page, (client, options) => client.send(command, options));
        const { CostCategoryNames, NextPageToken } = parseAnswer(CategoryNamesPage, reply, inquiry, page);
        const takeIn = () => {
          for (const name of CostCategoryNames ?? []) {
            if (names.has(name))
              throw protocolError(inquiry, `page ${page} names ${quoted(name)} once more.`);
            names.add(name);
          }
        };
        return { next: NextPageToken, content: CostCategoryNames, takeIn };
      },
      result: () => [...names],
    };
  });
}

async function splitCharges(door: Door, costCategory: string): Promise<readonly SplitCharge[] | null> {
  const arn = await definitionArn(door, costCategory);
  if (arn === null) return null;
  const inquiry: Inquiry = {
    operation: "DescribeCostCategoryDefinition",
    window: null,
    subject: `cost category ${quoted(costCategory)}`,
  };
  const command = new DescribeCostCategoryDefinitionCommand({ CostCategoryArn: arn });
  try {
    const reply = await door.call(inquiry, 1, (client, options) => client.send(command, options));
    const { CostCategory } = parseAnswer(CategoryDefinition, reply, inquiry, 1);
    if (CostCategory.Name !== costCategory) {
      throw protocolError(inquiry, `the definition of ${quoted(CostCategory.Name)} came instead.`);
    }
    return splitChargesOf(costCategory, CostCategory.SplitChargeRules ?? [], inquiry);
  } catch (error) {
    // Deleted between the listing and now.
    if (error instanceof CostSourceError && error.cause instanceof ResourceNotFoundException) return null;
    throw error;
  }
}

/** The definition that is in force now, by its name; `null` when there is none. */
function definitionArn(door: Door, costCategory: string): Promise<string | null> {
  const inquiry: Inquiry = {
    operation: "ListCostCategoryDefinitions",
    window: null,
    subject: `looking for cost category ${quoted(costCategory)}`,
  };
  return readPages(inquiry, (): PageReader<string | null> => {
    let arn: string | null = null;
    return {
      async read(token, page) {
        const command = new ListCostCategoryDefinitionsCommand({
          MaxResults: 100,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const reply = await door.call(inquiry, page, (client, options) => client.send(command, options));
        const { CostCategoryReferences, NextToken } = parseAnswer(
          CategoryDefinitionsPage,
          reply,
          inquiry,
          page,
        );
        const found = CostCategoryReferences.find(({ Name }) => Name === costCategory);
        // Names are unique: what comes after the one that was looked for is not paid for.
        const next = found === undefined ? NextToken : null;
        return {
          next,
          content: CostCategoryReferences,
          takeIn: () => {
            arn = found?.CostCategoryArn ?? null;
          },
        };
      },
      result: () => arn,
    };
  });
}
