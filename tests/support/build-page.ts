import { buildPageWhenNeeded } from "../../scripts/build-page.mjs";

/** Before the browser tests: what they open is the page as its sources stand now, built once for all files. */
export default function setup(): void {
  if (!buildPageWhenNeeded()) {
    throw new Error("The page could not be built, so it cannot be tested. Run npm run build to see why.");
  }
}
