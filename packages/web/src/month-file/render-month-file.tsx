import "../theme/tokens.css";
import "../theme/base.css";
import { monthText } from "@dapanoskop/core/insight";
import type { MonthContents, UsageTypeColumns } from "@dapanoskop/dataset";
import { renderToString } from "solid-js/web";
import { type ComparedUsage, comparedUsage } from "../data/compared-usage.ts";
import { FormatsProvider } from "../words/formats-context.tsx";
import { MonthDocument } from "./month-document.tsx";

/** The style sheet of the file and its SHA-256 in base64: the build puts both here. */
declare const STYLES: { readonly text: string; readonly sha256: string };

/**
 * A published month as one HTML file: it has no script, loads nothing, and reads and prints the same everywhere. It is
 * drawn by the components of the page. The same input gives the same bytes: the only time in it is that of the data.
 */
export async function renderMonthFile(month: MonthContents): Promise<string> {
  const usage = await usageOf(month);
  const body = renderToString(() => (
    <FormatsProvider languages={["en-US"]}>
      <MonthDocument month={month} usage={usage} />
    </FormatsProvider>
  ));
  return document(monthText(month.summary.period), body);
}

/** `null` where the month was published without its usage. */
async function usageOf({
  index,
  summary,
  usage,
  priorPeriodToDateUsage,
}: MonthContents): Promise<ComparedUsage | null> {
  if (usage === null) return null;
  const files = {
    usage: async (): Promise<UsageTypeColumns> => usage,
    priorPeriodToDateUsage: async () => priorPeriodToDateUsage,
  };
  return comparedUsage(files, index, summary);
}

/** Nothing may be loaded or sent, and no style applies but the file's own. */
const policy = `default-src 'none'; style-src 'sha256-${STYLES.sha256}'; base-uri 'none'; form-action 'none'`;

// Solid separates neighboring texts by an empty comment, for a script that takes the page over.
const document = (title: string, body: string) => `<!doctype html>
<html lang="en" data-medium="file">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} · Dapanoskop</title>
<style>${STYLES.text}</style>
</head>
<body>
${body.replaceAll("<!--!$-->", "")}
</body>
</html>
`;
