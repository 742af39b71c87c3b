import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Day, dayOfInstant } from "@dapanoskop/core/calendar";
import { renderDayReport } from "@dapanoskop/core/insight/day";
import { jsonText } from "@dapanoskop/core/insight/render";
import type { RenderedMessage } from "@dapanoskop/core/sending";
import { readIndex } from "@dapanoskop/dataset";
import { buildReport, readPublishedDays } from "@dapanoskop/report";
import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { noDaysPublished } from "../published-month.ts";
import { checkReportValues } from "../report/check-values.ts";
import { openStore } from "../store.ts";
import type { reportPreviewDefinition } from "./report-definitions.ts";

type PreviewValues = CommandValues<typeof reportPreviewDefinition.options>;

/** `dapanoskop report preview`: the report of a day in the form that a channel gets. Nothing is sent or recorded. */
export async function reportPreview(values: PreviewValues, context: CommandContext): Promise<number> {
  checkReportValues("report preview", values);
  const store = await openStore(values.store);
  const published = await readPublishedDays(store);
  if (published === null) throw new CommandError(noDaysPublished(await readIndex(store), store.place));
  const { completeThrough } = published.figures;
  const date = values.date ?? completeThrough ?? dayOfInstant(context.runtime.clock.now());
  const report = await buildReport(published, {
    date,
    audience: { name: "preview", costCenters: values.costCenters.length === 0 ? null : values.costCenters },
    dashboardUrl: values.dashboard,
    said: null,
    answers: null,
    budgets: [],
  });
  const message = renderDayReport(report);
  if (values.open) return openHtml(message, date, context);
  context.out.write(formOf(message, values.format));
  return exitCode.done;
}

function formOf(message: RenderedMessage, format: PreviewValues["format"]): string {
  switch (format) {
    case "text":
      return message.text;
    case "html":
      return message.html;
    case "slack":
      return jsonText(message.slack);
    case "json":
      return jsonText(message.json);
  }
}

async function openHtml({ html }: RenderedMessage, date: Day, context: CommandContext): Promise<number> {
  const path = join(await mkdtemp(join(tmpdir(), "dapanoskop-report-")), `${date}.html`);
  await writeFile(path, html);
  context.out.write(`${path}\n`);
  if ((await context.open?.(path)) !== true) {
    context.err.write("No program for web pages was started: open the file in a browser.\n");
  }
  return exitCode.done;
}
