import { jsonText } from "@dapanoskop/core/insight/render";
import { findingsDocument, findingsOf, renderFindings, summaryOf } from "@dapanoskop/doctor";
import { type CollectConfig, collectionOptions, optionValues } from "@dapanoskop/pipeline/options";
import type { CommandContext } from "../command-context.ts";
import { accountFacts } from "../doctor/account-facts.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { progressTo } from "../progress.ts";
import type { doctorDefinition } from "./doctor-definition.ts";

/** `dapanoskop doctor`: what stands in the way of a first collection. */
export async function doctor(
  values: CommandValues<typeof doctorDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const config: CollectConfig = optionValues(collectionOptions, (_, name) => values[name]);
  const event = {
    at: values.at ?? context.runtime.clock.now(),
    backfill: values.backfill ?? 0,
    force: false,
  };
  const progress = progressTo(context.err);
  if (context.err.isTerminal) progress.update("Asking AWS");
  const facts = await accountFacts(values.store, event, config, context).finally(progress.done);
  const findings = findingsOf(facts);
  context.out.write(
    values.json
      ? jsonText(findingsDocument(findings, facts))
      : `${renderFindings(findings, context.out.columns)}\n${summaryOf(findings, facts)}\n`,
  );
  return findings.some(({ level }) => level === "blocks") ? exitCode.failed : exitCode.done;
}
