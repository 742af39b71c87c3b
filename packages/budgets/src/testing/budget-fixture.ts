import type { Budget, BudgetFigures } from "@dapanoskop/core/budget";
import { aBudget, budgetFiguresOf } from "@dapanoskop/core/budget/testing";
import { addMonths, type Instant, instantOf, type Month, monthOf } from "@dapanoskop/core/calendar";
import type { Random } from "@dapanoskop/core/runtime";
import type { MessageTags, RenderedMessage, SendOutcome } from "@dapanoskop/core/sending";
import { memoryState, type StateStore } from "@dapanoskop/core/state";
import { type BudgetsEvaluation, evaluateBudgets } from "../evaluate/evaluate-budgets.ts";
import { putBudget } from "../records/budget-records.ts";

/** A message that reached a sender. */
interface SentAlert {
  readonly audience: string;
  readonly message: RenderedMessage;
  readonly tags: MessageTags;
}

/** The limit of 100 with thresholds at 50, 80 and 100 % of the cost. */
export const WATCHED: Budget = aBudget({
  thresholds: ["50", "80", "100"].map((percent) => ({ of: "actual", percent }) as const),
});

/** Budgets on a state store, with published costs and senders that do as they are told. */
export class BudgetFixture {
  readonly state: StateStore;
  readonly sent: SentAlert[] = [];
  /** What the month of the day before costs so far, as published. */
  cost: string | null = "0";
  /** What the month before it cost. */
  costBefore: string | null = null;
  /** What each attempt comes to, by the number of attempts before it. */
  answer: (attempts: number) => SendOutcome | Promise<SendOutcome> = () => ({
    outcome: "accepted",
    messageId: "m",
  });
  problem: string | null = null;
  #runs = 0;

  constructor(state: StateStore = memoryState()) {
    this.state = state;
  }

  put(budget: Budget = WATCHED, owner = "local", at: Instant = "2026-01-05T08:00:00Z") {
    return putBudget(owner, budget, this.state, { at, mode: "create" });
  }

  /** One evaluation at a time. @param state another connection to the same records, or one with faults */
  evaluate(at: Instant, { state = this.state, timeLeft = 55_000 } = {}): Promise<BudgetsEvaluation> {
    this.#runs += 1;
    const run = this.#runs;
    return evaluateBudgets(at, {
      state,
      runtime: {
        clock: { now: () => at, sleep: tick },
        random: { ...HALF, bytes: (count) => runBytes(run, count) },
        deadline: { timeLeft: () => timeLeft },
      },
      figures: async () => this.#figures(at),
      sender: async (audience) => {
        if (audience === "nobody") throw new Error("There is no audience nobody.");
        return async (message, tags) => {
          await tick();
          const before = this.sent.length;
          this.sent.push({ audience, message, tags });
          return this.answer(before);
        };
      },
      dashboardUrl: null,
    });
  }

  /** What was accepted or may have been: the subject of each message. */
  subjects(): readonly string[] {
    return this.sent.map(({ message }) => message.subject);
  }

  #figures(at: Instant): BudgetFigures {
    const month: Month = monthOf(instantOf(new Date(Date.parse(at) - 86_400_000)).slice(0, 10));
    const months = {
      ...(this.costBefore === null ? {} : { [addMonths(month, -1)]: this.costBefore }),
      ...(this.cost === null ? {} : { [month]: this.cost }),
    };
    return { ...budgetFiguresOf(at, months), problem: this.problem };
  }
}

const HALF: Pick<Random, "fraction"> = { fraction: () => 0.5 };

/** Another owner for every run. */
function runBytes(run: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  new DataView(bytes.buffer).setUint32(0, run);
  return bytes;
}

export const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
