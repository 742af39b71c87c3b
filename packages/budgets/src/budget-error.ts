/** Why a budget is not accepted. */
export type BudgetFault = "invalid" | "too_many";

/** A budget was refused: a sentence that says what is wrong and what it takes. */
export class BudgetError extends Error {
  readonly fault: BudgetFault;

  constructor(fault: BudgetFault, message: string) {
    super(message);
    this.name = "BudgetError";
    this.fault = fault;
  }
}
