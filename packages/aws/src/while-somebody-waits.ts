/** For a client of a service that answers in milliseconds, while somebody waits: two tries, a bound for each. */
export const TWO_SHORT_TRIES = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

/** Both tries together, in milliseconds. */
export const WHOLE = 5_000;
