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

/** Every owner who ever had a budget. @throws StateError */
export async function budgetOwners(state: StateStore): Promise<readonly string[]> {
  const records = await state.list(PARTITION);
  return records.map(({ key, value }) => {
    const parsed = v.safeParse(ownerSchema, value);
    if (parsed.success) return parsed.output.owner;
    throw new StateError(
      "corrupt",
      `The record ${key.sort} of ${PARTITION} in ${state.place} names no owner. Update Dapanoskop, or remove the record.`,
    );
  });
}
