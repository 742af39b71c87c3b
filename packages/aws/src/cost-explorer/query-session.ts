import type { SendCommand } from "./connection.ts";
import type { ReadCost } from "./one-currency.ts";
import type { QueryContext } from "./query-context.ts";

/** What all queries of one run share. */
export interface QuerySession {
  /**
   * Sends one request within the limits of the run and reports its page.
   * @throws CostSourceError
   */
  call<Answer>(context: QueryContext, page: number, send: SendCommand<Answer>): Promise<Answer>;
  /** Reads amounts in the one currency of the run. */
  readonly readCost: ReadCost;
}
