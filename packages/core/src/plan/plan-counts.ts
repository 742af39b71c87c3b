import type { PlanCounts, ResourceChange } from "./plan.ts";

/** Counts changes by action. Data sources count where they are read during the apply, as Terraform's own summary has it. */
export function planCounts(changes: readonly ResourceChange[], outputs: number): PlanCounts {
  const managed = changes.filter(({ mode }) => mode === "managed");
  const withAction = (action: ResourceChange["action"]) =>
    managed.filter((change) => change.action === action).length;
  return {
    create: withAction("create"),
    update: withAction("update"),
    delete: withAction("delete"),
    replace: withAction("replace"),
    read: changes.filter(({ action }) => action === "read").length,
    import: managed.filter(({ importId }) => importId !== null).length,
    move: managed.filter(isMoved).length,
    forget: withAction("forget"),
    noOp: managed.filter(
      (change) => change.action === "no-op" && !isMoved(change) && change.importId === null,
    ).length,
    outputs,
    other: withAction("other"),
  };
}

const isMoved = ({ previousAddress, address }: ResourceChange) =>
  previousAddress !== null && previousAddress !== address;
