import {
  type DriftDocument,
  DriftError,
  type DriftReport,
  driftDocument,
  driftOf,
  type IgnoreRule,
  IgnoreRuleError,
  parseIgnoreRules,
} from "@dapanoskop/core/drift";
import { ageText } from "@dapanoskop/core/insight";
import { renderDriftText } from "@dapanoskop/core/insight/drift";
import { jsonText } from "@dapanoskop/core/insight/render";
import { isRegion, PlanError, readPlan } from "@dapanoskop/core/plan";
import { type PriceableChange, priceResources } from "@dapanoskop/core/pricing";
import type { StateStore } from "@dapanoskop/core/state";
import { visible } from "@dapanoskop/core/text";
import {
  type DriftScanResult,
  driftProject,
  ignoreRulesIn,
  isProject,
  keptIgnoreRules,
  LOCAL_OWNER,
  recordDriftScan,
} from "@dapanoskop/plans";
import type { CommandContext } from "../command-context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { fileText } from "../plan/file-text.ts";
import { planBytes } from "../plan/plan-bytes.ts";
import { planPrices } from "../plan/plan-prices.ts";
import { openState } from "../store.ts";
import type { driftDefinition } from "./drift-definition.ts";

type DriftCommandValues = CommandValues<typeof driftDefinition.options>;

const SEVERITIES = ["cost", "allocation", "other", "any"];

/** Of the records of state: a longer reason is cut. */
const LONGEST_REASON = 500;

/** `dapanoskop drift`: what changed outside of Terraform, and over the scans of a project. */
export async function drift(values: DriftCommandValues, context: CommandContext): Promise<number> {
  checkValues(values);
  const state = values.project === null ? null : await openState(values.state);
  const result = await scanResult(values, state, context);
  if (state !== null && values.project !== null) await record(state, values.project, result, context);
  if ("reason" in result) {
    context.err.write(`The scan failed: ${visible(result.reason, LONGEST_REASON)}\n`);
    return values.failed === null ? exitCode.failed : exitCode.done;
  }
  const document = driftDocument(result.report);
  const style = { columns: context.out.columns, ansi: context.out.isTerminal };
  context.out.write(values.format === "json" ? jsonText(document) : renderDriftText(document, style));
  return isGated(document, values.failOn) ? exitCode.gate : exitCode.done;
}

function checkValues({ file, failed, project, region, failOn }: DriftCommandValues): void {
  const wrong = (message: string) => new UsageError("drift", message);
  if ((file === null) === (failed === null)) {
    throw wrong("dapanoskop drift needs FILE or --failed REASON, and not both.");
  }
  if (failed !== null && project === null) {
    throw wrong("--failed records a failed scan of a project; it needs --project.");
  }
  if (project !== null && !isProject(project)) {
    throw wrong(
      "--project must have 1 to 50 letters, digits and . _ / -, and begin with a letter or a digit.",
    );
  }
  if (region !== null && !isRegion(region))
    throw wrong("--region must be a region of AWS, like eu-central-1.");
  const unknown = failOn.find((severity) => !SEVERITIES.includes(severity));
  if (unknown !== undefined) {
    throw wrong(
      `--fail-on must be one of ${SEVERITIES.join(", ")}, not ${JSON.stringify(unknown.slice(0, 60))}.`,
    );
  }
}

async function scanResult(
  values: DriftCommandValues,
  state: StateStore | null,
  context: CommandContext,
): Promise<DriftScanResult> {
  const { file, failed } = values;
  if (file === null) return { reason: (failed ?? "").slice(0, LONGEST_REASON) };
  const rules = [...(await rulesOfFile(values.ignore)), ...(await rulesOfProject(values, state))];
  const bytes = await planBytes(file, context);
  try {
    return { report: await reportOf(bytes, values, rules) };
  } catch (error) {
    if (!(error instanceof DriftError || error instanceof PlanError)) throw error;
    return { reason: error.message };
  }
}

async function rulesOfFile(file: string | null): Promise<readonly IgnoreRule[]> {
  if (file === null) return [];
  try {
    return parseIgnoreRules(await fileText(file));
  } catch (error) {
    if (error instanceof IgnoreRuleError) throw new CommandError(`${file}: ${error.message}`);
    throw error;
  }
}

const rulesOfProject = async ({ project }: DriftCommandValues, state: StateStore | null) =>
  state === null || project === null ? [] : ignoreRulesIn(await keptIgnoreRules(state, LOCAL_OWNER, project));

async function reportOf(
  bytes: Uint8Array,
  { store, prices, region, tagKey }: DriftCommandValues,
  rules: readonly IgnoreRule[],
): Promise<DriftReport> {
  const { pricing, allocation } = await planPrices({ store, prices, region, usage: null });
  const price = (changes: readonly PriceableChange[]) =>
    priceResources({
      ...pricing,
      changes: changes.map((change) => ({ ...change, region: change.region ?? region })),
    });
  return driftOf(await readPlan(bytes), { price, tagKey: tagKey ?? allocation.tagKey ?? "App", rules });
}

async function record(
  state: StateStore,
  project: string,
  result: DriftScanResult,
  { err, runtime }: CommandContext,
): Promise<void> {
  const at = runtime.clock.now();
  await recordDriftScan(state, LOCAL_OWNER, { project, at, result });
  if ("report" in result) return;
  const lastGood = (await driftProject(state, LOCAL_OWNER, project))?.last_good ?? null;
  err.write(
    lastGood === null
      ? `No scan of ${project} has succeeded yet.\n`
      : `The last scan that succeeded is ${ageText(lastGood.scanned_at, at)} old (${lastGood.scanned_at}): ${lastGood.status === "drift" ? "there was drift" : "there was no drift"}.\n`,
  );
}

function isGated({ counts, planned_tag_losses }: DriftDocument, severities: readonly string[]): boolean {
  const drifted = {
    cost: counts.cost > 0,
    allocation: counts.allocation > 0 || planned_tag_losses.length > 0,
    other: counts.other > 0,
  };
  return severities.some((severity) =>
    severity === "any" ? Object.values(drifted).includes(true) : drifted[severity as keyof typeof drifted],
  );
}
