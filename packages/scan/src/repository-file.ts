/** A configuration file of a repository. */
export interface RepositoryFile {
  /** From the repository's root, with `/`: `live/web/main.tf`. */
  readonly path: string;
  readonly text: string;
}

/** What a reader of files left out. */
export interface SkippedFile {
  readonly path: string;
  /** Why, as the rest of a sentence: `it is larger than 1 MB`. */
  readonly why: string;
}

/** The configuration files of a repository, with what was left out. */
export interface RepositoryFiles {
  readonly files: readonly RepositoryFile[];
  readonly skipped: readonly SkippedFile[];
}

/** A larger file is not configuration that somebody wrote. */
export const LARGEST_FILE_BYTES = 1_000_000;

/** More files, or more bytes in all of them, are refused. */
export const MOST_FILES = 20_000;
export const MOST_BYTES = 100_000_000;

const CONFIGURATION = /\.(tf|tofu)(\.json)?$|^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/;

/** Folders of copies and caches: nobody wrote what is in them. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  ".terraform",
  ".git",
  ".terragrunt-cache",
  "node_modules",
]);

/** Whether a file of this path is read. */
export function isConfiguration(path: string): boolean {
  const parts = path.split("/");
  return (
    CONFIGURATION.test(parts.at(-1) ?? "") && !parts.slice(0, -1).some((part) => SKIPPED_FOLDERS.has(part))
  );
}

export const isSkippedFolder = (name: string): boolean => SKIPPED_FOLDERS.has(name);
