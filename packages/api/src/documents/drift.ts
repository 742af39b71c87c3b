import * as v from "valibot";
import { count, currency, instant, pageOf, project, unknownDecimal } from "./parts.ts";

/**
 * - `cost`: it changes what the bill will be
 * - `allocation`: a tag that names the workload or cost center changed, so cost moves between centers
 * - `other`
 */
const severity = v.picklist(["cost", "allocation", "other"]);

/** One drifted resource of a project, over all scans: it keeps its identity until it is resolved. */
export const driftFinding = v.object({
  id: v.string(),
  project,
  address: v.string(),
  /** Of a deposed object of the address; `null`: the current one. */
  deposed: v.nullable(v.string()),
  type: v.string(),
  change: v.picklist(["changed", "deleted"]),
  severity,
  /** Whether the tag that allocates cost is among the paths, whatever the severity is. */
  moves_cost: v.boolean(),
  /** What differs, such as `instance_type` and `tags.App`; none where the resource was deleted. Values are not kept. */
  paths: v.array(v.string()),
  /** Of a month; `null`: nobody knows. */
  monthly_delta: unknownDecimal,
  first_seen: instant,
  last_seen: instant,
  /** `null` while the newest scan that did not fail still has it. */
  resolved_at: v.nullable(instant),
  /** Whether ignore rules suppress all of it. */
  ignored: v.boolean(),
});

export const driftFindings = pageOf(driftFinding);

/** A scan of a project, or an attempt at one: a failed scan never says "no drift", and resolves nothing. */
export const driftScan = v.object({
  id: v.string(),
  project,
  scanned_at: instant,
  status: v.picklist(["drift", "no_drift", "failed"]),
  /** Why it failed, in a sentence; `null` where it did not. */
  reason: v.nullable(v.string()),
  currency: v.nullable(currency),
  /** By severity, without the ignored ones; `null` of a failed scan. */
  counts: v.nullable(v.object({ cost: count, allocation: count, other: count, ignored: count })),
  /** Of what is known of it; `null` where nothing is. */
  monthly_delta: unknownDecimal,
  /** Some drift that may change the bill has no known delta; `null` of a failed scan. */
  partial: v.nullable(v.boolean()),
});

/** How each project stands: its newest scan, and where that one failed the newest that did not. */
export const driftProject = v.object({
  project,
  latest: driftScan,
  /** `null` where no scan of the project ever succeeded. */
  last_good: v.nullable(driftScan),
});

export const driftProjects = v.object({ items: v.array(driftProject) });

/** A scan that failed: nothing could be read, so nothing is known. */
export const driftFailure = v.strictObject({
  project,
  /** `terraform init failed: no credentials`. */
  reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)),
});

/** `aws_instance.*: tags.LastPatched`: addresses by a pattern, then attribute paths. */
const ignoreRuleText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500));

export const ignoreRule = v.object({
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  project,
  rule: v.string(),
  created_at: instant,
});

export const ignoreRules = v.object({ items: v.array(ignoreRule) });
export const ignoreRuleChange = v.strictObject({ project, rule: ignoreRuleText });

export type DriftFindingDocument = v.InferOutput<typeof driftFinding>;
export type DriftScanDocument = v.InferOutput<typeof driftScan>;
export type DriftProjectDocument = v.InferOutput<typeof driftProject>;
export type IgnoreRuleDocument = v.InferOutput<typeof ignoreRule>;
