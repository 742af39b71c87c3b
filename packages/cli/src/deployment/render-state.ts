import { plainFigures } from "@dapanoskop/core/insight/render";
import { moneyText, rounded } from "@dapanoskop/core/money";
import { counted, visible } from "@dapanoskop/core/text";
import type { SpendAnswer } from "./ask-spend.ts";
import { type DeploymentState, problemsOf } from "./deployment-state.ts";
import type { FoundDeployment } from "./open-deployment.ts";

/** How a deployment is, for a terminal. */
export function renderState(
  { names, place }: Pick<FoundDeployment, "names" | "place">,
  state: DeploymentState,
  spend: SpendAnswer | null,
): string {
  const { schedules, lastRun, data, requestPrice, alarms, host } = state;
  const active = alarms.filter((one) => one.state === "ALARM");
  const rows: readonly (readonly [string, string])[] = [
    ["account", `${place.account}, ${place.region}`],
    ["page", host === null ? "unknown" : `https://${host}`],
    ...schedules.map((one) => ["schedule", scheduleText(one)] as const),
    [
      "last run",
      lastRun === null
        ? "none in 14 days"
        : `${plainFigures.instant(lastRun.at)}, ${lastRun.succeeded ? "succeeded" : "failed"}`,
    ],
    ["data", data === null ? "nothing is published" : dataText(data)],
    [
      "requests",
      requestPrice === null
        ? "no price is known: no run in 30 days"
        : `${plainFigures.units(rounded(requestPrice), "USD")} for Cost Explorer in 30 days`,
    ],
    ...(spend === null ? [] : [["spend", spend.text] as const]),
    [
      "alarms",
      alarms.length === 0
        ? "there are none: set alarm_email"
        : `${active.length === 0 ? "none is active" : active.map(({ name }) => name).join(", ")}, of ${alarms.length}`,
    ],
  ];
  const problems = problemsOf(state);
  const lines = rows.map(([name, text]) => `  ${name.padEnd(10)}${visible(text, 500)}\n`).join("");
  return `Deployment ${names.prefix}\n${lines}${problems.map((one) => `! ${visible(one, 500)}\n`).join("")}`;
}

function scheduleText({ name, expression, enabled, nextRun }: DeploymentState["schedules"][number]): string {
  if (!enabled) return `${name} is paused (${expression}); dapanoskop start resumes it`;
  return nextRun === null
    ? `${name} runs by ${expression}`
    : `${name} runs next on ${plainFigures.instant(nextRun)} (${expression})`;
}

function dataText({
  publishedAt,
  ageHours,
  months,
  completeThrough,
}: NonNullable<DeploymentState["data"]>): string {
  const days = completeThrough === null ? "no day is complete" : `days complete through ${completeThrough}`;
  const [newest, oldest] = [months[0], months.at(-1)];
  return `published ${plainFigures.instant(publishedAt)}, ${counted(ageHours, "hour")} ago; ${oldest} to ${newest}; ${days}`;
}

/** The same for a program. */
export const stateDocument = (
  { names, place }: Pick<FoundDeployment, "names" | "place">,
  state: DeploymentState,
  spend: SpendAnswer | null,
) => ({
  schema: 1,
  name: names.prefix,
  ...place,
  page: state.host === null ? null : `https://${state.host}`,
  schedules: state.schedules.map(({ name, expression, enabled, nextRun }) => ({
    name,
    expression,
    enabled,
    next_run: nextRun,
  })),
  last_run: state.lastRun,
  data:
    state.data === null
      ? null
      : {
          published_at: state.data.publishedAt,
          age_hours: state.data.ageHours,
          months: state.data.months,
          complete_through: state.data.completeThrough,
        },
  request_price_usd_30_days: state.requestPrice === null ? null : moneyText(state.requestPrice),
  spend,
  alarms: state.alarms,
  problems: problemsOf(state),
});
