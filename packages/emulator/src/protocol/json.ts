import { serialization } from "./aws-error.ts";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [member: string]: Json | undefined };

/** An object of a request, read member by member. AWS treats `null` as absent. */
export interface Members {
  text(member: string): string | null;
  /** A whole number. */
  integer(member: string): number | null;
  object(member: string): Members | null;
  objects(member: string): readonly Members[] | null;
  texts(member: string): readonly string[] | null;
  has(member: string): boolean;
}

/** @throws AwsError `SerializationException` when `text` is not a JSON object */
export function parseMembers(text: string): Members {
  let value: unknown;
  try {
    value = JSON.parse(text === "" ? "{}" : text);
  } catch {
    throw serialization("The request body is not valid JSON.");
  }
  return membersOf(value);
}

/** A member of the wrong type is a `SerializationException`. */
function membersOf(value: unknown): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw serialization("Start of structure or map found where not expected.");
  }
  const read = (member: string): unknown =>
    Object.hasOwn(value, member) ? (Reflect.get(value, member) ?? null) : null;
  const list = (member: string): readonly unknown[] | null => {
    const found = read(member);
    if (found === null) return null;
    if (!Array.isArray(found)) throw serialization(`The member ${member} is not a list.`);
    return found;
  };
  return {
    has: (member) => read(member) !== null,
    text(member) {
      const found = read(member);
      return found === null ? null : textOf(found, member);
    },
    integer(member) {
      const found = read(member);
      if (found !== null && !Number.isSafeInteger(found)) {
        throw serialization(`The member ${member} is not a whole number.`);
      }
      return found === null ? null : Number(found);
    },
    object(member) {
      const found = read(member);
      return found === null ? null : membersOf(found);
    },
    objects: (member) => list(member)?.map(membersOf) ?? null,
    texts: (member) => list(member)?.map((found) => textOf(found, member)) ?? null,
  };
}

function textOf(found: unknown, member: string): string {
  if (typeof found !== "string") throw serialization(`The member ${member} is not a string.`);
  return found;
}

/** No query is nested deeper, and a body that is could overflow the stack. */
const DEEPEST = 100;

/** A text that is equal for requests that differ only in the order of their members, or in the member `without`. */
export function canonicalRequest(text: string, without: string): string {
  const sort = (value: unknown, depth = 0): unknown => {
    if (depth > DEEPEST) throw serialization("The request body is nested too deep.");
    if (Array.isArray(value)) return value.map((item) => sort(item, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    return Object.entries(value)
      .filter(([, member]) => member !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sort(member, depth + 1)]);
  };
  const value: unknown = JSON.parse(text === "" ? "{}" : text);
  const members = Object.entries(value ?? {}).filter(([name, member]) => name !== without && member !== null);
  return JSON.stringify(sort(Object.fromEntries(members)));
}
