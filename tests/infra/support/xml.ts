// The XML of CloudFront's API, as much as the emulator reads and writes. Documents are kept as the text that came in.

/** The content between the first opening and the last closing tag of a name; null without such tags. */
export function inner(xml: string, name: string): string | null {
  const open = new RegExp(`<${name}(?:\\s[^>]*)?(/)?>`).exec(xml);
  if (open === null) return null;
  const end = open[1] === undefined ? xml.lastIndexOf(`</${name}>`) : open.index;
  return xml.slice(open.index + open[0].length, Math.max(end, open.index + open[0].length));
}

/** The texts of all elements of a name that contain nothing but text, as they are written. */
export const texts = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);

/** The text of the direct child of a name; null without one. */
export function childText(xml: string, name: string): string | null {
  let depth = 0;
  for (const { 0: tag, 1: slash, 2: tagName, index } of xml.matchAll(/<(\/?)([\w:]+)[^>]*>/g)) {
    if (slash === "/") depth -= 1;
    else if (depth === 0 && tagName === name) return texts(xml.slice(index), name)[0] ?? null;
    else if (!tag.endsWith("/>")) depth += 1;
  }
  return null;
}

/** An element around texts and other elements. */
export const element = (name: string, ...content: readonly (string | number)[]): string =>
  `<${name}>${content.join("")}</${name}>`;
