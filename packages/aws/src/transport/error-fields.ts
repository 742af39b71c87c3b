// Errors of the SDK, of its credential providers and of Node are told apart by their fields: most have no class of their own.

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;

/** A field of an error, or of a part of it (`textIn(cause, "$response", "headers", "date")`), where it is a text. */
export function textIn(value: unknown, ...path: readonly string[]): string | null {
  const found = path.reduce(field, value);
  return typeof found === "string" ? found : null;
}

/** The HTTP status of the answer; `null` without one. */
export function statusOf(cause: unknown): number | null {
  const status = field(field(cause, "$metadata"), "httpStatusCode");
  return typeof status === "number" ? status : null;
}

/** Whether the SDK has corrected its clock since the request was signed. */
export const wasClockCorrected = (cause: unknown): boolean =>
  field(field(cause, "$metadata"), "clockSkewCorrected") === true;

export const nameOf = (cause: unknown): string => textIn(cause, "name") ?? "";
export const messageOf = (cause: unknown): string => textIn(cause, "message") ?? "";
export const codeOf = (cause: unknown): string => textIn(cause, "code") ?? "";

/** A system's error code (`ECONNRESET`), else the error's name. */
export const systemName = (cause: unknown): string => codeOf(cause) || nameOf(cause) || "unknown error";
