/** The words of CloudFront's REST-XML that the stand-in reads and says. Documents are kept as the text they came in. */
export const NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

/** What stands between the first opening and the last closing tag of a name; null where there is none. */
export function inner(xml: string, name: string): string | null {
  const open = new RegExp(`<${name}(?:\\s[^>]*)?(/)?>`).exec(xml);
  if (open === null) return null;
  if (open[1] !== undefined) return "";
  const end = xml.lastIndexOf(`</${name}>`);
  return end < 0 ? null : xml.slice(open.index + open[0].length, end);
}

/** The texts of all elements of a name that hold nothing but text. */
export function texts(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) =>
    unescaped(text),
  );
}

/** The text of the first such element; null where there is none. */
export const text = (xml: string, name: string): string | null => texts(xml, name)[0] ?? null;

/** The text of the child of a name, not of what lies deeper; null where there is none. */
export function ownText(xml: string, name: string): string | null {
  let depth = 0;
  for (const { 0: tag, 1: slash, 2: tagName, 3: empty, index } of xml.matchAll(
    /<(\/?)([\w:]+)[^>]*?(\/?)>/g,
  )) {
    if (slash === "/") depth -= 1;
    else if (depth === 0 && tagName === name) return text(xml.slice(index), name);
    else if (empty !== "/") depth += 1;
    if (depth < 0) throw new Error(`Not a list of elements: ${tag} closes what was not open.`);
  }
  return null;
}

/** An element around XML. */
export const element = (name: string, ...content: readonly string[]): string =>
  `<${name}>${content.join("")}</${name}>`;

/** An element around a text. */
export const leaf = (name: string, content: string | number | boolean): string =>
  element(name, escaped(String(content)));

/** A whole answer: an element in CloudFront's namespace. */
export const document = (name: string, ...content: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${NAMESPACE}">${content.join("")}</${name}>`;

const escaped = (content: string) =>
  content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const unescaped = (content: string) =>
  content.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return NAMED[name] ?? all;
  });
