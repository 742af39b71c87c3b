// The licenses of the packages whose code is part of the published package.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The text of THIRD-PARTY-LICENSES.txt: each package with its version, its license and the license's text, sorted by name.
 * @param what a sentence that says what contains the packages
 * @param files files of packages, absolute
 * @throws Error for a package that names no license
 */
export function thirdPartyLicenses(what, files) {
  const folders = [...new Set(files.map(packageFolder))];
  const sections = folders.map(section).sort((one, other) => (one < other ? -1 : 1));
  const intro = `${what} Where a package has no license file, its package.json names the license.`;
  return `${[intro, ...new Set(sections)].join(`\n\n${"-".repeat(80)}\n`)}\n`;
}

/**
 * The package.json of each package that packages of ours depend on, through others too, and that is not ours.
 * @param names of folders in packages/
 */
export function packagesOf(root, names) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const found = new Set();
  const visit = (place) => {
    for (const dependency of Object.keys(packages[place]?.dependencies ?? {})) {
      const installed = placeOf(packages, place, dependency);
      const target = packages[installed]?.link ? packages[installed].resolved : installed;
      if (target === undefined || found.has(target)) continue;
      found.add(target);
      visit(target);
    }
  };
  for (const name of names) visit(`packages/${name}`);
  return [...found]
    .filter((place) => place.includes("node_modules/"))
    .map((place) => join(root, place, "package.json"));
}

/** Where a lock file has a package that another one depends on. */
function placeOf(packages, from, name) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/")))) {
    const candidate = `${place === "" ? "" : `${place}/`}node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (place === "") return undefined;
  }
}

function section(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (typeof license !== "string") {
    throw new Error(
      `The package ${name} ${version} names no license. Read its license, then list it or leave it out.`,
    );
  }
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)(\.|-|$)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}

/** The folder of the package of a file: the nearest one below a node_modules whose package.json has a name and a version. */
function packageFolder(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) {
      const { name, version } = JSON.parse(readFileSync(manifest, "utf8"));
      if (name !== undefined && version !== undefined) return folder;
    }
  }
  throw new Error(`The file ${file} belongs to no package.`);
}
