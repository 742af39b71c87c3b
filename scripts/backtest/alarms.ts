import { type Anomaly, anomaliesOf } from "@dapanoskop/core/anomaly";
import { addDays, type Day, daysIn } from "@dapanoskop/core/calendar";
import {
  type AccountLine,
  type AccountLines,
  accountFigures,
  type Injection,
  type RandomNumbers,
  randomOf,
  withJump,
} from "@dapanoskop/core/forecast/testing";
import { percent } from "./forecasts.ts";

/** Events of an account from one day to another, each as it is first reported. */
function eventsOf(account: AccountLines, from: Day, to: Day): readonly Anomaly[] {
  const events = new Map<string, Anomaly>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const anomaly of anomaliesOf(accountFigures(account, day), day)) {
      if (!events.has(anomaly.id)) events.set(anomaly.id, anomaly);
    }
  }
  return [...events.values()];
}

export interface QuietTrial {
  readonly name: string;
  readonly accounts: readonly AccountLines[];
  readonly from: Day;
  readonly to: Day;
}

export function quietTable(trials: readonly QuietTrial[]): string {
  const rows = trials.map(({ name, accounts, from, to }) => {
    const months = (accounts.length * (daysIn({ start: from, end: to }) + 1)) / 30.4;
    const events = accounts.flatMap((account) => eventsOf(account, from, to));
    return `| ${name} | ${months.toFixed(0)} | ${events.length} | ${(events.length / months).toFixed(2)} |`;
  });
  return ["| | months | alarms | a month |", "| --- | ---: | ---: | ---: |", ...rows].join("\n");
}

const FACTORS = [1.3, 2, 5];

/** Jumps that are worth less than this part of the account's day are counted apart: most are below the least excess. */
const LARGE = 0.03;

export interface JumpTrial {
  readonly account: AccountLines;
  readonly from: Day;
  readonly to: Day;
}

/** One jump of a random line in each 30 days: how many are found, and how many alarms were of one. */
export function jumpTable(trials: readonly JumpTrial[]): string {
  const heading =
    "| jump | jumps of at least 3 % of the day | found (recall) | all jumps | found | alarms | of a jump (precision) | cause right |";
  const rows = FACTORS.map((factor) => {
    const result = { large: 0, largeFound: 0, jumps: 0, found: 0, alarms: 0, right: 0, causes: 0 };
    for (const [seed, { account, from, to }] of trials.entries()) {
      const { uniform } = randomOf(1000 + seed);
      const jumps = jumpsIn(account, { from, to, factor }, uniform);
      const jumped = jumps.reduce(withJump, account);
      const events = eventsOf(jumped, from, to);
      const right = events.filter((event) => jumps.some((jump) => isOf(event, jump, account)));
      result.alarms += events.length;
      result.right += right.length;
      for (const jump of jumps) {
        const event = events.find((one) => isOf(one, jump, account));
        const isLarge = sizeOf(jump, account) >= LARGE;
        result.jumps += 1;
        if (isLarge) result.large += 1;
        if (event === undefined) continue;
        result.found += 1;
        if (isLarge) result.largeFound += 1;
        if (event.cause === jump.what) result.causes += 1;
      }
    }
    const { large, largeFound, jumps, found, alarms, right, causes } = result;
    return `| ${factor} × | ${large} | ${share(largeFound, large)} | ${jumps} | ${share(found, jumps)} | ${alarms} | ${share(right, alarms)} | ${share(causes, found)} |`;
  });
  return [heading, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", ...rows].join("\n");
}

const share = (part: number, whole: number) => (whole === 0 ? "–" : `${part} (${percent(part / whole, 0)})`);

/** A jump of one to five days each 30 days, by turns of a price and of a quantity, of usage with a quantity. */
function jumpsIn(
  { lines }: AccountLines,
  { from, to, factor }: { readonly from: Day; readonly to: Day; readonly factor: number },
  uniform: RandomNumbers["uniform"],
): readonly Injection[] {
  const usage = [...lines.keys()].filter((at) => lines[at]?.quantities !== null);
  const count = Math.floor(daysIn({ start: from, end: to }) / 30);
  return Array.from({ length: count }, (_, at) => ({
    line: usage[Math.floor(uniform() * usage.length)] ?? 0,
    from: addDays(from, 30 * at + Math.floor(uniform() * 20)),
    days: 1 + Math.floor(uniform() * 5),
    factor,
    what: at % 2 === 0 ? ("price" as const) : ("quantity" as const),
  }));
}

/** Whether an event is in the service or the cost center of a jump, and of its days. */
function isOf({ scope, day }: Anomaly, jump: Injection, { lines }: AccountLines): boolean {
  const line = lines[jump.line] as AccountLine;
  const name = scope.kind === "usage type" ? scope.service : scope.name;
  const isNamed = name === (scope.kind === "cost center" ? line.costCenter : line.service);
  return isNamed && day >= jump.from && day < addDays(jump.from, jump.days);
}

/** What a jump adds to its first day, as a part of the account's day. */
function sizeOf(jump: Injection, { first, lines }: AccountLines): number {
  const at = daysIn({ start: first, end: jump.from });
  const day = lines.reduce((total, { costs }) => total + (costs[at] ?? 0), 0);
  return ((jump.factor - 1) * (lines[jump.line]?.costs[at] ?? 0)) / day;
}
