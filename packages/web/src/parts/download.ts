/** Saves a text as a file. The page creates it; no request is made. */
export function download(name: string, mediaType: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.rel = "external";
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** A file name of several words. Characters other than letters, digits, `.` and `-` become `-`, so names from the bill are safe. */
export const fileName = (...words: readonly string[]): string =>
  words
    .map((word) =>
      word
        .normalize("NFKD")
        .replaceAll(/[^A-Za-z0-9.-]+/g, "-")
        .replaceAll(/^[-.]+|-+$/g, "")
        .slice(0, 60),
    )
    .filter((word) => word !== "")
    .join("-");
