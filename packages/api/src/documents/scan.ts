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

export const scanAnswer = v.object({
  /** Folders that Terraform would be run in. */
  roots: v.array(v.string()),
  files: count,
  /** Resources without the tag, and without `default_tags` that have it. */
  findings: v.array(
    v.object({
      file: v.string(),
      line: count,
      address: v.string(),
      message: v.string(),
    }),
  ),
  /** What could not be read, in sentences. */
  warnings: v.array(v.string()),
});

export type ScanAnswer = v.InferOutput<typeof scanAnswer>;
