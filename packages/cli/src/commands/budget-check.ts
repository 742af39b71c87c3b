import { type BudgetsEvaluation, evaluateBudgets, readBudgetFigures } from "@dapanoskop/budgets";
import { visible } from "@dapanoskop/core/text";
import { alertSender } from "@dapanoskop/report";
import { budgetLine } from "../budget/budget-text.ts";
import type { CommandContext } from "../command-context.ts";
import { errorSentence } from "../error-sentence.ts";
import { exitCode } from "../exit-code.ts";
import { unlessInterrupted } from "../interruption.ts";
import type { CommandValues } from "../options/command-option.ts";
import { checkReportValues } from "../report/check-values.ts";
import { audiencesOf } from "../report/named-audiences.ts";
import { reportChannels } from "../report/report-channels.ts";
import { openState, openStore } from "../store.ts";
import type { budgetCheckDefinition } from "./budget-definitions.ts";

/** `dapanoskop budget check`: evaluates the budgets of all owners and sends the alerts that are due. */
export async function budgetCheck(
  values: CommandValues<typeof budgetCheckDefinition.options>,
  context: CommandContext,
): Promise<number> {
  checkReportValues("budget check", values);
  const { runtime, out } = context;
  const state = await openState(values.state);
  const store = await openStore(values.store);
  const settings = { audiences: await audiencesOf(values), sender: values.sender };
  const senders = { state, channels: reportChannels(values, runtime.clock), runtime };
  const evaluation = await unlessInterrupted(
    context,
    evaluateBudgets(values.at ?? runtime.clock.now(), {
      ...senders,
      figures: (time) => readBudgetFigures(store, time),
      sender: alertSender(settings, senders),
      dashboardUrl: values.dashboard,
    }),
  );
  out.write(evaluationText(evaluation));
  return isTroubled(evaluation) ? exitCode.failed : exitCode.done;
}

function evaluationText({ states, alerts, failures }: BudgetsEvaluation): string {
  const lines = [
    ...states.map(({ state }) => budgetLine(state)),
    ...alerts.map(
      ({ alert, audience, outcome, sending }) =>
        `${alert.budget.id}  alert of ${alert.of} ${alert.percent} % to ${audience}: ${WORDS[outcome]}${sending.reason === null ? "" : `: ${visible(sending.reason, 500)}`}`,
    ),
    ...failures.map(
      ({ budget, audience, error }) =>
        `${budget ?? "budgets of an owner"}${audience === null ? "" : `  alert to ${audience}`}  failed: ${errorSentence(error)}`,
    ),
  ];
  return lines.length === 0 ? "There is no budget.\n" : `${lines.join("\n")}\n`;
}

const WORDS = {
  sent: "SENT",
  failed: "FAILED, the next check tries again",
  unknown: "UNKNOWN, it was sent or not",
  postponed: "postponed to the next check",
  elsewhere: "another run sends it, or has sent it",
} as const satisfies Record<BudgetsEvaluation["alerts"][number]["outcome"], string>;

const isTroubled = ({ unknown, alerts, failures }: BudgetsEvaluation): boolean =>
  unknown > 0 ||
  failures.length > 0 ||
  alerts.some(({ outcome }) => outcome !== "sent" && outcome !== "elsewhere");
