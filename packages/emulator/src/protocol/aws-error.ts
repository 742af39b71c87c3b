/**
 * An error response of Cost Explorer: `{"__type": name, "Message" | "message": …}`.
 * The messages are from AWS's documentation and from public bug reports. Where neither has one, the message is our own;
 * the README marks it.
 */
export class AwsError extends Error {
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }

  /** Errors of the service's own model spell the member `Message`, those of the framework before it `message`. */
  body(): Readonly<Record<string, string>> {
    const member = MODELLED.has(this.name) ? "Message" : "message";
    return { __type: this.name, [member]: this.message };
  }
}

const MODELLED: ReadonlySet<string> = new Set([
  "BillExpirationException",
  "BillingViewHealthStatusException",
  "DataUnavailableException",
  "InvalidNextTokenException",
  "LimitExceededException",
  "RequestChangedException",
  "ResourceNotFoundException",
]);

export const validation = (message: string) => new AwsError("ValidationException", message);

export const serialization = (message: string) => new AwsError("SerializationException", message);

/** The framework's error for a value outside an enumeration. */
export function notInEnum(value: string, at: string, allowed: readonly string[]): AwsError {
  return constraint(quoted(value), at, `Member must satisfy enum value set: [${allowed.join(", ")}]`);
}

export const missing = (...members: readonly string[]): AwsError => {
  const errors = members.map(
    (at) => `Value null at '${at}' failed to satisfy constraint: Member must not be null`,
  );
  const count = `${errors.length} validation error${errors.length === 1 ? "" : "s"} detected`;
  return validation(`${count}: ${errors.join("; ")}`);
};

export const constraint = (value: string, at: string, rule: string): AwsError =>
  validation(`1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${rule}`);

// An error message contains at most 100 characters of the request.
const quoted = (text: string) => `'${text.slice(0, 100)}'`;

export const dataUnavailable = () =>
  new AwsError(
    "DataUnavailableException",
    "Data is not available. Please try to adjust the time period. If just enabled Cost Explorer, data might not be ingested yet",
  );

export const billExpired = () =>
  new AwsError(
    "BillExpirationException",
    "The requested report expired. Update the date interval and try again.",
  );

export const tooLittleHistory = () =>
  new AwsError("DataUnavailableException", "Insufficient amount of historical data.");

export const notLocal = () =>
  new AwsError(
    "AccessDeniedException",
    "This Cost Explorer answers to localhost and 127.0.0.1 only, and to no page of a browser.",
    403,
  );

export const invalidToken = () =>
  new AwsError(
    "InvalidNextTokenException",
    "The pagination token is invalid. Try again without a pagination token.",
  );

export const requestChanged = () =>
  new AwsError(
    "RequestChangedException",
    "Your request parameters changed between pages. Try again with the old parameters or without a pagination token.",
  );
