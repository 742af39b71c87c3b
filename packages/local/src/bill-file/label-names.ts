import type { LabelName } from "./charge-columns.ts";
import { curName } from "./column-names.ts";

/** The name of a map's key as queries name it: without the prefixes of user tags. Tags of accounts keep theirs. */
export function pairName(key: string, areLowered: boolean): LabelName {
  const [, ownKey = key] = /^resourceTags\/(.+)$/s.exec(key) ?? [];
  const [, prefix, named] = /^user([:_])(.+)$/s.exec(ownKey) ?? [];
  if (named === undefined) return { name: ownKey, isLowered: areLowered && !ownKey.startsWith(ACCOUNT_TAG) };
  return { name: named, isLowered: prefix === "_" };
}

/** Data Exports write tags of accounts so, beside those of resources. */
const ACCOUNT_TAG = "accountTag/";

/**
 * Whether a label of a file has the name of a query. Names are case-sensitive, as in AWS; only in a file that lowers its
 * names (`cost_center`) a label has every name that is lowered to its own (`CostCenter`). The tag of an account has its key
 * as a name, too.
 */
export const isNamed = ({ name, isLowered }: LabelName, queried: string) =>
  name === queried || name === ACCOUNT_TAG + queried || (isLowered && name === curName(queried));

/** Orders keys or names as they decide where several have the name of a query: tags of resources before those of accounts. */
export const byPrecedence = (a: string, b: string): number =>
  Number(a.startsWith(ACCOUNT_TAG)) - Number(b.startsWith(ACCOUNT_TAG));
