import type { SlackMessage } from "../../../sending/index.ts";
import type { DaySection } from "../day-section.ts";
import type { MessageContent } from "../message-content.ts";
import { rowText, rowWidths } from "./rows.ts";
import { shownPair, shownText } from "./shown.ts";

/** Slack's limits, in characters. A message has at most 50 blocks as well: this one has some thirty. */
const HEADER_LIMIT = 150;
const TEXT_LIMIT = 3000;

/** The code block around the rows of a table. */
const FENCE = "```\n";

/**
 * A report as Slack blocks. Tables stand in code blocks, where Slack formats nothing; other names stand in plain text, and
 * `verbatim` makes no link of anything. `&`, `<` and `>` are escaped everywhere: no name mentions anybody.
 */
export function daySlack({ subject, notes, sections, source, link, currency }: MessageContent): SlackMessage {
  const line = shownText(subject);
  return {
    text: escaped(unformatted(line)),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(line, HEADER_LIMIT), emoji: false } },
      ...paragraphs(notes.map(shownText)),
      ...sections.flatMap((section) => sectionBlocks(section, currency)),
      ...paragraphs([source.map(shownText).join(" ")]),
      ...(link === null ? [] : [markdown(`<${escaped(link.href)}|${escaped(link.text)}>`)]),
    ],
  };
}

function sectionBlocks(section: DaySection, currency: string): readonly object[] {
  const { title, subtitle, pairs, sentences } = section;
  const widths = rowWidths([section], currency);
  const heading = subtitle === null ? `*${title}*` : `*${title}*, ${escaped(shownText(subtitle))}`;
  const rows = pairs.map((pair) => unfenced(rowText(shownPair(pair, currency), widths)));
  const details = pairs.flatMap(({ label, detail }) =>
    detail === null ? [] : [`${shownText(label)}: ${shownText(detail)}`],
  );
  const [first, ...others] = chunks(rows, TEXT_LIMIT - heading.length - 2 * FENCE.length);
  return [
    markdown(first === undefined ? heading : `${heading}\n${table(first)}`),
    ...others.map((chunk) => markdown(table(chunk))),
    ...paragraphs([...details, ...sentences.map(shownText)]),
  ];
}

const table = (rows: string) => `${FENCE}${rows}\n\`\`\``;

/** Text that Slack formats: only our own words, and escaped rows in a code block. */
const markdown = (text: string) => ({ type: "section", text: { type: "mrkdwn", text, verbatim: true } });

const paragraphs = (texts: readonly string[]): readonly object[] =>
  chunks(texts, TEXT_LIMIT).map((text) => ({
    type: "section",
    text: { type: "plain_text", text, emoji: false },
  }));

/** Lines, escaped, in as few texts of at most `limit` characters as they fit in. */
function chunks(lines: readonly string[], limit: number): readonly string[] {
  const texts: string[] = [];
  for (const line of lines.map((each) => cut(each, limit))) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= limit)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts;
}

/** Escaped, in at most `limit` characters: no escape and no character is cut in two. */
function cut(text: string, limit: number): string {
  const whole = escaped(text);
  if (whole.length <= limit) return whole;
  let short = "";
  for (const character of text) {
    const longer = short + escaped(character);
    if (longer.length > limit - 1) break;
    short = longer;
  }
  return `${short}…`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A code block ends at three backticks. */
const unfenced = (text: string) => text.replaceAll("`", "\u02cb");

const LOOKALIKES: Readonly<Record<string, string>> = {
  "*": "\u2217",
  _: "\uff3f",
  "~": "\u223c",
  "`": "\u02cb",
};

/** Slack formats the text of a notification, and has no escape for it. */
const unformatted = (text: string) => text.replaceAll(/[*_~`]/g, (mark) => LOOKALIKES[mark] ?? "");
