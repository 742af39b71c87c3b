import { readArguments } from "../arguments.ts";
import type { CommandContext } from "../command-context.ts";
import type { CommandOptions, CommandValues } from "../options/command-option.ts";
import {
  budgetAddDefinition,
  budgetCheckDefinition,
  budgetExportDefinition,
  budgetListDefinition,
  budgetRemoveDefinition,
  budgetShowDefinition,
  budgetUpdateDefinition,
} from "./budget-definitions.ts";
import { commentDefinition } from "./comment-definition.ts";
import { coverageDefinition } from "./coverage-definition.ts";
import {
  type CommandDefinition,
  collectDefinition,
  demoDefinition,
  emulateDefinition,
  serveDefinition,
  showDefinition,
  verifyDefinition,
} from "./definitions.ts";
import {
  bootstrapStateDefinition,
  demoPrepDefinition,
  startDefinition,
  statusDefinition,
  stopDefinition,
} from "./deployment-definitions.ts";
import { doctorDefinition } from "./doctor-definition.ts";
import { driftDefinition } from "./drift-definition.ts";
import { planDefinition } from "./plan-definition.ts";
import { planScoreDefinition } from "./plan-score-definition.ts";
import { pricesShowDefinition, pricesUpdateDefinition } from "./prices-definitions.ts";
import {
  reportAnswerDefinition,
  reportPreviewDefinition,
  reportSendDefinition,
  reportStatusDefinition,
} from "./report-definitions.ts";
import { reportHtmlDefinition } from "./report-html-definition.ts";
import { scanDefinition } from "./scan-definition.ts";

/** A command of the program. */
export interface Command {
  readonly definition: CommandDefinition;
  /**
   * Reads the arguments, loads the command's code and runs it.
   * @returns the exit code
   * @throws UsageError when the arguments are not understood
   */
  run(argv: readonly string[], context: CommandContext): Promise<number>;
}

/** The code of a command: the values of its options, and what it runs with. */
type Run<Options extends CommandOptions> = (
  values: CommandValues<Options>,
  context: CommandContext,
) => Promise<number>;

const command = <Options extends CommandOptions>(
  definition: CommandDefinition<Options>,
  load: () => Promise<Run<Options>>,
): Command => ({
  definition,
  async run(argv, context) {
    const values = readArguments(definition, argv);
    const runCommand = await load();
    return runCommand(values, context);
  },
});

/** All commands. Each loads only what it needs: `show` loads no AWS SDK, and only a bill file loads DuckDB. */
export const commands: readonly Command[] = [
  command(demoDefinition, async () => (await import("./demo.ts")).demo),
  command(collectDefinition, async () => (await import("./collect.ts")).collect),
  command(doctorDefinition, async () => (await import("./doctor.ts")).doctor),
  command(showDefinition, async () => (await import("./show.ts")).show),
  command(serveDefinition, async () => (await import("./serve.ts")).serve),
  command(emulateDefinition, async () => (await import("./emulate.ts")).emulate),
  command(reportPreviewDefinition, async () => (await import("./report-preview.ts")).reportPreview),
  command(reportSendDefinition, async () => (await import("./report-send.ts")).reportSend),
  command(reportStatusDefinition, async () => (await import("./report-status.ts")).reportStatusCommand),
  command(reportAnswerDefinition, async () => (await import("./report-answer.ts")).reportAnswer),
  command(reportHtmlDefinition, async () => (await import("./report-html.ts")).reportHtml),
  command(planDefinition, async () => (await import("./plan.ts")).plan),
  command(commentDefinition, async () => (await import("./comment.ts")).comment),
  command(planScoreDefinition, async () => (await import("./plan-score.ts")).planScore),
  command(driftDefinition, async () => (await import("./drift.ts")).drift),
  command(coverageDefinition, async () => (await import("./coverage.ts")).coverage),
  command(pricesUpdateDefinition, async () => (await import("./prices-update.ts")).pricesUpdate),
  command(pricesShowDefinition, async () => (await import("./prices-show.ts")).pricesShow),
  command(scanDefinition, async () => (await import("./scan.ts")).scan),
  command(budgetAddDefinition, async () => (await import("./budget-add.ts")).budgetAdd),
  command(budgetListDefinition, async () => (await import("./budget-list.ts")).budgetList),
  command(budgetShowDefinition, async () => (await import("./budget-show.ts")).budgetShow),
  command(budgetUpdateDefinition, async () => (await import("./budget-update.ts")).budgetUpdate),
  command(budgetRemoveDefinition, async () => (await import("./budget-remove.ts")).budgetRemove),
  command(budgetCheckDefinition, async () => (await import("./budget-check.ts")).budgetCheck),
  command(budgetExportDefinition, async () => (await import("./budget-export.ts")).budgetExport),
  command(verifyDefinition, async () => (await import("./verify.ts")).verify),
  command(bootstrapStateDefinition, async () => (await import("./bootstrap-state.ts")).bootstrapState),
  command(startDefinition, async () => (await import("./start.ts")).start),
  command(stopDefinition, async () => (await import("./stop.ts")).stop),
  command(statusDefinition, async () => (await import("./status.ts")).status),
  command(demoPrepDefinition, async () => (await import("./demo-prep.ts")).demoPrep),
];
