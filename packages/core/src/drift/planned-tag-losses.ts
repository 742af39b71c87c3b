import { attributeDifferences, type ResourceChange, valueAtPath } from "../plan/index.ts";
import { tagKeyOf } from "./tag-path.ts";

/** A tag that a plan takes off a nested block, such as the root volume of an instance. */
export interface PlannedTagLoss {
  readonly address: string;
  /** `root_block_device[0].tags.App`. */
  readonly path: string;
}

/**
 * Where an update removes the tag that allocates cost from a nested block and sets none: the cost of that block becomes
 * untagged. The AWS provider 5.100 does so with the root volume of an instance when the value of a default tag changes, and the
 * next plan has no change: this plan is the only one that says so.
 */
export function plannedTagLosses(
  changes: readonly ResourceChange[],
  tagKey: string | null,
): readonly PlannedTagLoss[] {
  return changes.flatMap(({ address, action, before, after }) => {
    if (tagKey === null || action !== "update" || before === null || after === null) return [];
    return attributeDifferences(before, after)
      .filter(
        (one) =>
          tagKeyOf(one.path) === tagKey &&
          one.before !== null &&
          one.before.length > 2 &&
          valueAtPath(before, one.before) !== null &&
          one.after !== null &&
          valueAtPath(after, one.after) === null,
      )
      .map(({ path }) => ({ address, path }));
  });
}
