/** A line of a body: `name = value`, a block, a comment or nothing. */
export type LayoutItem =
  | { readonly kind: "attribute"; readonly name: string; readonly value: string }
  | { readonly kind: "block"; readonly head: string; readonly body: readonly LayoutItem[] }
  | { readonly kind: "comment"; readonly text: string }
  | { readonly kind: "blank" };

export const attribute = (name: string, value: string): LayoutItem => ({ kind: "attribute", name, value });
export const comment = (text: string): LayoutItem => ({ kind: "comment", text });
export const block = (head: string, ...sections: readonly (readonly LayoutItem[])[]): LayoutItem => ({
  kind: "block",
  head,
  body: separated(sections),
});

/** Sections with a blank line between them. */
export const separated = (sections: readonly (readonly LayoutItem[])[]): readonly LayoutItem[] =>
  sections
    .filter((section) => section.length > 0)
    .flatMap((section, at): readonly LayoutItem[] => (at === 0 ? section : [{ kind: "blank" }, ...section]));

/** Items as lines, formatted as `terraform fmt` does: the equal signs of neighbouring one-line attributes are aligned. */
export function layOut(items: readonly LayoutItem[], indent = ""): string {
  const width = columns(items);
  return items.map((item, at) => `${line(item, width[at] ?? 0, indent)}\n`).join("");
}

const inner = (indent: string) => `${indent}  `;

function line(item: LayoutItem, width: number, indent: string): string {
  switch (item.kind) {
    case "blank":
      return "";
    case "comment":
      return wrapped(item.text, 110 - indent.length)
        .map((one) => `${indent}# ${one}`)
        .join("\n");
    case "attribute":
      return `${indent}${item.name.padEnd(width)} = ${item.value.replaceAll("\n", `\n${indent}`)}`;
    case "block":
      if (item.body.length === 0) return `${indent}${item.head} {}`;
      return `${indent}${item.head} {\n${layOut(item.body, inner(indent))}${indent}}`;
  }
}

/** The width to which each attribute's name is padded. */
function columns(items: readonly LayoutItem[]): readonly number[] {
  const widths = new Array<number>(items.length).fill(0);
  let start = 0;
  while (start < items.length) {
    let end = start;
    while (end < items.length && isOneLine(items[end])) end += 1;
    const widest = Math.max(
      0,
      ...items.slice(start, end).map((item) => (item.kind === "attribute" ? item.name.length : 0)),
    );
    widths.fill(widest, start, end);
    start = Math.max(end, start + 1);
  }
  return widths;
}

const isOneLine = (item: LayoutItem | undefined) => item?.kind === "attribute" && !item.value.includes("\n");

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
