import type { SkippedFile } from "./repository-file.ts";

/** What the configuration files of a repository say about a tag. */
export interface ScanReport {
  /** The tag that was looked for: `App`. */
  readonly tagKey: string;
  /** Folders that are applied, not only called as modules; in the order of their paths. */
  readonly roots: readonly ScannedRoot[];
  /** In the order of file and line. */
  readonly findings: readonly TagFinding[];
  /** Modules of other places, which are not read. */
  readonly unreadModules: readonly UnreadModule[];
  readonly skipped: readonly SkippedFile[];
}

export interface ScannedRoot extends TagCounts {
  /** `live/web`; `.` for the repository's root. */
  readonly path: string;
}

/** Resources of AWS that can have tags; a block with `count` or `for_each` is one. */
export interface TagCounts {
  readonly tagged: number;
  readonly untagged: number;
  readonly undecided: number;
}

/** A resource block that has not the tag, or of which the files do not decide it. */
export interface TagFinding {
  readonly kind: "untagged" | "undecided";
  /** `module.web.aws_instance.server`. */
  readonly address: string;
  readonly type: string;
  /** Whether such a resource costs nothing itself; `null` where that is not known. */
  readonly isFree: boolean | null;
  readonly file: string;
  readonly line: number;
  /** The root that it belongs to. */
  readonly root: string;
}

export interface UnreadModule {
  /** As it is written: `terraform-aws-modules/vpc/aws`. */
  readonly source: string;
  readonly file: string;
  readonly line: number;
}
