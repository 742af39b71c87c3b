import { LONGEST_OBJECT, StoreError } from "@dapanoskop/core/store";
import { isSystemError } from "../files/files.ts";

/** An error of the system as a store error that says what to do. */
export function failureOf(error: unknown, place: string, key: string | null): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const what = key === null ? place : `${key} in ${place}`;
  const fail = (failure: StoreError["failure"], sentence: string) =>
    new StoreError(failure, key, sentence, { cause: error });
  if (isSystemError(error, "ENOSPC", "EDQUOT")) {
    return fail(
      "no-space",
      `The disk is full: ${what} was not written. Free some space and collect again; the published data is unchanged.`,
    );
  }
  if (isSystemError(error, "EROFS")) {
    return fail(
      "access-denied",
      `${what} was not written: the file system is read-only. Choose another folder with --store.`,
    );
  }
  if (isSystemError(error, "EACCES")) {
    return fail(
      "access-denied",
      `${what} may not be read or written by this user. Grant it, or choose another folder with --store.`,
    );
  }
  if (isSystemError(error, "EPERM", "ENOTSUP", "EOPNOTSUPP", "EXDEV", "EMLINK", "ENOSYS")) {
    return fail(
      "access-denied",
      `${what} was not written: the file system refuses it, perhaps because it has no hard links. Choose a folder on a local disk with --store.`,
    );
  }
  if (isSystemError(error, "ENOTDIR", "EEXIST")) {
    return fail(
      "no-such-place",
      `${place} is not a folder, or contains a file where a folder must be. Choose another one with --store.`,
    );
  }
  if (isSystemError(error, "EISDIR")) {
    return fail(
      "corrupt",
      `${what} is a folder where a published file must be. Move it away; nothing was changed.`,
    );
  }
  if (isSystemError(error, "EFBIG")) {
    return fail(
      "corrupt",
      `${what} is longer than ${LONGEST_OBJECT >> 20} MiB, and no published file is. Move it away; nothing was changed.`,
    );
  }
  if (isSystemError(error, "ELOOP")) {
    return fail("corrupt", `${what} is a symbolic link. Remove the link; nothing was changed.`);
  }
  if (isSystemError(error, "ERR_INVALID_ARG_VALUE", "ENAMETOOLONG")) {
    return fail("no-such-place", `${JSON.stringify(place.slice(0, 80))} cannot be the name of a folder.`);
  }
  return fail("unreachable", `${what} could not be reached: ${error.message}`);
}
