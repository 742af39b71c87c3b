import type { LabelName } from "./charge-columns.ts";
import { curName } from "./column-names.ts";

/** The name of a map's key as queries name it: without the prefixes of user tags. */
export function pairName(key: string, areLowered: boolean): LabelName {
  const [, ownKey = key] = /^resourceTags\/(.+)$/s.exec(key) ?? [];
  const [, prefix, named] = /^user([:_])(.+)$/s.exec(ownKey) ?? [];
  if (named === undefined) return { name: ownKey, isLowered: areLowered };
  return { name: named, isLowered: prefix === "_" };
}

/**
 * Whether a label of a file has the name of a query. Names are case-sensitive, as in AWS; only in a file that lowers its
 * names (`cost_center`) a label has every name that is lowered to its own (`CostCenter`).
 */
export const isNamed = ({ name, isLowered }: LabelName, queried: string) =>
  name === queried || (isLowered && name === curName(queried));
