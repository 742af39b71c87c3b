import { buildMonthFileWhenNeeded, buildPageWhenNeeded } from "../../scripts/build-page.mjs";

/** Before the browser tests: what they open is the page and the one-file report as their sources stand now, built once for all files. */
export default function setup(): void {
  if (!buildPageWhenNeeded() || !buildMonthFileWhenNeeded()) {
    throw new Error("The page could not be built, so it cannot be tested. Run npm run build to see why.");
  }
}
