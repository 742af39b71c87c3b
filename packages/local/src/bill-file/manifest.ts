/** The list of files that AWS delivers with a report or an export: the files of one execution, for one billing period. */
export interface Manifest {
  /** Where the manifest is, in folders from the one that was given, with `/`. */
  readonly path: string;
  /** The export or report: equal for its executions. Empty where the manifest does not say. */
  readonly report: string;
  /** The execution (Data Exports) or assembly (legacy reports) that wrote the files; `null` where it does not say. */
  readonly execution: string | null;
  /** The keys of the files in their bucket. */
  readonly keys: readonly string[];
}

/** The name of a manifest: `example-Manifest.json`. */
export const isManifestName = (name: string) => /manifest\.json$/i.test(name);

/** Folders of a billing period: `20260201-20260301`, `BILLING_PERIOD=2026-02`, `year=2026/month=2`. */
export const PERIOD_FOLDER = /^(\d{8}-\d{8}|billing_period=\d{4}-\d{2}|month=\d{1,2})$/i;

/**
 * The paths of manifests that have to be read. A report that keeps versions has one in the folder of each execution, and one
 * above them, which names the newest: below it none has to be read. In three years there are thousands.
 */
export function decisiveManifests(paths: readonly string[]): readonly string[] {
  const manifests = paths.filter((path) => isManifestName(path.split("/").at(-1) ?? ""));
  const above = new Map<string, number>();
  const placeOf = (path: string) => {
    const parts = path.split("/");
    const period = parts.findLastIndex((folder) => PERIOD_FOLDER.test(folder));
    return {
      place: [...parts.slice(0, period + 1), parts.at(-1)].join("/"),
      depth: parts.length,
      hasPeriod: period >= 0,
    };
  };
  for (const { place, depth } of manifests.map(placeOf)) {
    above.set(place, Math.min(above.get(place) ?? depth, depth));
  }
  return manifests.filter((path) => {
    const { place, depth, hasPeriod } = placeOf(path);
    return !hasPeriod || depth === above.get(place);
  });
}

/** No manifest is longer: one of 1,000 columns and 10,000 files has some 2 MB. */
export const LONGEST_MANIFEST_BYTES = 32 << 20;

/**
 * Reads a manifest; `null` when a file of such a name is another one, such as Redshift's.
 * Fields of a legacy report: `reportKeys`, `assemblyId`, `account`, `reportName`. Fields of a Data Export: `dataFiles` (with
 * `s3://` and the bucket), `executionId`, `exportArn`.
 * Source: AWS Data Exports user guide, "Data Exports manifest file reference" and "Viewing Cost and Usage Reports in S3".
 * @throws SyntaxError when it is no JSON
 */
export function parseManifest(path: string, text: string): Manifest | null {
  const document: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  const keys = textsIn(document, "dataFiles") ?? textsIn(document, "reportKeys");
  if (keys === null) return null;
  const reportName = [textIn(document, "account"), textIn(document, "reportName")];
  return {
    path,
    report: textIn(document, "exportArn") ?? reportName.filter((text) => text !== null).join("/"),
    execution: textIn(document, "executionId") ?? textIn(document, "assemblyId"),
    keys: keys.map((key) => key.replace(/^s3:\/\/[^/]*\//, "")),
  };
}

function field(document: unknown, name: string): unknown {
  return typeof document === "object" && document !== null ? Reflect.get(document, name) : undefined;
}

function textIn(document: unknown, name: string): string | null {
  const value = field(document, name);
  return typeof value === "string" && value !== "" ? value : null;
}

function textsIn(document: unknown, name: string): readonly string[] | null {
  const value = field(document, name);
  return Array.isArray(value) && value.every((text) => typeof text === "string") ? value : null;
}
