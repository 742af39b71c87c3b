import type { Budget } from "@dapanoskop/core/budget";
import type { Instant } from "@dapanoskop/core/calendar";
import { StateError, type StateRecord, type StateStore } from "@dapanoskop/core/state";
import * as v from "valibot";
import { BudgetInputError } from "../budget-input-error.ts";
import { addOwner } from "./budget-owners.ts";
import { budgetSchema } from "./budget-record-schema.ts";
import { ownerKey } from "./owner-key.ts";

/** Budgets of one owner. */
const MOST_BUDGETS = 100;

const SCHEMA = 1;

const recordSchema = v.object({
  schema: v.literal(SCHEMA),
  budget: budgetSchema,
  created_at: v.string(),
  updated_at: v.string(),
});

/** A budget with what is recorded beside it. */
export interface KeptBudget {
  readonly budget: Budget;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Names this content: another one after every change. */
  readonly version: string;
}

/** What is recorded of an owner's budgets, by id. */
export interface RecordedBudgets {
  readonly budgets: readonly KeptBudget[];
  /** Records that this version cannot read. */
  readonly unreadable: readonly { readonly id: string; readonly error: StateError }[];
}

/** The budgets of an owner. One that cannot be read holds no other back. @throws StateError when the store fails */
export async function recordedBudgets(owner: string, state: StateStore): Promise<RecordedBudgets> {
  const budgets: KeptBudget[] = [];
  const unreadable: { readonly id: string; readonly error: StateError }[] = [];
  for (const record of await state.list(await partitionOf(owner))) {
    try {
      budgets.push(keptIn(record, state));
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      unreadable.push({ id: record.key.sort, error });
    }
  }
  return { budgets, unreadable };
}

/** The budgets of an owner, every one of them. @throws StateError when one cannot be read */
export async function budgetsOf(owner: string, state: StateStore): Promise<readonly KeptBudget[]> {
  const {
    budgets,
    unreadable: [first],
  } = await recordedBudgets(owner, state);
  if (first !== undefined) throw first.error;
  return budgets;
}

/** A budget of an owner; `null` where the owner has none of that id. @throws StateError */
export async function budgetOf(owner: string, id: string, state: StateStore): Promise<KeptBudget | null> {
  const record = isId(id) ? await state.get(await keyOf(owner, id)) : null;
  return record === null ? null : keptIn(record, state);
}

export interface PutBudgetOptions {
  readonly at: Instant;
  readonly mode: "create" | "replace";
  readonly version?: string;
}

/**
 * Keeps a budget of an owner. One of the same id is replaced.
 * @param mode `create` refuses an id that exists, `replace` one that does not
 * @param version that the budget must still have to be replaced; any where absent
 * @returns `refused` where one of these does not permit it, or another change came first
 * @throws BudgetInputError `too_many`, StateError
 */
export async function putBudget(
  owner: string,
  budget: Budget,
  state: StateStore,
  { at, mode, version }: PutBudgetOptions,
): Promise<"created" | "replaced" | "refused"> {
  const key = await keyOf(owner, budget.id);
  const current = await state.get(key);
  const before = current === null ? null : keptIn(current, state);
  if ((before === null) !== (mode === "create")) return "refused";
  if (version !== undefined && before?.version !== version) return "refused";
  if (mode === "create") await checkCount(owner, state);
  await addOwner(owner, state);
  const value = {
    schema: SCHEMA,
    budget,
    created_at: before?.createdAt ?? at,
    updated_at: at,
  };
  const { outcome } = await (current === null
    ? state.putIfAbsent(key, { value, expiresAt: null })
    : state.putIfVersion(key, { value, expiresAt: null }, current.version));
  if (outcome === "refused") return "refused";
  return before === null ? "created" : "replaced";
}

/** Removes a budget of an owner, whatever it is by then. @returns whether there was one @throws StateError */
export async function deleteBudget(owner: string, id: string, state: StateStore): Promise<boolean> {
  if (!isId(id)) return false;
  const key = await keyOf(owner, id);
  for (let record = await state.get(key); record !== null; record = await state.get(key)) {
    if ((await state.remove(key, record.version)).outcome === "removed") return true;
  }
  return false;
}

async function checkCount(owner: string, state: StateStore): Promise<void> {
  const { length } = await state.list(await partitionOf(owner));
  if (length < MOST_BUDGETS) return;
  throw new BudgetInputError(
    "too_many",
    `There are ${length} budgets, the most that one owner has. Remove one first.`,
  );
}

const isId = (id: string): boolean => /^[a-z0-9-]{1,40}$/.test(id);

const partitionOf = async (owner: string): Promise<string> => `budget#${await ownerKey(owner)}`;

const keyOf = async (owner: string, id: string) => ({ partition: await partitionOf(owner), sort: id });

function keptIn({ key, value, version }: StateRecord, { place }: StateStore): KeptBudget {
  const parsed = v.safeParse(recordSchema, value);
  if (!parsed.success) {
    throw new StateError(
      "corrupt",
      `The record ${key.sort} of ${key.partition} in ${place} is no budget that this version can read. Update Dapanoskop, or remove the record.`,
    );
  }
  const { budget, created_at: createdAt, updated_at: updatedAt } = parsed.output;
  return { budget, createdAt, updatedAt, version };
}
