import { addDays, dayOfInstant } from "@dapanoskop/core/calendar";
import { sendingsOf } from "@dapanoskop/core/sending";
import { visible } from "@dapanoskop/core/text";
import { type AnomalyAnswer, answerAnomaly, summaryOf } from "@dapanoskop/report";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { openState } from "../store.ts";
import type { reportAnswerDefinition } from "./report-definitions.ts";

/** Reports of so many days can be answered. */
const ANSWERED_DAYS = 90;

/** `dapanoskop report answer`: records whether an anomaly that a report named was one. */
export async function reportAnswer(
  { id, answer, state: place, at }: CommandValues<typeof reportAnswerDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const now = at ?? context.runtime.clock.now();
  const today = dayOfInstant(now);
  const state = await openState(place);
  const sendings = await sendingsOf(state, addDays(today, -ANSWERED_DAYS), today);
  const reported = sendings.flatMap((sending) => {
    const summary = summaryOf(sending);
    return (summary?.anomalies ?? []).map((anomaly) => ({ ...anomaly, day: summary?.day ?? today }));
  });
  const anomaly = reported.findLast((one) => one.id === id);
  if (anomaly === undefined) {
    const known = [...new Set(reported.map((one) => `${one.id} (${visible(one.name, 40)}, ${one.day})`))];
    const names = known.length === 0 ? "They named none." : `They named ${known.slice(-10).join(", ")}.`;
    throw new CommandError(
      `No report of the last ${ANSWERED_DAYS} days in ${state.place} named the anomaly ${JSON.stringify(id.slice(0, 40))}. ${names}`,
    );
  }
  await answerAnomaly(state, { id, day: anomaly.day, answer: answer as AnomalyAnswer }, now);
  context.out.write(`${visible(anomaly.name, 120)} on ${anomaly.day}: ${answer}.\n`);
  return exitCode.done;
}
