/** Why a budget is not accepted. */
export type BudgetInputFault = "invalid" | "too_many";

/** A budget was refused: a sentence that says what is wrong and what it takes. */
export class BudgetInputError extends Error {
  readonly fault: BudgetInputFault;

  constructor(fault: BudgetInputFault, message: string) {
    super(message);
    this.name = "BudgetInputError";
    this.fault = fault;
  }
}
