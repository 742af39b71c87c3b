import { buildMonthFileWhenNeeded, buildPageWhenNeeded } from "../../scripts/build-page.mjs";

/** Builds the page and the one-file report from the current sources, once before all browser tests. */
export default function setup(): void {
  if (!buildPageWhenNeeded() || !buildMonthFileWhenNeeded()) {
    throw new Error("The page could not be built, so it cannot be tested. Run npm run build to see why.");
  }
}
