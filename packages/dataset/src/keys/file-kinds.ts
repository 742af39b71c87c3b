/** The pointer and manifest: reads start here. */
export const INDEX_KEY = "index.json";

/** Every month's total by cost center. */
export const TREND_FILE = "trend.json";

/** The newest days by cost center, service and charge type, and the total of every published day. */
export const DAILY_FILE = "daily.json";

/**
 * The index that a generation replaced. Each generation names its own, with a hash: so the newest index leads to the hash
 * of every file that was ever published.
 */
export const PREVIOUS_FILE = "previous.json";

export const SUMMARY_FILE = "summary.json";
export const WORKLOAD_FILE = "cost-by-workload.parquet";
export const USAGE_TYPE_FILE = "cost-by-usage-type.parquet";

/**
 * The usage rows of a running month's prior period to date: the same columns, about the same days of the month before. A
 * closed month has one without rows: no file is ever deleted, so the rows from while the month ran are replaced by none.
 */
export const PRIOR_PERIOD_TO_DATE_FILE = "cost-by-usage-type-like-for-like.parquet";

/** The costs of each day of a month by cost center and workload. No rows where the source has no days of the month. */
export const DAY_FILE = "cost-by-day.parquet";

/** The costs of each day of a month by service and usage type. No rows where the source has no days of the month. */
export const SERVICE_FILE = "cost-by-service.parquet";

/** One kind of published file. */
interface FileKind {
  readonly name: string;
  /** What one file of the kind is about: `dataset` is the index itself. */
  readonly scope: "dataset" | "all-months" | "month";
  /**
   * `required`: every index or snapshot names it. `later`: an index or snapshot that was published before there was such
   * a file does not.
   */
  readonly presence: "required" | "later";
}

/**
 * Every kind of published file. Keys are written and parsed by this table and by nothing else. The files of a month are in
 * the order in which they are staged: the summary last, since it names the hashes of the others.
 */
export const fileKinds = [
  { name: INDEX_KEY, scope: "dataset", presence: "required" },
  { name: TREND_FILE, scope: "all-months", presence: "required" },
  { name: PREVIOUS_FILE, scope: "all-months", presence: "later" },
  { name: DAILY_FILE, scope: "all-months", presence: "later" },
  { name: WORKLOAD_FILE, scope: "month", presence: "required" },
  { name: USAGE_TYPE_FILE, scope: "month", presence: "required" },
  { name: PRIOR_PERIOD_TO_DATE_FILE, scope: "month", presence: "later" },
  { name: DAY_FILE, scope: "month", presence: "later" },
  { name: SERVICE_FILE, scope: "month", presence: "later" },
  { name: SUMMARY_FILE, scope: "month", presence: "required" },
] as const satisfies readonly FileKind[];

type ListedKind = (typeof fileKinds)[number];
type NamesOf<Scope extends ListedKind["scope"]> = Extract<ListedKind, { readonly scope: Scope }>["name"];

/** A file of one month. */
export type MonthFile = NamesOf<"month">;

/** A file about all months. */
export type SharedFileName = NamesOf<"all-months">;

/** The files of a month, in the order in which they are staged. */
export const monthFiles: readonly MonthFile[] = fileKinds.flatMap((kind) =>
  kind.scope === "month" ? [kind.name] : [],
);

/** The files that every snapshot of a month names, whichever version published it. */
export const requiredMonthFiles: readonly MonthFile[] = fileKinds.flatMap((kind) =>
  kind.scope === "month" && kind.presence === "required" ? [kind.name] : [],
);

const namesOf = (scope: FileKind["scope"]): ReadonlySet<string> =>
  new Set(fileKinds.flatMap((kind) => (kind.scope === scope ? [kind.name] : [])));

/** File names that a key may end with, by what the file is about. */
export const fileNames = {
  dataset: namesOf("dataset"),
  "all-months": namesOf("all-months"),
  month: namesOf("month"),
} as const;
