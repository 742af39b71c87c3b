/** A text as an HCL string. `${` and `%{` of the text itself are escaped; control characters are written as escapes. */
export const quoted = (text: string) => `"${escaped(text)}"`;

/** A text between the quotes of an HCL string. */
export function escaped(text: string): string {
  return text
    .replace(/[\\"\u0000-\u001f\u007f]/g, (character) => ESCAPES.get(character) ?? unicode(character))
    .replace(/([$%])\{/g, "$1$1{");
}

const ESCAPES = new Map([
  ["\\", "\\\\"],
  ['"', '\\"'],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

const unicode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A name that HCL takes without quotes. */
export const isIdentifier = (name: string) => /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
