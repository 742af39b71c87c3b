// The licenses of the packages whose code is part of the published package.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The text of THIRD-PARTY-LICENSES.txt: each package with its version, its license and the license's text, sorted by name.
 * @param files files of packages, absolute
 * @throws Error for a package that names no license
 */
export function thirdPartyLicenses(files) {
  const folders = [...new Set(files.map(packageFolder))];
  const sections = folders.map(section).sort((one, other) => (one < other ? -1 : 1));
  const intro =
    "The command line contains code of these packages, and the page is built of some of them. Where a package has no license file, its package.json names the license.";
  return `${[intro, ...new Set(sections)].join(`\n\n${"-".repeat(80)}\n`)}\n`;
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
