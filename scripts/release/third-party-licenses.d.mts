/** The text of THIRD-PARTY-LICENSES.txt: each package of these files with its version, its license and the license's text. */
export function thirdPartyLicenses(what: string, files: readonly string[]): string;
/** The package.json of each package that packages of ours depend on, through others too, and that is not ours. */
export function packagesOf(root: string, names: readonly string[]): readonly string[];
