import { sha256Hex } from "@dapanoskop/dataset";

/** Who owns what is kept: `user:SUB`, `group:NAME`, `client:ID` or `local`. It begins every key, so it has a key's characters. */
export type Owner = string;

/** The owner of what `serve` and the command line keep. Nobody who signs in has it: all others have a colon. */
export const LOCAL_OWNER: Owner = "local";

const PLAIN = /^[A-Za-z0-9._@-]{1,120}$/;

/**
 * The owner of a verified name. A name that a key does not take, as a group in Cognito may have, becomes `=` and its SHA-256:
 * no other name reads so.
 */
export async function ownerNamed(kind: "user" | "group" | "client", name: string): Promise<Owner> {
  if (PLAIN.test(name)) return `${kind}:${name}`;
  return `${kind}:=${await sha256Hex(new TextEncoder().encode(name))}`;
}
