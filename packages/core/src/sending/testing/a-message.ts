import type { Mail, MessageTags, RenderedMessage } from "../index.ts";

export const someTags: MessageTags = {
  report: "daily",
  date: "2026-01-14",
  audience: "everyone",
  attempt: "1",
};

/** A message with letters outside ASCII, a long line and a line that a mail server could misread. */
export const aRenderedMessage = (own: Partial<RenderedMessage> = {}): RenderedMessage => ({
  subject: "AWS costs 14 Jan: $1,234.50 (+23.5 % to the 7-day average) – Zoë Müller, データ",
  text: `Costs of 14 January 2026\n\nZoë Müller  $1,234.50\n.\n.. データ\n${"x".repeat(1_200)}\n`,
  html: '<!doctype html><html lang="en"><body><p>Zoë Müller <b>$1,234.50</b> &lt;データ&gt;</p></body></html>',
  slack: {
    text: "AWS costs 14 Jan: $1,234.50",
    blocks: [{ type: "section", text: { type: "plain_text", text: "Zoë Müller: $1,234.50" } }],
  },
  json: { schema: "dapanoskop/report/1", date: "2026-01-14", total: 1234.5 },
  ...own,
});

export const aMail = (own: Partial<Mail> = {}): Mail => ({
  from: "costs@example.com",
  to: ["jane@example.com", "joe.doe+aws@example.org"],
  message: aRenderedMessage(),
  tags: someTags,
  ...own,
});
