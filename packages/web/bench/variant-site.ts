import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { readIndex, SUMMARY_FILE, TREND_FILE } from "@dapanoskop/dataset";
import { contentTypeOf, securityHeaders } from "@dapanoskop/edge";
import { folderStore } from "@dapanoskop/local/folder-store";
import { build } from "esbuild";
import type { TestSite } from "../../../tests/support/test-site.ts";
import { readBuiltPage } from "../../cli/src/server/built-page.ts";
import { compressed } from "../../cli/src/server/compressed.ts";

const HEAD = `
    <link rel="preload" as="fetch" href="/parquet.wasm" crossorigin>
    <script type="module" src="/parquet-first.js"></script>`;

const BARE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>The total</title>
    <link rel="preload" as="fetch" href="/data/index.json" crossorigin>${HEAD}
  </head>
  <body></body>
</html>
`;

/** Our own page, started only after parquet-wasm has loaded. Its code and data files are fetched in parallel. */
function startedAfterParquet(page: string, figures: readonly string[]): string {
  const script = /<script type="module"[^>]* src="([^"]+)"><\/script>/;
  const [tag, address] = script.exec(page) ?? [];
  if (tag === undefined || address === undefined) throw new Error("The built page names no script.");
  const preload = [
    `<link rel="modulepreload" crossorigin href="${address}">`,
    ...figures.map((key) => `<link rel="preload" as="fetch" href="/data/${key}" crossorigin>`),
  ];
  return page.replace(tag, `<meta name="then" content="${address}">${preload.join("")}${HEAD}`);
}

/**
 * Pages that load parquet-wasm before their first figure, over the same published files, compressed in the same way: our own
 * at `/`, one that draws nothing but the total at `/bare`.
 */
export async function parquetFirstSite(folder: string): Promise<TestSite> {
  const built = await readBuiltPage();
  const page = built?.at("/") ?? null;
  if (built === null || page === null) throw new Error("The page is not built. Run npm run build.");
  const store = folderStore(folder);
  const index = await readIndex(store);
  const month = index?.snapshot[index.periods[0] ?? ""];
  const figures = [index?.shared[TREND_FILE], month?.files[SUMMARY_FILE]].flatMap((file) => file?.key ?? []);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("parquet-first.js", import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    write: false,
  });
  const wasm = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");
  const files = new Map<string, readonly [type: string, body: Uint8Array]>([
    [
      "/",
      [
        page.contentType,
        new TextEncoder().encode(startedAfterParquet(new TextDecoder().decode(page.body), figures)),
      ],
    ],
    ["/bare", [page.contentType, new TextEncoder().encode(BARE)]],
    ["/parquet-first.js", ["text/javascript; charset=utf-8", outputFiles[0]?.contents ?? new Uint8Array()]],
    ["/parquet.wasm", ["application/wasm", await readFile(wasm)]],
  ]);
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? "/";
      const key = path.slice("/data/".length);
      const data = path.startsWith("/data/") ? await store.get(key) : null;
      const asset = path.startsWith("/assets/") ? built.at(path) : null;
      const known = asset === null ? files.get(path) : ([asset.contentType, asset.body] as const);
      const [type, body] = data === null ? (known ?? []) : [contentTypeOf(key), data.body];
      if (type === undefined || body === undefined) return void response.writeHead(404).end();
      const sent = compressed(body, type, String(request.headers["accept-encoding"] ?? ""));
      response.writeHead(200, { ...securityHeaders, ...sent.headers, "content-type": type });
      response.end(sent.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    folder: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
