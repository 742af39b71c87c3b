import type { Instant } from "@dapanoskop/core/calendar";
import { type IgnoreRule, parseIgnoreRule } from "@dapanoskop/core/drift";
import { StateError, type StateRecord, type StateStore } from "@dapanoskop/core/state";
import { sha256Hex } from "@dapanoskop/core/store";
import * as v from "valibot";
import type { Owner } from "../owner.ts";

const schema = v.object({
  schema: v.literal(1),
  id: v.string(),
  project: v.string(),
  rule: v.string(),
  created_at: v.string(),
});

/** An ignore rule of a project. It counts from the next scan on. */
export type KeptIgnoreRule = v.InferOutput<typeof schema>;

const RULES = "rule#";

const partitionOf = (owner: Owner, project: string): string => `drift#${owner}#${project}`;

/** The rules of a project, in the order of their ids. @throws StateError */
export async function keptIgnoreRules(
  state: StateStore,
  owner: Owner,
  project: string,
): Promise<readonly KeptIgnoreRule[]> {
  const records = await state.list(partitionOf(owner, project), RULES);
  return records.filter(({ key }) => key.sort.startsWith(RULES)).map(keptRuleIn);
}

/**
 * Adds a rule to a project. The same rule is kept once, with when it was added first.
 * @throws IgnoreRuleError where the text is no rule, StateError
 */
export async function addIgnoreRule(
  state: StateStore,
  owner: Owner,
  { project, rule, at }: { readonly project: string; readonly rule: string; readonly at: Instant },
): Promise<KeptIgnoreRule> {
  const { text } = parseIgnoreRule(rule);
  const id = (await sha256Hex(new TextEncoder().encode(`${project}\n${text}`))).slice(0, 32);
  const key = { partition: partitionOf(owner, project), sort: `${RULES}${id}` };
  const kept: KeptIgnoreRule = { schema: 1, id, project, rule: text, created_at: at };
  const { outcome } = await state.putIfAbsent(key, { value: kept, expiresAt: null });
  const existing = outcome === "refused" ? await state.get(key) : null;
  return existing === null ? kept : keptRuleIn(existing);
}

/** Removes a rule. @returns whether there was one @throws StateError */
export async function removeIgnoreRule(
  state: StateStore,
  owner: Owner,
  project: string,
  id: string,
): Promise<boolean> {
  if (!/^[0-9a-f]{32}$/.test(id)) return false;
  const key = { partition: partitionOf(owner, project), sort: `${RULES}${id}` };
  const record = await state.get(key);
  return record !== null && (await state.remove(key, record.version)).outcome === "removed";
}

/** The rules as `driftOf` takes them. */
export const ignoreRulesIn = (kept: readonly KeptIgnoreRule[]): readonly IgnoreRule[] =>
  kept.map(({ rule }) => parseIgnoreRule(rule));

function keptRuleIn({ key, value }: StateRecord): KeptIgnoreRule {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new StateError(
    "corrupt",
    `The record ${key.sort} of ${key.partition} is no ignore rule that this version can read. Update Dapanoskop, or remove the record.`,
  );
}
