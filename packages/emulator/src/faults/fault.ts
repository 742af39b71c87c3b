import { parseDecimal } from "@dapanoskop/core/money";

/** One thing that goes wrong, on chosen requests. */
export interface Fault {
  readonly kind: FaultKind;
  /** The first request that it happens to, counted from 1 among those that it could happen to. */
  readonly from: number;
  /** To how many requests from there on; `Infinity` for every one. */
  readonly times: number;
  /** Only requests of this operation count and suffer; `null` is any. */
  readonly operation: string | null;
  readonly value: string | null;
}

interface FaultDefinition {
  readonly does: string;
  /** What `=value` means, its default, and what is wrong with a value. */
  readonly value?: {
    readonly means: string;
    readonly default: string;
    readonly complaint: (value: string) => string | null;
  };
  /** Only requests that carry a page token count. */
  readonly continuation?: true;
  /** Once it begins it stays. */
  readonly stays?: true;
}

const whole = (least: number, most: number) => (value: string) =>
  /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most
    ? null
    : `a whole number from ${least} to ${most}`;

function decimal(value: string): string | null {
  try {
    parseDecimal(value, 12);
    return null;
  } catch {
    return "a decimal number like 1.02";
  }
}

const kinds = {
  throttle: { does: "answers LimitExceededException" },
  throttling: { does: "answers ThrottlingException" },
  error: {
    does: "answers with a server error",
    value: { means: "HTTP status", default: "500", complaint: whole(500, 599) },
  },
  "drop-before": { does: "closes the connection before looking at the request" },
  "drop-after": { does: "does the work, then closes the connection without an answer" },
  "drop-mid": { does: "closes the connection in the middle of the answer" },
  "broken-json": { does: "answers 200 with half of its JSON" },
  slow: {
    does: "waits before it answers",
    value: { means: "milliseconds", default: "1000", complaint: whole(0, 600_000) },
  },
  "expired-token": { does: "answers InvalidNextTokenException", continuation: true },
  "request-changed": { does: "answers RequestChangedException", continuation: true },
  "repeat-token": { does: "answers a page with the token that the request brought", continuation: true },
  "drop-page": { does: "points the token behind the next page, which nobody will see" },
  "double-page": { does: "gives a token that brings the same page again" },
  restate: {
    does: "multiplies all costs from that request on",
    value: { means: "factor", default: "1.01", complaint: decimal },
    stays: true,
  },
  deny: { does: "answers AccessDeniedException" },
  "not-activated": { does: "answers AccessDeniedException as for an account without Cost Explorer" },
  credentials: { does: "answers UnrecognizedClientException" },
  "expired-credentials": { does: "answers ExpiredTokenException" },
  "data-unavailable": { does: "answers DataUnavailableException" },
  "bill-expired": { does: "answers BillExpirationException" },
  empty: { does: "answers GetCostAndUsage without a single group or amount" },
  "missing-metric": { does: "leaves the metrics out of the page's first group" },
  "second-currency": {
    does: "gives the page's last group another currency",
    value: {
      means: "currency",
      default: "EUR",
      complaint: (value) => (/^[A-Z]{3}$/.test(value) ? null : "three capital letters"),
    },
  },
  "non-finite": {
    does: "gives the page's first group an amount that is no number",
    value: { means: "amount", default: "NaN", complaint: () => null },
  },
  "wrong-total": { does: "gives a forecast a total that is one more than its days" },
  exponents: { does: "writes amounts with exponents, 1.5E-7" },
  "no-category-text": { does: "names the uncategorized group `No cost category: Name`" },
} as const satisfies Readonly<Record<string, FaultDefinition>>;

export type FaultKind = keyof typeof kinds;

/** Every kind of fault, what it does and what its value means: the README's table. */
export const faultKinds: ReadonlyMap<string, FaultDefinition> = new Map(Object.entries(kinds));

const isKind = (name: string): name is FaultKind => faultKinds.has(name);

const FAULT = /^([a-z-]+)(?::(\*|\d{1,9})(?:x(\d{1,9}|\*))?)?(?:=([^@]{1,40}))?(?:@([A-Za-z]{1,60}))?$/;

/**
 * Reads a fault as the command line writes it: `kind[:n[xTimes]][=value][@Operation]`.
 * `throttle:3` hits the third request, `throttle:2x2` the second and third, `deny@GetCostForecast` every forecast,
 * `restate:5=1.02` all from the fifth on.
 * @throws RangeError that says what is wrong and what would be right
 */
export function parseFault(text: string): Fault {
  const [, name = "", nth, times, value, operation] = FAULT.exec(text) ?? [];
  const shown = JSON.stringify(text.slice(0, 80));
  if (!isKind(name)) {
    throw new RangeError(
      `${shown} is no fault. Write kind[:n[xTimes]][=value][@Operation] with one of: ${[...faultKinds.keys()].join(", ")}.`,
    );
  }
  const kind: FaultDefinition = kinds[name];
  if (value !== undefined && kind.value === undefined) {
    throw new RangeError(`${shown}: the fault ${name} takes no value.`);
  }
  const complaint = value === undefined ? null : (kind.value?.complaint(value) ?? null);
  if (complaint !== null) throw new RangeError(`${shown}: the value of ${name} must be ${complaint}.`);
  if (nth === "0" || times === "0") throw new RangeError(`${shown}: requests are counted from 1.`);
  const every = nth === undefined || nth === "*";
  const forever = every || times === "*" || (times === undefined && kind.stays === true);
  return {
    kind: name,
    from: every ? 1 : Number(nth),
    times: forever ? Number.POSITIVE_INFINITY : Number(times ?? 1),
    operation: operation ?? null,
    value: value ?? kind.value?.default ?? null,
  };
}
