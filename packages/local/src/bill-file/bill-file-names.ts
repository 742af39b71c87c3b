/** The endings of bill files. Those of other packings are included so that an error names them. */
export const BILL_ENDING = /\.(csv|tsv|parquet)(\.(gz|zip|zst|bz2|xz))?$|\.(gz|zip)$/i;

/**
 * Whether a file or folder of this name is none of a bill: hidden ones, and the small table that Athena's integration of
 * legacy reports keeps.
 */
export const isIgnoredFile = (name: string) =>
  name.startsWith(".") || /^cost_and_usage_data_status/i.test(name);
