import { accuracyText, planScoreText } from "@dapanoskop/core/insight/plan";
import { jsonText } from "@dapanoskop/core/insight/render";
import { readIndex, storeReader } from "@dapanoskop/dataset";
import {
  accuracyByProject,
  accuracyByType,
  byWorkload,
  changeKeptPlan,
  keptPlan,
  keptPlanScores,
  LOCAL_OWNER,
  type ScoreMethod,
  scoreKeptPlan,
  workloadDays,
} from "@dapanoskop/plans";
import type { CommandContext } from "../command-context.ts";
import { givenBillFile, openBill } from "../cost-sources.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { managedFiles } from "../plan/managed-files.ts";
import { resourceDays } from "../plan/resource-days.ts";
import { openPlanStorage, openStore } from "../store.ts";
import type { planScoreDefinition } from "./plan-score-definition.ts";

type ScoreValues = CommandValues<typeof planScoreDefinition.options>;

/** `dapanoskop plan-score`: what an applied plan predicted against the bill, and the accuracy of all that were scored. */
export async function planScore(values: ScoreValues, context: CommandContext): Promise<number> {
  const storage = await openPlanStorage(values.state);
  const style = { columns: context.out.columns, ansi: context.out.isTerminal };
  const { plan: id, applied } = values;
  if (id === null) {
    const kept = await keptPlanScores(storage.state, LOCAL_OWNER);
    const accuracy = { by_project: accuracyByProject(kept), by_type: accuracyByType(kept) };
    context.out.write(values.format === "json" ? jsonText(accuracy) : accuracyText(accuracy, style));
    return exitCode.done;
  }
  const plan = /^[0-9a-f]{32}$/.test(id) ? await keptPlan(storage, LOCAL_OWNER, id) : null;
  if (plan === null) throw new CommandError(`No plan ${id.slice(0, 60)} is kept in ${values.state}.`);
  if (applied !== null) {
    await changeKeptPlan(storage, LOCAL_OWNER, id, {
      settled: { as: "applied", at: `${applied}T00:00:00Z` },
    });
  }
  const method = await scoreMethod(values, plan.cost.currency, context);
  const score = await scoreKeptPlan(storage, LOCAL_OWNER, id, method, context.runtime.clock.now());
  if (score === null) {
    throw new CommandError(
      `The plan ${id} is not applied. Say when it was by --applied DAY, like 2026-03-08.`,
    );
  }
  context.out.write(values.format === "json" ? jsonText(score) : planScoreText(score, style));
  return exitCode.done;
}

async function scoreMethod(
  values: ScoreValues,
  currency: string,
  context: CommandContext,
): Promise<ScoreMethod> {
  const given = givenBillFile("plan-score", values);
  if (given === null) return publishedWorkloads(values);
  if (values.managed.length === 0) {
    throw new UsageError(
      "plan-score",
      "--bill needs --managed FILE: a state has the ids of the plan's resources.",
    );
  }
  const managed = [...(await managedFiles(values.managed)).values()].flat();
  const bill = await openBill(
    given.path,
    {
      dimensions: ["resourceId"],
      metrics: ["UnblendedCost"],
      tagKeys: [],
      ...(given.provider === null ? {} : { provider: given.provider }),
    },
    context.runtime,
  );
  try {
    const billed = await resourceDays(bill, managed, currency);
    const addresses = new Set(managed.map(({ address }) => address));
    return {
      kind: "resource",
      billed,
      subjectOf: ({ address }) =>
        addresses.has(address)
          ? { subject: address }
          : { reason: "No given state has it, so its id on the bill is not known." },
    };
  } finally {
    await bill.close();
  }
}

async function publishedWorkloads({ store, managed }: ScoreValues): Promise<ScoreMethod> {
  if (managed.length > 0) {
    throw new UsageError("plan-score", "--managed has the ids of resources on a bill; it needs --bill.");
  }
  const artifacts = await openStore(store);
  const index = await readIndex(artifacts);
  const figures = index && (await storeReader(artifacts).dailyFigures(index));
  if (figures === null) {
    throw new CommandError(
      `${store} has no published days. Collect the figures first, or name a bill by --bill.`,
    );
  }
  return byWorkload(workloadDays(figures));
}
