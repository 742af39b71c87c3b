/** What all answers together show: AWS's clock, and how many requests AWS charges for. */
export interface ObservedAnswers {
  /** AWS's clock less ours in milliseconds, from the last answer; `null` before any. */
  clockSkew(): number | null;
  /** Answers of Cost Explorer that began with success. */
  paid(): number;
  /** Reads the head of an answer of an SDK client. @param isPaid whether AWS charges for the request where it succeeds */
  record(response: unknown, isPaid: boolean): void;
}

/** Where a client's middleware sees an answer before it is parsed, and an error, too. */
export const BEFORE_PARSING = {
  step: "deserialize",
  priority: "low",
  name: "dapanoskopObserve",
} as const;

/** @param now milliseconds since 1970 by this machine's clock */
export function observedAnswers(now: () => number = Date.now): ObservedAnswers {
  let skew: number | null = null;
  let paid = 0;
  return {
    clockSkew: () => skew,
    paid: () => paid,
    record(response, isPaid) {
      const answer: object = Object(response);
      const date = Date.parse(String(Reflect.get(Object(Reflect.get(answer, "headers")), "date") ?? ""));
      // HTTP's dates have whole seconds.
      if (!Number.isNaN(date)) skew = date - now();
      const status = Number(Reflect.get(answer, "statusCode"));
      if (isPaid && status >= 200 && status < 300) paid += 1;
    },
  };
}
