/**
 * A text as a string of HCL that Terraform reads as exactly this text: nothing in it is a template.
 * Rules: https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export const hclString = (text: string): string =>
  `"${text.replaceAll(SPECIAL, (found) => ESCAPES[found] ?? unicodeEscape(found))}"`;

// A control character, a separator of lines or a mark of direction would be unseen in the file.
const SPECIAL = /\$\{|%\{|["\\]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "${": "$${",
  "%{": "%%{",
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function unicodeEscape(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  // Half of a pair is no character: a file cannot hold it.
  const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
