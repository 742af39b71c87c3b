import { visible } from "@dapanoskop/core/text";
import { withoutAccounts } from "./mask.ts";

/** The fields of a line beside its message. `undefined` is left out. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One JSON object a line. Account numbers are masked; invisible characters of a name are written as escapes. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log, with fields that are in each of its lines. */
  with(fields: LogFields): Log;
}

/** Characters of a message; a warning may list names from the bill. */
const LONGEST_MESSAGE = 2_000;
const LONGEST_FIELD = 1_000;

/** @param write takes one line without its end */
export function logTo(write: (line: string) => void, always: LogFields = {}): Log {
  const say =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      const line = { level, message: plain(message, LONGEST_MESSAGE), ...cleaned({ ...always, ...fields }) };
      write(JSON.stringify(line));
    };
  return {
    info: say("info"),
    warn: say("warn"),
    error: say("error"),
    with: (fields) => logTo(write, { ...always, ...fields }),
  };
}

const plain = (text: string, longest: number) => visible(withoutAccounts(text), longest);

function cleaned(fields: LogFields): LogFields {
  const pairs = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === "string" ? plain(value, LONGEST_FIELD) : value,
  ]);
  return Object.fromEntries(pairs);
}
