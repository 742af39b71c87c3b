import { access } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { MonthContents } from "@dapanoskop/dataset";
import { monthFileModule } from "./built-files.ts";
import { CommandError } from "./errors.ts";

/** The module that `npm run build` makes of the page's components. */
interface MonthFileModule {
  /** A published month as one HTML document. The same input gives the same text. */
  renderMonthFile(month: MonthContents): Promise<string>;
}

/** Loads the built module that draws a month. @throws CommandError where it was not built */
export async function loadMonthFileRenderer(path: string = monthFileModule): Promise<MonthFileModule> {
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
