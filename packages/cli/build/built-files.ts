import { fileURLToPath } from "node:url";

/** The folder of the built page, in the published package. */
export const builtPageFolder = fileURLToPath(new URL("./page/", import.meta.url));

/** The module that draws a month's file, in the published package. */
export const monthFileModule = fileURLToPath(new URL("./month-file/render-month-file.js", import.meta.url));
