import { StateError, type StateStore } from "@dapanoskop/core/state";
import * as v from "valibot";
import { ownerKey } from "./owner-key.ts";

/** The partition with one record for each owner who ever had a budget: an evaluation finds all budgets by it. */
const PARTITION = "budget-owners";

const ownerSchema = v.object({ owner: v.string() });

/** Records an owner, before the first budget is: a budget without it would never be evaluated. @throws StateError */
export async function addOwner(owner: string, state: StateStore): Promise<void> {
  const key = { partition: PARTITION, sort: await ownerKey(owner) };
  if ((await state.get(key)) !== null) return;
  await state.putIfAbsent(key, { value: { owner }, expiresAt: null });
}

export interface RecordedOwners {
  readonly owners: readonly string[];
  /** Of each record that names no owner: the budgets of the others are evaluated all the same. */
  readonly unreadable: readonly StateError[];
}

/** Every owner who ever had a budget. @throws StateError when the store fails */
export async function budgetOwners(state: StateStore): Promise<RecordedOwners> {
  const owners: string[] = [];
  const unreadable: StateError[] = [];
  for (const { key, value } of await state.list(PARTITION)) {
    const parsed = v.safeParse(ownerSchema, value);
    if (parsed.success) owners.push(parsed.output.owner);
    else {
      const what = `The record ${key.sort} of ${PARTITION} in ${state.place} names no owner`;
      unreadable.push(new StateError("corrupt", `${what}. Update Dapanoskop, or remove the record.`));
    }
  }
  return { owners, unreadable };
}
