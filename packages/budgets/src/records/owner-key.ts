import { sha256Hex } from "@dapanoskop/dataset";

/** Owners that stand in a key as they are. */
const PLAIN = /^[A-Za-z0-9._:@/-]{1,120}$/;

/**
 * An owner as a part of a key. A group may have any name: what a key does not take becomes a hash, which no plain owner
 * looks like.
 */
export const ownerKey = async (owner: string): Promise<string> =>
  PLAIN.test(owner) ? owner : `sha256=${await sha256Hex(new TextEncoder().encode(owner))}`;
