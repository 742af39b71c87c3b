// The XML of CloudFront's API, as much as the emulator reads and writes. Documents are kept as the text that came in.

/** The content between the first opening and the last closing tag of a name; null without such tags. */
export function inner(xml: string, name: string): string | null {
  const open = new RegExp(`<${name}(?:\\s[^>]*)?(/)?>`).exec(xml);
  if (open === null) return null;
  if (open[1] !== undefined) return "";
  const end = xml.lastIndexOf(`</${name}>`);
  return end < 0 ? null : xml.slice(open.index + open[0].length, end);
}

/** The texts of all elements of a name that contain nothing but text. */
export const texts = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => unescaped(text));

/** The text of the first such element; null without one. */
export const text = (xml: string, name: string): string | null => texts(xml, name)[0] ?? null;

/** The text of the direct child of a name; null without one. */
export function childText(xml: string, name: string): string | null {
  let depth = 0;
  for (const { 0: tag, 1: slash, 2: tagName, index } of xml.matchAll(/<(\/?)([\w:]+)[^>]*>/g)) {
    if (slash === "/") depth -= 1;
    else if (depth === 0 && tagName === name) return text(xml.slice(index), name);
    else if (!tag.endsWith("/>")) depth += 1;
  }
  return null;
}

/** An element around XML. */
export const element = (name: string, ...content: readonly string[]): string =>
  `<${name}>${content.join("")}</${name}>`;

/** An element around a text. */
export const leaf = (name: string, content: string | number | boolean): string =>
  element(
    name,
    String(content).replace(/[&<>]/g, (mark) => ESCAPED[mark] ?? mark),
  );

/** A whole response: an element in CloudFront's namespace. */
export const document = (name: string, ...content: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">${content.join("")}</${name}>`;

const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const unescaped = (content: string) =>
  content.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return NAMED[name] ?? all;
  });
