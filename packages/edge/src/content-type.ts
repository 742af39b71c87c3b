/** The media types of the published and page files, by file name extension. */
const types: ReadonlyMap<string, string> = new Map([
  ["html", "text/html; charset=utf-8"],
  ["js", "text/javascript; charset=utf-8"],
  ["css", "text/css; charset=utf-8"],
  ["svg", "image/svg+xml"],
  ["wasm", "application/wasm"],
  ["json", "application/json"],
  ["parquet", "application/vnd.apache.parquet"],
]);

/** A file's media type, by its name. An unknown extension is `application/octet-stream`, which browsers do not render. */
export function contentTypeOf(name: string): string {
  return types.get(/\.([a-z]+)$/.exec(name)?.[1] ?? "") ?? "application/octet-stream";
}
