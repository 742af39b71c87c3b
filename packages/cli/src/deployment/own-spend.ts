import {
  addDays,
  addMonths,
  dayOfInstant,
  firstDay,
  type Instant,
  monthOf,
  type Window,
} from "@dapanoskop/core/calendar";
import { add, type Money } from "@dapanoskop/core/money";
import type { CostSource } from "@dapanoskop/core/source";

/** What all deployments of an account have cost, by the tag that the module gives every resource. */
export interface OwnSpend {
  readonly window: Window;
  /** `null` where no charge has the tag. */
  readonly cost: Money | null;
}

const MONTHS = 12;

/** The tag of every resource of the module; of SST's deployments as well. */
const PROJECT = { key: "Project", value: "Dapanoskop" } as const;

/** One query of one request. @throws CostSourceError */
export async function ownSpend(source: CostSource, now: Instant): Promise<OwnSpend> {
  const today = dayOfInstant(now);
  const window = { start: firstDay(addMonths(monthOf(today), 1 - MONTHS)), end: addDays(today, 1) };
  const { rows } = await source.query({
    window,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [{ by: "tag", key: PROJECT.key }],
    filter: {
      of: { by: "tag", key: PROJECT.key },
      match: "equals",
      caseSensitive: true,
      values: [PROJECT.value],
    },
  });
  const costs = rows.filter(({ keys }) => keys[0] === PROJECT.value).map(({ cost }) => cost);
  const [first, ...others] = costs;
  return { window, cost: first === undefined ? null : others.reduce(add, first) };
}

/** The sentence about it. */
export const spendSentence = ({ window, cost }: OwnSpend, text: (cost: Money) => string): string =>
  cost === null
    ? `No charge since ${window.start} has the tag ${PROJECT.key}=${PROJECT.value}, so what it cost is unknown. Activate ${PROJECT.key} as a cost allocation tag; charges have it from then on.`
    : `All deployments of the account have cost ${text(cost)} since ${window.start}, by the tag ${PROJECT.key}=${PROJECT.value}.`;
