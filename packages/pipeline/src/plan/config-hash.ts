import { isAws } from "@dapanoskop/core/source";
import { sha256Hex } from "@dapanoskop/dataset";
import { collectionOptions, type OptionTable } from "../options/index.ts";

/** The options of version 0.1.0, in the order in which their values are hashed. */
const ALWAYS_HASHED = ["metric", "tagKey", "costCategory", "splitCharges", "includeEfs", "includeEbs"];

/**
 * SHA-256, in hex, of the options that months have to share to be compared with each other. An option that joined the table
 * after version 0.1.0 counts only where its value is not the default, so that a new version does not change the hash of a
 * deployment. So does a provider only where it is another one than AWS: its charges are not compared with AWS's.
 * @param values of every option; for `splitCharges` the rules themselves, or `null` where they could not be read
 * @param provider whose charges are read, in any case of its letters
 */
export function configHash(
  values: Readonly<Record<string, unknown>>,
  provider: string,
  options: OptionTable = collectionOptions,
): Promise<string> {
  const later = Object.entries(options)
    .filter(([name, option]) => !ALWAYS_HASHED.includes(name) && values[name] !== option.default)
    .map(([name]) => name);
  const hashed = [...ALWAYS_HASHED, ...later].map((name) => [name, values[name]]);
  if (!isAws(provider)) hashed.push(["provider", provider.trim().toLowerCase()]);
  return sha256Hex(new TextEncoder().encode(JSON.stringify(Object.fromEntries(hashed))));
}
