import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

/** Core is pure: a module of it that nobody asks anything of may be left out, whatever its first lines compute. */
const isCore = (id: string) => id.includes("/packages/core/") || id.includes("/@dapanoskop/core/");

export default defineConfig({
  plugins: [solid()],
  build: {
    target: "es2023",
    // Browsers of today know modulepreload, and the policy forbids inline data: every asset is a file of ours.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !isCore(id) } },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/data": "http://127.0.0.1:4321", "/config.json": "http://127.0.0.1:4321" },
  },
});
