import { join } from "node:path";
import { root, writeArtifacts } from "../../../packages/terraform/src/export.ts";
import { buildPageWhenNeeded } from "../../../scripts/build-page.mjs";

/** Writes the page and the functions of these sources into a copy of the module. The page is built once for all tests. */
export function buildArtifacts(module: string): void {
  if (!buildPageWhenNeeded()) throw new Error("The page could not be built. Run npm run build to see why.");
  writeArtifacts(module, join(root, "packages/web/dist"));
}
