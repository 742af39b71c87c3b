import type { RenderedMessage } from "@dapanoskop/core/sending";
import { type DefaultTreeAdapterTypes, parse } from "parse5";

/** A label and its amount in one form of a message, with the section's title. */
export interface ShownFigure {
  readonly section: string;
  readonly label: string;
  readonly amount: string;
}

/** An amount as messages write it; a change and its percentage may follow it. */
const FIGURES = /^(.*?) {2,}(unknown|[+−]?(?:\$|[A-Z]{3} )[\d,]+\.\d\d)(?: {2,}.*)?$/u;

/** The pairs of the plain text: two spaces before the label, two or more before the amount. */
export function textPairs({ text }: RenderedMessage, titles: readonly string[]): readonly ShownFigure[] {
  let section = "";
  return text.split("\n").flatMap((line) => {
    section =
      titles.find((title) => line === title.toUpperCase() || line.startsWith(`${title.toUpperCase()}, `)) ??
      section;
    const [, label, amount] = (/^ {2}\S/.test(line) && FIGURES.exec(line.slice(2))) || [];
    return label === undefined || amount === undefined ? [] : [{ section, label, amount }];
  });
}

/** The pairs of the Slack blocks: the rows of the code blocks, without Slack's escapes. */
export function slackPairs({ slack }: RenderedMessage, titles: readonly string[]): readonly ShownFigure[] {
  let section = "";
  return slack.blocks.flatMap((block) => {
    const { text } = block as { readonly text: { readonly type: string; readonly text: string } };
    if (text.type !== "mrkdwn") return [];
    section = titles.find((title) => text.text.startsWith(`*${title}*`)) ?? section;
    const [, rows] = text.text.split("```");
    return (rows ?? "").split("\n").flatMap((row) => {
      const [, label, amount] = FIGURES.exec(unescaped(row)) ?? [];
      return label === undefined || amount === undefined ? [] : [{ section, label, amount }];
    });
  });
}

const unescaped = (text: string) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** The pairs of the HTML mail: the heading and the first figure of each row of a table that has a name. */
export function htmlPairs({ html }: RenderedMessage): readonly ShownFigure[] {
  return htmlElements(html)
    .filter(({ tagName }) => tagName === "table")
    .flatMap((table) => {
      const section = attributesOf(table)["aria-label"];
      if (section === undefined) return [];
      return elementsIn(table)
        .filter(({ tagName }) => tagName === "tr")
        .flatMap((row) => {
          const [heading, figure] = row.childNodes.filter((node) => "tagName" in node);
          if (heading === undefined || figure === undefined) return [];
          return [{ section, label: textIn(heading), amount: textIn(figure) }];
        });
    });
}

/** Every element of an HTML document, as a browser reads it. */
export const htmlElements = (html: string): readonly DefaultTreeAdapterTypes.Element[] =>
  elementsIn(parse(html));

export const attributesOf = ({ attrs }: DefaultTreeAdapterTypes.Element): Readonly<Record<string, string>> =>
  Object.fromEntries(attrs.map(({ name, value }) => [name, value]));

function elementsIn(node: DefaultTreeAdapterTypes.Node): readonly DefaultTreeAdapterTypes.Element[] {
  const children = "childNodes" in node ? node.childNodes : [];
  return children.flatMap((child) => ("tagName" in child ? [child, ...elementsIn(child)] : []));
}

function textIn(node: DefaultTreeAdapterTypes.Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textIn).join("") : "";
}
