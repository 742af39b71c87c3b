// Builds the page when its sources are newer than what was built. Plain Node without imports from node_modules.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, "packages");
const web = join(packages, "web");
const built = join(web, "dist");
const vite = join(root, "node_modules", "vite", "bin", "vite.js");

/** Whether the built page is newer than its sources: the page's own, those of the packages that it uses, and their locked versions. */
export function isPageFresh() {
  const page = join(built, "index.html");
  if (!existsSync(page)) return false;
  const lock = statSync(join(root, "package-lock.json")).mtimeMs;
  return (
    statSync(page).mtimeMs > Math.max(lock, ...[...usedBy("web")].map((name) => newest(join(packages, name))))
  );
}

/** A package of ours, and those of ours that it depends on. */
function usedBy(name, found = new Set()) {
  found.add(name);
  const { dependencies = {} } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8"));
  for (const [, other] of Object.keys(dependencies).map((one) => /^@dapanoskop\/(.+)$/.exec(one) ?? [])) {
    if (other !== undefined && !found.has(other)) usedBy(other, found);
  }
  return found;
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

/** When a file below a folder was changed last; built and installed files do not count. */
function newest(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "dist" && name !== "node_modules")
    .reduce((latest, entry) => {
      const path = join(folder, entry.name);
      return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
    }, 0);
}
