import { rounded } from "../../../money/index.ts";
import { plainFigures } from "../../render/plain-figures.ts";
import { partText, type Sentence } from "../../sentence.ts";
import type { DayPair, DaySection } from "../day-section.ts";
import type { MessageContent } from "../message-content.ts";
import { MEDIA_STYLES, STYLES } from "./html-styles.ts";
import { shownName, shownPair, shownText } from "./shown.ts";

/**
 * A report as a whole HTML document for mail programs: tables, styles on every element, dark colors by a media query. It has
 * no script, no remote content, and no address but the dashboard's own.
 */
export function dayHtml(content: MessageContent): string {
  const { subject, heading, notes, sections, source, link, currency } = content;
  const body = [
    element("h1", "heading", inHtml(heading), "soft"),
    ...heroHtml(content),
    ...notes.map((note) => element("p", "note", inHtml(note), "note")),
    ...sections.map((section) => sectionHtml(section, currency)),
    ...(link === null ? [] : [element("p", "link", anchor(link.href, link.text))]),
    ...source.map((sentence) => element("p", "source", inHtml(sentence), "soft")),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${escaped(shownText(subject))}</title>
<style>${MEDIA_STYLES}</style>
</head>
<body class="paper" style="${STYLES.body}">
<main>
<table role="presentation" class="paper" style="${STYLES.outer}"><tr><td align="center" class="around" style="${STYLES.around}">
<table role="presentation" class="card" style="${STYLES.card}"><tr><td class="ink inside" style="${STYLES.inside}">
${body.join("\n")}
</td></tr></table>
</td></tr></table>
</main>
</body>
</html>
`;
}

function heroHtml({ total, headline }: MessageContent): readonly string[] {
  if (total === null) return [];
  const amount = plainFigures.units(rounded(total), total.currency);
  return [
    element("p", "hero", escaped(amount)),
    ...(headline === null ? [] : [element("p", "headline", inHtml(headline))]),
  ];
}

function sectionHtml(section: DaySection, currency: string): string {
  const { title, subtitle, pairs, sentences } = section;
  const columns = pairs.some(({ change }) => change !== null) ? 3 : 2;
  return [
    element("h2", "title", escaped(title)),
    ...(subtitle === null ? [] : [element("p", "subtitle", inHtml(subtitle), "soft")]),
    ...(pairs.length === 0
      ? []
      : [
          `<table aria-label="${escaped(title)}" style="${STYLES.table}">`,
          ...pairs.flatMap((pair) => rowHtml(pair, currency, columns)),
          "</table>",
        ]),
    ...sentences.map((sentence) => element("p", "sentence", inHtml(sentence))),
  ].join("\n");
}

function rowHtml(pair: DayPair, currency: string, columns: 2 | 3): readonly string[] {
  const { amount, change, remark } = shownPair(pair, currency);
  const cells = [
    `<th scope="row" class="line" style="${STYLES.label}">${inHtml(pair.label)}</th>`,
    cell(escaped(amount)),
    ...(columns === 3 ? [cell(escaped(change) + remarkHtml(remark))] : []),
  ];
  const detail =
    pair.detail === null
      ? []
      : [
          `<tr><td colspan="${columns}" class="soft" style="${STYLES.detail}">${inHtml(pair.detail)}</td></tr>`,
        ];
  return [`<tr>${cells.join("")}</tr>`, ...detail];
}

const cell = (content: string) => `<td class="line figure" style="${STYLES.figure}">${content}</td>`;

const remarkHtml = (remark: string) =>
  remark === "" ? "" : ` <span class="soft remark" style="${STYLES.remark}">${escaped(remark)}</span>`;

const element = (tag: "h1" | "h2" | "p", style: keyof typeof STYLES, content: string, className = "") =>
  `<${tag}${className === "" ? "" : ` class="${className}"`} style="${STYLES[style]}">${content}</${tag}>`;

const anchor = (href: string, text: string) =>
  `<a href="${escaped(href)}" class="accent" style="${STYLES.anchor}">${escaped(text)}</a>`;

/**
 * A sentence, its names set apart: their direction does not reach their neighbors, and nothing in them becomes a link. No
 * line ends between the sign and the digits of an amount.
 */
const inHtml = (sentence: Sentence): string =>
  sentence
    .map((part) => {
      if (typeof part === "object" && part.kind === "name") return nameHtml(part.name);
      const text = escaped(partText(part, plainFigures, shownName));
      return typeof part === "object" && (part.kind === "amount" || part.kind === "changePercent")
        ? `<span style="${STYLES.unbroken}">${text}</span>`
        : text;
    })
    .join("");

// A mail program looks for links in a run of text: a place for a line break ends the run.
const nameHtml = (name: string) =>
  `<bdi>${escaped(shownName(name)).replaceAll(/[./:@]/g, (character) => `${character}<wbr>`)}</bdi>`;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
