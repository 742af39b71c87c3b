import { createHash } from "node:crypto";
import { relative } from "node:path";
import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";

const scopes = new Map<string, string>();

/** A class name of four characters, as a file of a month repeats them in every row. The same in every build. */
function shortClassName(name: string, file: string): string {
  const source = `${relative(import.meta.dirname, file)} ${name}`;
  const hash = createHash("sha256").update(source).digest("hex");
  const scoped = `c${(Number.parseInt(hash.slice(0, 12), 16) % 36 ** 3).toString(36)}`;
  const known = scopes.get(scoped);
  if (known !== undefined && known !== source) {
    throw new Error(`The class names of ${known} and ${source} would be the same. Rename one of the two.`);
  }
  scopes.set(scoped, source);
  return scoped;
}

/** Puts the style sheet into the module, so that the module is all that a file of a month needs. */
function stylesInTheModule(): Plugin {
  return {
    name: "styles-in-the-module",
    // After the plugin that makes the style sheet.
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => fileName.endsWith(".css"));
      const text = files
        .map((file) => (file.type === "asset" ? String(file.source) : ""))
        .join("")
        .trim();
      const sha256 = createHash("sha256").update(text).digest("base64");
      for (const { fileName } of files) delete bundle[fileName];
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk")
          chunk.code = `const STYLES = ${JSON.stringify({ text, sha256 })};\n${chunk.code}`;
      }
    },
  };
}

/** Builds the module that draws a published month as one HTML file, with the components of the page. It runs in Node. */
export default defineConfig({
  plugins: [solid({ ssr: true, solid: { generate: "ssr", hydratable: false } }), stylesInTheModule()],
  publicDir: false,
  css: { modules: { generateScopedName: shortClassName } },
  // A module of its own, without packages to install.
  ssr: { noExternal: true },
  build: {
    ssr: "src/month-file/render-month-file.tsx",
    ssrEmitAssets: true,
    cssCodeSplit: false,
    cssMinify: true,
    outDir: "month-file/dist",
    target: "node20",
    rolldownOptions: {
      // Modules of these packages have no side effects.
      treeshake: { moduleSideEffects: (id) => !/\/(packages|@dapanoskop)\/(core|dataset)\//.test(id) },
      // What only the page needs, like its virtual rows, is loaded by nobody here.
      output: { codeSplitting: false },
    },
  },
});
