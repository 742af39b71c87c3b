import { defineConfig, type Plugin, type Rolldown } from "vite";
import solid from "vite-plugin-solid";

/** Modules of these packages have no side effects, so the bundler may leave out what the page does not import. */
const isPure = (id: string) => /\/(packages|@dapanoskop)\/(core|dataset|api)\//.test(id);

/** The document preloads what the entry imports when it runs, so that splitting it does not delay it. */
function preloadWhatTheEntryImports(): Plugin {
  return {
    name: "preload-what-the-entry-imports",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_page, { bundle = {}, chunk: entry }) {
        const withImports = (files: readonly string[], known = new Set<Rolldown.OutputChunk>()) => {
          for (const file of files) {
            const chunk = bundle[file];
            if (chunk?.type !== "chunk" || known.has(chunk)) continue;
            known.add(chunk);
            withImports(chunk.imports, known);
          }
          return known;
        };
        const first = withImports(entry === undefined ? [] : [entry.fileName]);
        const later = withImports([...first].flatMap((chunk) => chunk.dynamicImports));
        const next = [...later].filter((chunk) => !first.has(chunk));
        const styles = new Set(next.flatMap((chunk) => [...(chunk.viteMetadata?.importedCss ?? [])]));
        const link = (rel: string, file: string) => ({
          tag: "link",
          attrs: { rel, crossorigin: true, href: `/${file}` },
          injectTo: "head" as const,
        });
        return [
          ...next.map(({ fileName }) => link("modulepreload", fileName)),
          ...[...styles].map((file) => link("stylesheet", file)),
        ];
      },
    },
  };
}

export default defineConfig({
  plugins: [solid(), preloadWhatTheEntryImports()],
  build: {
    target: "es2023",
    // All supported browsers have modulepreload. The content security policy forbids inline data, so every asset is a file.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !isPure(id) },
      output: {
        // Two files for the first load, each with its imports: on a slow connection a request costs more than some kB. Small
        // parts that only other pages use are in the second, so that these pages need fewer requests.
        codeSplitting: {
          groups: [
            { name: "start", test: /\/src\/main\.ts$|preload-helper/, priority: 2 },
            { name: "page", test: /\/src\/(page\.tsx|parts\/(?!confirmed-action).*)$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/data": "http://127.0.0.1:4321", "/config.json": "http://127.0.0.1:4321" },
  },
});
