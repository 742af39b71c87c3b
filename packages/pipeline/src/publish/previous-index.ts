import { PREVIOUS_FILE, renderDocument } from "@dapanoskop/dataset";
import type { SharedFile } from "./publish-run.ts";

/** The index that a generation replaces, kept beside it: a chain of hashes back to the first publication. */
export const previousIndex: SharedFile = {
  name: PREVIOUS_FILE,
  contentType: "application/json",
  render: async ({ index }) => (index === null ? null : renderDocument(index)),
};
