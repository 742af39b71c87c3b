import { type Fault, type FaultKind, faultKinds, parseFault } from "./fault.ts";

/** The faults of one request, each kind with its value. */
export type ActiveFaults = ReadonlyMap<FaultKind, string | null>;

interface CountedRequest {
  readonly operation: string;
  /** Whether it has a page token. */
  readonly continues: boolean;
  /** Whether it is to STS or Organizations. */
  readonly ofAccount: boolean;
}

/** Activates faults by request. Each fault counts the requests that it can apply to, including retries. */
export interface FaultPlan {
  activate(request: CountedRequest): ActiveFaults;
  add(...faults: readonly (Fault | string)[]): void;
  clear(): void;
}

export function faultPlan(faults: readonly (Fault | string)[]): FaultPlan {
  let counted: { readonly fault: Fault; seen: number }[] = [];
  const plan: FaultPlan = {
    activate({ operation, continues, ofAccount }) {
      const activeFaults = new Map<FaultKind, string | null>();
      for (const count of counted) {
        const { kind, from, times, value, operation: only } = count.fault;
        if (only !== null && only !== operation) continue;
        if (ofAccount && only === null && faultKinds.get(kind)?.ofAccount !== true) continue;
        if (faultKinds.get(kind)?.continuation === true && !continues) continue;
        count.seen += 1;
        if (count.seen >= from && count.seen < from + times) activeFaults.set(kind, value);
      }
      return activeFaults;
    },
    add(...more) {
      const parsed = more.map((fault) => (typeof fault === "string" ? parseFault(fault) : fault));
      counted = [...counted, ...parsed.map((fault) => ({ fault, seen: 0 }))];
    },
    clear() {
      counted = [];
    },
  };
  plan.add(...faults);
  return plan;
}
