import { access } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { MonthContents } from "@dapanoskop/dataset";
import { CommandError } from "./errors.ts";

/** The module that `npm run build` makes of the page's components. */
interface MonthFileModule {
  /** A published month as one HTML document. The same input gives the same text. */
  renderMonthFile(month: MonthContents): Promise<string>;
}

const BUILT = fileURLToPath(new URL("../../web/month-file/dist/render-month-file.js", import.meta.url));

/** Loads the built module that draws a month. @throws CommandError where it was not built */
export async function loadMonthFileRenderer(path: string = BUILT): Promise<MonthFileModule> {
  try {
    await access(path);
  } catch {
    throw new CommandError(
      "The HTML report is not built yet. Run npm run build, then run the command again. " +
        "To read the report in the terminal, run dapanoskop show.",
    );
  }
  return (await import(pathToFileURL(path).href)) as MonthFileModule;
}
