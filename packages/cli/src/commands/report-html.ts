import { writeFile } from "node:fs/promises";
import { visible } from "@dapanoskop/core/text";
import type { CommandContext } from "../command-context.ts";
import { CommandError, UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import { loadMonthFileRenderer } from "../month-file-renderer.ts";
import type { CommandValues } from "../options/command-option.ts";
import { nothingPublished, readMonthContents } from "../published-month.ts";
import { openStore } from "../store.ts";
import type { reportHtmlDefinition } from "./report-html-definition.ts";

/** `dapanoskop report html`: a published month as one HTML file, with all tables and charts and without a script. */
export async function reportHtml(
  { store: place, period, output }: CommandValues<typeof reportHtmlDefinition.options>,
  context: CommandContext,
): Promise<number> {
  if (output === null && context.out.isTerminal) {
    throw new UsageError(
      "report html",
      "The report is HTML: name a file for it, like -o report.html. To read it in the terminal, run dapanoskop show.",
    );
  }
  const { renderMonthFile } = await loadMonthFileRenderer();
  const store = await openStore(place);
  const { loadParquetCodec } = await import("@dapanoskop/local/parquet");
  const month = await readMonthContents(store, period, await loadParquetCodec());
  if (month === null) throw new CommandError(nothingPublished(store.place));
  const html = await renderMonthFile(month);
  if (output === null || output === "-") {
    context.out.write(html);
    return exitCode.done;
  }
  await write(output, html);
  const size = Math.ceil(Buffer.byteLength(html) / 1_000);
  context.err.write(`Wrote the report of ${month.summary.period} to ${visible(output, 500)}, ${size} kB.\n`);
  return exitCode.done;
}

/** A file of that name is replaced, as a command that runs every month needs it. */
async function write(path: string, html: string): Promise<void> {
  try {
    await writeFile(path, html);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    throw new CommandError(
      `The report could not be written to ${path}${code}. Check that its folder exists and that you may write there.`,
      { cause },
    );
  }
}
