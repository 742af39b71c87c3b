import { StateError, type StateFailure } from "@dapanoskop/core/state";
import { isSystemError } from "../files/files.ts";

/** An error of the system as a state error that says what to do. @param what names the record, or the folder */
export function stateFailureOf(error: unknown, what: string): unknown {
  if (error instanceof StateError || !(error instanceof Error)) return error;
  const [failure, sentence] = MEANINGS.find(({ codes }) => isSystemError(error, ...codes))?.means ?? [
    "unreachable",
    `could not be reached: ${error.message}`,
  ];
  return new StateError(failure, `${what} ${sentence}`, { cause: error });
}

interface Meaning {
  readonly codes: readonly string[];
  readonly means: readonly [StateFailure, string];
}

const MEANINGS: readonly Meaning[] = [
  {
    codes: ["ENOSPC", "EDQUOT"],
    means: ["no-space", "was not written: the disk is full. Free some space and run again."],
  },
  {
    codes: ["EROFS"],
    means: ["access-denied", "was not written: the file system is read-only. Choose another folder."],
  },
  {
    codes: ["EACCES"],
    means: ["access-denied", "may not be read or written by this user. Grant it, or choose another folder."],
  },
  {
    codes: ["EPERM", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "ENOSYS"],
    means: [
      "access-denied",
      "was not written: the file system refuses it, perhaps because it has no hard links. Choose a folder on a local disk.",
    ],
  },
  {
    codes: ["ENOTDIR", "EEXIST"],
    means: ["no-such-place", "was not found: a file stands in place of a folder. Choose another folder."],
  },
  {
    codes: ["EISDIR", "ELOOP"],
    means: ["corrupt", "is a folder or a link where a file must be. Move it away; nothing was changed."],
  },
  {
    codes: ["ERR_INVALID_ARG_VALUE", "ENAMETOOLONG"],
    means: ["no-such-place", "cannot be the name of a folder. Choose another folder."],
  },
];
