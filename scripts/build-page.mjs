// Builds the page, or the module that draws a month's file with its components, when their sources are newer than what was
// built. Plain Node without imports from node_modules.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(root, "packages");
const web = join(packages, "web");
const page = { config: "vite.config.ts", built: join(web, "dist"), file: "index.html" };
const monthFile = {
  config: "vite.month-file.config.ts",
  built: join(web, "month-file", "dist"),
  file: "render-month-file.js",
};
const vite = join(root, "node_modules", "vite", "bin", "vite.js");

/** Whether the built page is newer than its sources: the page's own, those of the packages that it uses, and their locked versions. */
export const isPageFresh = () => isFresh(page);

/** Builds the page where it is missing or older than its sources; tells whether it can be served now. */
export const buildPageWhenNeeded = () => buildWhenNeeded(page, "the page");

/** The same for the module that draws a month's file. */
export const buildMonthFileWhenNeeded = () => buildWhenNeeded(monthFile, "the one-file report");

function isFresh({ built, file }) {
  const path = join(built, file);
  if (!existsSync(path)) return false;
  const lock = statSync(join(root, "package-lock.json")).mtimeMs;
  return (
    statSync(path).mtimeMs > Math.max(lock, ...[...usedBy("web")].map((name) => newest(join(packages, name))))
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

/** It is built aside and put in place whole, so that a server that starts meanwhile finds the old page or the new one. */
function buildWhenNeeded(target, name) {
  if (isFresh(target)) return true;
  const { config, built } = target;
  console.error(`Building ${name} …`);
  const aside = join(root, ".cache", `page-${process.pid}`);
  try {
    mkdirSync(aside, { recursive: true });
    const made = join(aside, "new");
    const { status } = spawnSync(
      process.execPath,
      [vite, "build", "--config", config, "--outDir", made, "--emptyOutDir", "--logLevel", "warn"],
      // Tests set it to something else, and Solid would come as its development build.
      { cwd: web, stdio: ["ignore", "ignore", 2], env: { ...process.env, NODE_ENV: "production" } },
    );
    if (status !== 0) return false;
    if (existsSync(built)) renameSync(built, join(aside, "old"));
    mkdirSync(dirname(built), { recursive: true });
    renameSync(made, built);
    return true;
  } catch (error) {
    // Another process that built at the same moment was first: what it built is as good.
    if (isFresh(target)) return true;
    console.error(
      `What was built could not be put in place: ${error instanceof Error ? error.message : error}`,
    );
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
