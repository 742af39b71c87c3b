import type { Instant } from "@dapanoskop/core/calendar";
import { moneyText, parseMoney } from "@dapanoskop/core/money";
import { accuracyOf, type PlanScore, type PlanScores } from "@dapanoskop/core/plan";
import { compareKeys } from "@dapanoskop/core/source";
import { StateError, type StateRecord, type StateStore } from "@dapanoskop/core/state";
import * as v from "valibot";
import type { Owner } from "../owner.ts";

const subject = { kind: v.picklist(["workload", "resource"]), name: v.string(), types: v.array(v.string()) };

const schema = v.object({
  schema: v.literal(1),
  plan: v.string(),
  project: v.string(),
  applied_on: v.string(),
  scored_at: v.string(),
  currency: v.string(),
  /** Money is decimal text of a month of 730 hours; the accuracy is in tenths of a percent. */
  scores: v.array(v.object({ ...subject, predicted: v.string(), actual: v.string(), permille: v.number() })),
  left_out: v.array(v.object({ ...subject, reason: v.string() })),
});

/** How near a plan was to the bill. A later score of the same plan replaces it. */
export type KeptPlanScore = v.InferOutput<typeof schema>;

const partitionOf = (owner: Owner): string => `score#${owner}`;
const ATTEMPTS = 10;

/** @throws StateError */
export async function keepPlanScore(
  state: StateStore,
  owner: Owner,
  {
    plan,
    project,
    appliedOn,
  }: { readonly plan: string; readonly project: string; readonly appliedOn: string },
  { scores, leftOut }: PlanScores,
  { at, currency }: { readonly at: Instant; readonly currency: string },
): Promise<KeptPlanScore> {
  const kept: KeptPlanScore = {
    schema: 1,
    plan,
    project,
    applied_on: appliedOn,
    scored_at: at,
    currency,
    scores: scores.map(({ kind, name, types, predicted, actual, permille }) => ({
      kind,
      name,
      types: [...types],
      predicted: moneyText(predicted),
      actual: moneyText(actual),
      permille,
    })),
    left_out: leftOut.map(({ kind, name, types, reason }) => ({ kind, name, types: [...types], reason })),
  };
  const key = { partition: partitionOf(owner), sort: plan };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const current = await state.get(key);
    const value = { value: kept, expiresAt: null };
    const { outcome } = await (current === null
      ? state.putIfAbsent(key, value)
      : state.putIfVersion(key, value, current.version));
    if (outcome === "written") return kept;
  }
  throw new StateError(
    "throttled",
    `The score of ${plan} was changed by others ${ATTEMPTS} times. Score again.`,
  );
}

/** The scores of an owner, by plan. @throws StateError */
export const keptPlanScores = async (state: StateStore, owner: Owner): Promise<readonly KeptPlanScore[]> =>
  (await state.list(partitionOf(owner))).map(keptScoreIn);

/** How near the predictions of a project or a resource type were. Money is decimal text. */
export interface PlanAccuracy {
  readonly name: string;
  readonly currency: string;
  readonly scores: number;
  readonly predicted: string;
  readonly actual: string;
  readonly permille: number;
}

/** By project. @param kept of one owner */
export const accuracyByProject = (kept: readonly KeptPlanScore[]): readonly PlanAccuracy[] =>
  accuracies(kept, (_, { project }) => project);

/** By Terraform type: of subjects that have one type alone, because the bill does not tell the types of a workload apart. */
export const accuracyByType = (kept: readonly KeptPlanScore[]): readonly PlanAccuracy[] =>
  accuracies(kept, ({ types }) => (types.length === 1 ? (types[0] ?? null) : null));

function accuracies(
  kept: readonly KeptPlanScore[],
  nameOf: (score: PlanScore, kept: KeptPlanScore) => string | null,
): readonly PlanAccuracy[] {
  const groups = new Map<
    string,
    { readonly name: string; readonly currency: string; readonly scores: PlanScore[] }
  >();
  for (const record of kept) {
    const { currency } = record;
    for (const one of record.scores) {
      const money = (text: string) => parseMoney(text, currency);
      const score = { ...one, predicted: money(one.predicted), actual: money(one.actual) };
      const name = nameOf(score, record);
      if (name === null) continue;
      const key = JSON.stringify([name, currency]);
      const group = groups.get(key) ?? { name, currency, scores: [] };
      group.scores.push(score);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .flatMap(({ name, currency, scores }) => {
      const accuracy = accuracyOf(scores);
      if (accuracy === null) return [];
      const { predicted, actual, permille } = accuracy;
      return [
        {
          name,
          currency,
          scores: scores.length,
          predicted: moneyText(predicted),
          actual: moneyText(actual),
          permille,
        },
      ];
    })
    .sort((a, b) => compareKeys(a.name, b.name) || compareKeys(a.currency, b.currency));
}

function keptScoreIn({ key, value }: StateRecord): KeptPlanScore {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new StateError(
    "corrupt",
    `The record ${key.sort} of ${key.partition} is no score that this version can read. Update Dapanoskop, or remove the record.`,
  );
}
