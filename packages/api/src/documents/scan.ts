import * as v from "valibot";
import { count } from "./parts.ts";

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

/** Terraform files as texts: nothing of them is executed. */
export const scanBody = v.strictObject({
  files: v.pipe(
    v.array(v.strictObject({ path, text: v.pipe(v.string(), v.maxLength(1_000_000)) })),
    v.minLength(1),
    v.maxLength(2_000),
  ),
  /** The key of the tag that names workloads. */
  tag_key: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(128)), "App"),
});

const tagCounts = { tagged: count, untagged: count, undecided: count };

export const scanAnswer = v.object({
  tag_key: v.string(),
  /** Folders that are applied, not only called as modules: how many resources in them have the tag. */
  roots: v.array(v.object({ path: v.string(), ...tagCounts })),
  findings: v.array(
    v.object({
      /** `undecided`: the files do not decide whether it has the tag. */
      kind: v.picklist(["untagged", "undecided"]),
      address: v.string(),
      type: v.string(),
      /** Whether such a resource costs nothing itself; `null`: that is not known. */
      is_free: v.nullable(v.boolean()),
      file: v.string(),
      line: count,
      root: v.string(),
    }),
  ),
  /** Modules of other places, which are not read. */
  unread_modules: v.array(v.object({ source: v.string(), file: v.string(), line: count })),
  /** What was not read, or not all of it: why, as the rest of a sentence. */
  skipped: v.array(v.object({ path: v.string(), why: v.string() })),
});
