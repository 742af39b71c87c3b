/** The text is not one JSON value, or two parsers could read it differently. The message quotes nothing of the text. */
export class StrictJsonError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StrictJsonError";
  }
}

/**
 * Parses JSON in which no object has a key twice. `JSON.parse` silently keeps the last of two, other readers keep the
 * first: with `{"exp":1,"exp":2}` one checks what the other does not use.
 * @throws StrictJsonError without the parser's message, which quotes the text (a token, a code)
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StrictJsonError("It is not JSON.");
  }
  if (hasRepeatedKey(text)) throw new StrictJsonError("An object has a key twice.");
  return value;
}

/** Decodes UTF-8; other bytes are refused, where Buffer would write U+FFFD and hide the difference. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new StrictJsonError("It is not UTF-8.");
  }
}

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** Whether an object in this text, which is valid JSON, has a key twice. Keys are compared decoded: `"\u0061"` is `"a"`. */
function hasRepeatedKey(text: string): boolean {
  const open: (Set<string> | null)[] = []; // the keys so far of each open object; null for an array
  let mayBeKey = false;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : null);
      mayBeKey = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      mayBeKey = false;
    } else if (token === ",") {
      mayBeKey = open.at(-1) instanceof Set;
    } else if (token !== ":" && mayBeKey) {
      const keys = open.at(-1);
      const key: string = JSON.parse(token);
      if (keys?.has(key)) return true;
      keys?.add(key);
      mayBeKey = false;
    }
  }
  return false;
}
