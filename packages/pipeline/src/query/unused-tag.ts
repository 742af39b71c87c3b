import { monthWindow, windowOf } from "@dapanoskop/core/calendar";
import { isEmpty } from "@dapanoskop/core/ledger";
import { type CostSource, CostSourceError } from "@dapanoskop/core/source";
import { listed, quoted } from "@dapanoskop/core/text";
import type { CollectionPlan } from "../plan/index.ts";
import type { Answers } from "./answers.ts";

/** The most tag keys that a warning names. */
const NAMED = 20;

/**
 * A warning where no charge of the published months carries the configured tag, with the tag keys that there are: a sentence;
 * `null` where a charge carries it. Only then the source is asked for its tag keys, which may fail: the months are published
 * as untagged.
 */
export async function unusedTagWarning(
  { months, at, config: { tagKey } }: CollectionPlan,
  { bills }: Answers,
  source: CostSource,
): Promise<string | null> {
  const used = months.flatMap((month) => {
    const bill = bills.get(month);
    return bill === undefined || isEmpty(bill) ? [] : [bill];
  });
  const [newest] = used;
  const oldest = used.at(-1);
  if (newest === undefined || oldest === undefined) return null;
  if (used.some(({ workloads }) => workloads.some(({ workload }) => workload !== null))) return null;
  const span = newest === oldest ? newest.period : `${oldest.period} to ${newest.period}`;
  const window = { start: monthWindow(oldest.period).start, end: windowOf(newest.period, at).end };
  return `No charge of ${span} carries the tag ${quoted(tagKey)}: all cost is Untagged. ${await advice(source, window, tagKey)}`;
}

async function advice(
  source: CostSource,
  window: { start: string; end: string },
  tagKey: string,
): Promise<string> {
  try {
    const keys = await source.tagKeys?.(window);
    if (keys === undefined) return "Name a tag key that charges carry; upper and lower case differ.";
    if (keys.length === 0)
      return "These charges carry no tag at all: tag resources, and activate the tag for cost allocation.";
    const near = (key: string) => key.toLowerCase().includes(tagKey.toLowerCase());
    const nearest = [...keys.filter(near), ...keys.filter((key) => !near(key))];
    const named = nearest.slice(0, NAMED).map((key) => quoted(key));
    const more = keys.length - named.length;
    const all = more === 0 ? listed(named) : `${named.join(", ")} and ${more} more`;
    return `Upper and lower case differ. The tag keys of these charges: ${all}. Name one of them as the tag key.`;
  } catch (failure) {
    if (!(failure instanceof CostSourceError)) throw failure;
    return `The tag keys that there are could not be listed. ${failure.message}`;
  }
}
