// Builds the page when its sources are newer than what was built. Plain Node without imports from node_modules.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, "packages", "web");
const built = join(web, "dist");
const vite = join(root, "node_modules", "vite", "bin", "vite.js");

/** The page is served as built. Its sources are the page's own and core's. */
export function isPageFresh() {
  const page = join(built, "index.html");
  const sources = [web, join(root, "packages", "core", "src")];
  return existsSync(page) && statSync(page).mtimeMs > Math.max(...sources.map(newest));
}

/**
 * Builds the page where it is missing or older than its sources; tells whether it can be served now.
 * It is built aside and put in place whole, so that a server that starts meanwhile finds the old page or the new one.
 */
export function buildPageWhenNeeded() {
  if (isPageFresh()) return true;
  console.error("Building the page …");
  const aside = join(root, ".cache", `page-${process.pid}`);
  try {
    mkdirSync(aside, { recursive: true });
    const made = join(aside, "new");
    const { status } = spawnSync(
      process.execPath,
      [vite, "build", "--outDir", made, "--emptyOutDir", "--logLevel", "warn"],
      // Tests set it to something else, and Solid would come as its development build.
      { cwd: web, stdio: ["ignore", "ignore", 2], env: { ...process.env, NODE_ENV: "production" } },
    );
    if (status !== 0) return false;
    if (existsSync(built)) renameSync(built, join(aside, "old"));
    renameSync(made, built);
    return true;
  } catch (error) {
    // Another process that built at the same moment was first: its page is as good.
    if (isPageFresh()) return true;
    console.error(`The page could not be put in place: ${error instanceof Error ? error.message : error}`);
    return false;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** When anything below a folder was changed last, what is built or installed apart. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "dist" && name !== "node_modules")
    .reduce((latest, entry) => {
      const path = join(folder, entry.name);
      return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
    }, 0);
}
