import { parseDecimal } from "@dapanoskop/core/money";

/** A failure of selected requests. */
export interface Fault {
  readonly kind: FaultKind;
  /** The first failing request, counted from 1 among the requests that the fault can apply to. */
  readonly from: number;
  /** The number of failing requests; `Infinity` for all. */
  readonly times: number;
  /** The fault counts and applies to requests of this operation only; `null` is any. */
  readonly operation: string | null;
  readonly value: string | null;
}

interface FaultDefinition {
  readonly does: string;
  /** The meaning of `=value`, its default, and a check that returns what a value must be, or `null` if it is valid. */
  readonly value?: {
    readonly means: string;
    readonly default: string;
    readonly requirement: (value: string) => string | null;
  };
  /** The fault counts only requests with a page token. */
  readonly continuation?: true;
  /** The fault is about the account or the connection: it counts requests to STS and Organizations, too. */
  readonly ofAccount?: true;
  /** The fault remains active after its first request. */
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
    value: { means: "HTTP status", default: "500", requirement: whole(500, 599) },
  },
  "drop-before": { does: "closes the connection before it processes the request" },
  "drop-after": { does: "processes the request, then closes the connection without an answer" },
  "drop-mid": { does: "closes the connection in the middle of the answer" },
  "broken-json": { does: "answers 200 with half of its JSON" },
  slow: {
    does: "waits before it answers",
    value: { means: "milliseconds", default: "1000", requirement: whole(0, 600_000) },
  },
  "expired-token": { does: "answers InvalidNextTokenException", continuation: true },
  "request-changed": { does: "answers RequestChangedException", continuation: true },
  "repeat-token": { does: "answers a page with the token of the request", continuation: true },
  "drop-page": { does: "gives a token that skips the next page" },
  "double-page": { does: "gives a token that brings the same page again" },
  restate: {
    does: "multiplies all costs from that request on",
    value: { means: "factor", default: "1.01", requirement: decimal },
    stays: true,
  },
  deny: { does: "answers AccessDeniedException" },
  "not-activated": { does: "answers AccessDeniedException as for an account without Cost Explorer" },
  "deny-by-organization": { does: "answers AccessDeniedException as for a service control policy" },
  "billing-access-off": { does: "answers AccessDeniedException without a reason" },
  "member-account": {
    does: "makes the account a member of another one's organization, which keeps costs and tags to itself",
    ofAccount: true,
  },
  "account-inactive": { does: "answers OptInRequired", ofAccount: true },
  credentials: { does: "answers UnrecognizedClientException", ofAccount: true },
  "wrong-secret": { does: "answers InvalidSignatureException", ofAccount: true },
  "expired-credentials": { does: "answers ExpiredTokenException", ofAccount: true },
  clock: {
    does: "has a clock that differs from this machine's, and refuses signatures by it",
    value: {
      means: "minutes ahead",
      default: "10",
      requirement: (value) => (/^-?\d{1,5}$/.test(value) ? null : "a whole number of minutes"),
    },
    ofAccount: true,
  },
  "inactive-tags": { does: "lists all cost allocation tags as inactive" },
  "tags-activated": {
    does: "lists all cost allocation tags as activated on a day",
    value: {
      means: "day",
      default: "2026-03-08",
      requirement: (value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? null : "a day like 2026-03-08"),
    },
  },
  "data-unavailable": { does: "answers DataUnavailableException" },
  "bill-expired": { does: "answers BillExpirationException" },
  empty: { does: "answers GetCostAndUsage without a single group or amount" },
  "missing-metric": { does: "leaves the metrics out of the page's first group" },
  "second-currency": {
    does: "gives the page's last group another currency",
    value: {
      means: "currency",
      default: "EUR",
      requirement: (value) => (/^[A-Z]{3}$/.test(value) ? null : "three capital letters"),
    },
  },
  "non-finite": {
    does: "gives the page's first group an amount that is not a number",
    value: { means: "amount", default: "NaN", requirement: () => null },
  },
  "wrong-total": { does: "gives a forecast a total that is one more than its days" },
  exponents: { does: "writes amounts with exponents, 1.5E-7" },
  "no-category-text": { does: "names the uncategorized group `No cost category: Name`" },
} as const satisfies Readonly<Record<string, FaultDefinition>>;

export type FaultKind = keyof typeof kinds;

/** Every kind of fault with its effect and the meaning of its value, as in the README's table. */
export const faultKinds: ReadonlyMap<string, FaultDefinition> = new Map(Object.entries(kinds));

const isKind = (name: string): name is FaultKind => faultKinds.has(name);

const FAULT = /^([a-z-]+)(?::(\*|\d{1,9})(?:x(\d{1,9}|\*))?)?(?:=([^@]{1,40}))?(?:@([A-Za-z]{1,60}))?$/;

/**
 * Parses a fault in the notation of the command line: `kind[:n[xTimes]][=value][@Operation]`.
 * `throttle:3` fails the third request, `throttle:2x2` the second and third, `deny@GetCostForecast` every forecast,
 * `restate:5=1.02` applies to all from the fifth on.
 * @throws RangeError that names the error and the valid notation
 */
export function parseFault(text: string): Fault {
  const [, name = "", nth, times, value, operation] = FAULT.exec(text) ?? [];
  const shown = JSON.stringify(text.slice(0, 80));
  if (!isKind(name)) {
    throw new RangeError(
      `${shown} is not a fault. Write kind[:n[xTimes]][=value][@Operation] with one of: ${[...faultKinds.keys()].join(", ")}.`,
    );
  }
  const kind: FaultDefinition = kinds[name];
  if (value !== undefined && kind.value === undefined) {
    throw new RangeError(`${shown}: the fault ${name} takes no value.`);
  }
  const requirement = value === undefined ? null : (kind.value?.requirement(value) ?? null);
  if (requirement !== null) throw new RangeError(`${shown}: the value of ${name} must be ${requirement}.`);
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
