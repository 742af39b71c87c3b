/** SNS takes "less than 100 characters". */
const LONGEST = 99;

/** Characters that Unicode does not decompose into ASCII. */
const ASCII: ReadonlyMap<string, string> = new Map([
  ..."‐‑‒–—―−".split("").map((dash): [string, string] => [dash, "-"]),
  ..."‘’‚‛′".split("").map((quote): [string, string] => [quote, "'"]),
  ..."“”„‟″«»".split("").map((quote): [string, string] => [quote, '"']),
  ["…", "..."],
  ["·", "-"],
  ["•", "-"],
  ["⁄", "/"],
  ["×", "x"],
  ["→", "->"],
  ["€", "EUR "],
  ["£", "GBP "],
  ["¥", "JPY "],
  ["₹", "INR "],
  ["ß", "ss"],
  ["æ", "ae"],
  ["Æ", "AE"],
  ["œ", "oe"],
  ["Œ", "OE"],
  ["ø", "o"],
  ["Ø", "O"],
  ["ł", "l"],
  ["Ł", "L"],
  ["đ", "d"],
  ["Đ", "D"],
]);

/**
 * A subject as every subscription of SNS takes it: at most 99 characters of printable ASCII. Letters lose their accents, signs
 * become their ASCII form, and what has none becomes `?`. What is too long ends in `...`.
 */
export function snsSubject(subject: string): string {
  const ascii = [...subject]
    .map((character) => ASCII.get(character) ?? plain(character))
    .join("")
    .replaceAll(/ {2,}/g, " ")
    .trim();
  if (ascii === "") return "(no subject)";
  return ascii.length <= LONGEST ? ascii : `${ascii.slice(0, LONGEST - 3).trimEnd()}...`;
}

function plain(character: string): string {
  const decomposed = character.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  if (/^[ -~]*$/.test(decomposed)) return decomposed;
  return [...decomposed].map((part) => (/^[ -~]$/.test(part) ? part : (ASCII.get(part) ?? "?"))).join("");
}
