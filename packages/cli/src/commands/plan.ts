import { renderComparisonText, renderPlanMarkdown, renderPlanText } from "@dapanoskop/core/insight/plan";
import { jsonText } from "@dapanoskop/core/insight/render";
import {
  comparePlans,
  type GateResult,
  type GateRule,
  GateRuleError,
  gateResult,
  gateRule,
  isRegion,
  type PlanDocument,
  PlanError,
  planReport,
  readPlan,
  redactedPlan,
} from "@dapanoskop/core/plan";
import { UsageFileError } from "@dapanoskop/core/pricing";
import { visible } from "@dapanoskop/core/text";
import { isProject, keepPlan, keptPlan, keptPlanDocument, LOCAL_OWNER } from "@dapanoskop/plans";
import type { CommandContext } from "../command-context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { planBytes } from "../plan/plan-bytes.ts";
import { type PlanPrices, planPrices } from "../plan/plan-prices.ts";
import { openPlanStorage } from "../store.ts";
import type { planDefinition } from "./plan-definition.ts";

type PlanCommandValues = CommandValues<typeof planDefinition.options>;

/** `dapanoskop plan`: what a plan does to the bill, and whether a gate lets it pass. */
export async function plan(values: PlanCommandValues, context: CommandContext): Promise<number> {
  const rules = checkedRules(values);
  const prices = await planPrices(values);
  const bytes = await planBytes(values.file, context);
  const document = await pricedPlan(bytes, values.file, prices);
  const isKeptApproved = values.project !== null && (await keep(document, bytes, values, context));
  const other = values.compare === null ? null : await otherPlan(values.compare, values, prices, context);
  const approved = isKeptApproved ? document.fingerprint : values.approved;
  writeNotes(prices, values, context);
  const gate = rules.length === 0 && approved === null ? null : gateResult(document, rules, approved);
  context.out.write(rendered(document, other, gate, values, context));
  if (gate !== null && values.format === "json") writeGate(gate, context);
  if (document.kind === "errored") return exitCode.failed;
  return gate === null || gate.passed ? exitCode.done : exitCode.gate;
}

function checkedRules({ failOn, region, project, approved }: PlanCommandValues): readonly GateRule[] {
  const wrong = (message: string) => new UsageError("plan", message);
  if (region !== null && !isRegion(region)) {
    throw wrong("--region must be a region of AWS, like eu-central-1.");
  }
  if (project !== null && !isProject(project)) {
    throw wrong(
      "--project must have 1 to 50 letters, digits and . _ / -, and begin with a letter or a digit.",
    );
  }
  if (approved !== null && !/^[0-9a-f]{64}$/.test(approved)) {
    throw wrong("--approved must be a plan's fingerprint: 64 hex digits, as --format json has it.");
  }
  try {
    return failOn.map(gateRule);
  } catch (error) {
    if (error instanceof GateRuleError) throw wrong(`--fail-on: ${error.message}`);
    throw error;
  }
}

async function pricedPlan(
  bytes: Uint8Array,
  name: string,
  { pricing, allocation }: PlanPrices,
): Promise<PlanDocument> {
  try {
    return planReport(await readPlan(bytes), pricing, allocation);
  } catch (error) {
    if (error instanceof PlanError) throw new CommandError(`${nameOf(name)}: ${error.message}`);
    if (error instanceof UsageFileError) throw new CommandError(`The usage file: ${error.message}`);
    throw error;
  }
}

/** What a reader of the amounts should know about where they come from. */
function writeNotes(
  { isPublished, usage: expected }: PlanPrices,
  { store, usage }: PlanCommandValues,
  { err }: CommandContext,
): void {
  if (!isPublished)
    err.write(`! Nothing is published in ${store}: the plan is priced by list prices alone.\n`);
  for (const place of expected?.unread() ?? []) {
    err.write(`! ${visible(`${usage}: ${place}`, 400)} is not used: no resource of the plan asks for it.\n`);
  }
}

const nameOf = (file: string) => (file === "-" ? "standard input" : file);

/** Keeps a redacted plan. @returns whether it is approved where it is kept */
async function keep(
  document: PlanDocument,
  bytes: Uint8Array,
  { project, state }: PlanCommandValues,
  { err, runtime }: CommandContext,
): Promise<boolean> {
  const { plan: kept, isNew } = await keepPlan(await openPlanStorage(state), LOCAL_OWNER, {
    project: project ?? "",
    document,
    redacted: redactedPlan(bytes),
    at: runtime.clock.now(),
  });
  err.write(`${isNew ? "Kept as" : "It was kept before as"} ${kept.id} of project ${kept.project}.\n`);
  return kept.approval !== null;
}

async function otherPlan(
  name: string,
  { state }: PlanCommandValues,
  prices: PlanPrices,
  context: CommandContext,
): Promise<PlanDocument> {
  if (!/^[0-9a-f]{32}$/.test(name)) return pricedPlan(await planBytes(name, context), name, prices);
  const storage = await openPlanStorage(state);
  const kept = await keptPlan(storage, LOCAL_OWNER, name);
  const document = kept === null ? null : await keptPlanDocument(storage, LOCAL_OWNER, kept);
  if (document === null) throw new CommandError(`No plan ${name} is kept in ${state}.`);
  return document;
}

function rendered(
  document: PlanDocument,
  other: PlanDocument | null,
  gate: GateResult | null,
  { format, project }: PlanCommandValues,
  { out }: CommandContext,
): string {
  const comparison = other === null ? null : comparePlans(other, document);
  switch (format) {
    case "json":
      return jsonText(comparison === null ? document : { ...document, comparison });
    case "markdown":
      return renderPlanMarkdown(document, { project, gate, comparison });
    case "text": {
      const style = { columns: out.columns, ansi: out.isTerminal };
      const compared = comparison === null ? "" : renderComparisonText(comparison, style);
      return renderPlanText(document, gate, style) + compared;
    }
  }
}

function writeGate({ passed, reasons }: GateResult, { err }: CommandContext): void {
  for (const reason of reasons) err.write(`${passed ? "Approved" : "The gate fails"}: ${reason}\n`);
}
