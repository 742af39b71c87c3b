import { fileURLToPath } from "node:url";

// The published package has these files in other places: packages/cli/build/built-files.ts says where, and stands in for this
// module there.

/** The folder of the built page, in a checkout. */
export const builtPageFolder = fileURLToPath(new URL("../../web/dist/", import.meta.url));

/** The module that draws a month's file, in a checkout. */
export const monthFileModule = fileURLToPath(
  new URL("../../web/month-file/dist/render-month-file.js", import.meta.url),
);
