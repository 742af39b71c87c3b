/** Hands a text over as a file. The page makes it; nothing is asked of anybody. */
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

/** A file's name of words that we chose and of a month; what a name from the bill adds is reduced to plain letters. */
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
