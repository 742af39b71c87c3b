import type { LabelName } from "./charge-columns.ts";
import { curName } from "./column-names.ts";

/** A name of a map's key as questions ask for it: without the prefixes that say whose tag it is. */
export function pairName(key: string, areLowered: boolean): LabelName {
  const [, ownKey = key] = /^resourceTags\/(.+)$/s.exec(key) ?? [];
  const [, prefix, named] = /^user([:_])(.+)$/s.exec(ownKey) ?? [];
  if (named === undefined) return { name: ownKey, isLowered: areLowered };
  return { name: named, isLowered: prefix === "_" };
}

/**
 * Whether a label of a file is the one asked for. Names are case-sensitive, as in AWS; only a file that lowers its
 * names (`cost_center`) answers to every name that is lowered to that (`CostCenter`).
 */
export const isNamed = ({ name, isLowered }: LabelName, asked: string) =>
  name === asked || (isLowered && name === curName(asked));
