import { wrap } from "../../../text/index.ts";
import type { DaySection } from "../day-section.ts";
import type { MessageContent } from "../message-content.ts";
import { type RowWidths, rowText, rowWidths } from "./rows.ts";
import { shownPair, shownText } from "./shown.ts";

/** Columns of a paragraph. A table takes what its labels and figures need, up to some 95 with ordinary amounts. */
const COLUMNS = 78;

/** A report as plain text. Every line ends in a newline. */
export function dayText(content: MessageContent): string {
  const { subject, notes, sections, source, link, currency } = content;
  const widths = rowWidths(sections, currency);
  const lines = [
    ...paragraph(shownText(subject)),
    ...notes.flatMap((note) => ["", ...paragraph(shownText(note))]),
    ...sections.flatMap((section) => sectionLines(section, widths, currency)),
    "",
    ...source.flatMap((sentence) => paragraph(shownText(sentence))),
    ...(link === null ? [] : ["", `${link.text}:`, link.href]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function sectionLines(section: DaySection, widths: RowWidths, currency: string): readonly string[] {
  const { title, subtitle, pairs, sentences } = section;
  const heading = subtitle === null ? title.toUpperCase() : `${title.toUpperCase()}, ${shownText(subtitle)}`;
  return [
    "",
    ...paragraph(heading),
    ...pairs.flatMap((pair) => [
      `  ${rowText(shownPair(pair, currency), widths)}`,
      ...(pair.detail === null ? [] : paragraph(shownText(pair.detail), 6)),
    ]),
    ...sentences.flatMap((sentence) => paragraph(shownText(sentence), 2)),
  ];
}

const paragraph = (text: string, indent = 0): readonly string[] =>
  wrap(text, COLUMNS - indent).map((line) => `${" ".repeat(indent)}${line}`);
