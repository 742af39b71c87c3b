import type { IndexDocument, Summary, Trend } from "@dapanoskop/dataset";
import { type Message, messageOf } from "@dapanoskop/dataset/report";

/**
 * The month as terminal, mail and page all tell it: the page writes the same figures in its own manner.
 * Without a trend, which may come later or not at all, only the months are missing.
 */
export const messageFor = (index: IndexDocument, summary: Summary, trend: Trend | undefined): Message =>
  messageOf({ index, summary, trend: trend ?? { schema: 1, currency: summary.currency, months: [] } }, null);
