// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html (Path pattern)

/** Characters that mean the same encoded and not (RFC 3986, 6.2.2.2). */
const UNRESERVED = /%(2D|2E|5F|7E|3[0-9]|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])/gi;

/**
 * A path as CloudFront compares it with path patterns: unreserved characters are decoded, multiple slashes are one, dots are
 * removed. The function and the origin get the path as the viewer sent it.
 */
export function normalizedPath(path: string): string {
  const decoded = path.replace(UNRESERVED, (triplet) => decodeURIComponent(triplet));
  const kept: string[] = [];
  const parts = decoded.replace(/\/+/g, "/").split("/").slice(1);
  for (const [at, part] of parts.entries()) {
    if (part === "..") kept.pop();
    if (part !== "." && part !== "..") kept.push(part);
    else if (at === parts.length - 1) kept.push("");
  }
  return `/${kept.join("/")}`;
}

/** Whether a pattern of a behavior matches a whole path; a pattern may lack its first slash. */
export const matchesPattern = (pattern: string, path: string): boolean =>
  matchesWildcards(pattern.startsWith("/") || pattern === "*" ? pattern : `/${pattern}`, path);

/** Whether a text is that of a pattern: `*` any characters, `?` exactly one. Letters have a case. */
export function matchesWildcards(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(text);
}
