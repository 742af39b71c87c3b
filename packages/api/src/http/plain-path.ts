/** Addresses of the API have no other characters: nothing in them is decoded. */
const PLAIN = /^\/[A-Za-z0-9._~/-]*$/;

/**
 * Whether a path means the same to everybody who reads it. An encoded character, a backslash, or a part `.` or `..` would be
 * another address to a gateway or a log than to the API: such a path is answered as one that does not exist.
 * @param path as it arrived, without the query
 */
export const isPlainPath = (path: string): boolean =>
  PLAIN.test(path) && path.split("/").every((part) => part !== "." && part !== "..");
