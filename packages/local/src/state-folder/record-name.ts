import { createHash } from "node:crypto";

/** File systems take names of 255 bytes. */
const LONGEST = 180;

/**
 * The name of a file or folder for a part of a key: lower-case letters, digits, and `-` inside stay as they are, everything
 * else is `_` and two hexadecimal digits. Two parts never have the same name, also where names that differ in case are
 * equal. A long name ends in `_-` and the part's SHA-256.
 */
export function recordName(part: string): string {
  const name = part.replace(
    /[^a-z0-9-]|^-/g,
    (character) => `_${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  if (name.length <= LONGEST) return name;
  return `${name.slice(0, 100)}_-${createHash("sha256").update(part).digest("hex")}`;
}
