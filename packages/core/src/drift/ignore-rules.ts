/** Drift that somebody accepts: attributes of resources, both by patterns. */
export interface IgnoreRule {
  /** As it is written: `aws_instance.*: tags.LastPatched`. */
  readonly text: string;
  readonly address: string;
  readonly paths: readonly string[];
}

/** A file of ignore rules is wrong: the message names each line that is. */
export class IgnoreRuleError extends Error {
  override readonly name = "IgnoreRuleError";
}

/** The most characters of a rule. */
export const LONGEST_RULE = 500;

/**
 * The rules of a file: one a line, an address, a colon and a space, attribute paths with commas between them. `*` in either
 * stands for any characters. A path means everything below it; `tags.X` means `tags_all.X` too; `*` alone means the whole
 * resource, also that it was deleted. A line that begins with `#` is a comment.
 * @throws IgnoreRuleError
 */
export function parseIgnoreRules(text: string): readonly IgnoreRule[] {
  const rules: IgnoreRule[] = [];
  const problems: string[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const rule = line.trim();
    if (rule === "" || rule.startsWith("#")) continue;
    try {
      rules.push(parseIgnoreRule(rule));
    } catch (error) {
      if (!(error instanceof IgnoreRuleError)) throw error;
      problems.push(`Line ${index + 1}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new IgnoreRuleError(problems.join("\n"));
  return rules;
}

/** @throws IgnoreRuleError */
export function parseIgnoreRule(text: string): IgnoreRule {
  const rule = text.trim();
  if (rule.length > LONGEST_RULE) {
    throw new IgnoreRuleError(`The rule has ${rule.length} characters; at most ${LONGEST_RULE} are allowed.`);
  }
  const at = separatorOf(rule);
  const address = at === null ? "" : rule.slice(0, at).trim();
  if (at === null || address === "") {
    throw new IgnoreRuleError(
      `${JSON.stringify(rule.slice(0, 80))} is not a rule. Write an address, a colon and a space, and attributes: aws_instance.*: tags.LastPatched`,
    );
  }
  const paths = rule
    .slice(at + 1)
    .split(",")
    .map((path) => path.trim());
  if (paths.some((path) => path === "")) {
    throw new IgnoreRuleError(
      `The rule of ${address} names an empty attribute. Write attributes with commas between them, or * for all: ${address}: *`,
    );
  }
  return { text: rule, address, paths };
}

/** Where the first colon with a space behind it stands, outside of the quotes of an index such as `web["a: b"]`. */
function separatorOf(rule: string): number | null {
  let isQuoted = false;
  for (let at = 0; at < rule.length; at += 1) {
    if (rule[at] === "\\") at += 1;
    else if (rule[at] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && rule[at] === ":" && /\s/.test(rule[at + 1] ?? " ")) return at;
  }
  return null;
}

/** Whether a rule suppresses an attribute of a resource. */
export function ignoresAttribute(rules: readonly IgnoreRule[], address: string, path: string): boolean {
  const names = [path, path.replace(/(^|\.)tags_all\./, "$1tags.")];
  return rules.some(
    (rule) =>
      matches(rule.address, address) &&
      rule.paths.some((pattern) => names.some((name) => isAtOrAbove(pattern, name))),
  );
}

/** Whether a rule suppresses everything about a resource, and so that it was deleted. */
export const ignoresResource = (rules: readonly IgnoreRule[], address: string): boolean =>
  rules.some((rule) => rule.paths.includes("*") && matches(rule.address, address));

const isAtOrAbove = (pattern: string, path: string): boolean =>
  matches(pattern, path) || matches(`${pattern}.*`, path) || matches(`${pattern}[*`, path);

/** Whether the whole text matches a pattern, in which `*` stands for any characters. In time pattern × text at most. */
function matches(pattern: string, text: string): boolean {
  let [inPattern, inText, star, retry] = [0, 0, -1, 0];
  while (inText < text.length) {
    if (pattern[inPattern] === "*") {
      star = inPattern;
      retry = inText;
      inPattern += 1;
    } else if (pattern[inPattern] === text[inText]) {
      inPattern += 1;
      inText += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      retry += 1;
      inText = retry;
    } else {
      return false;
    }
  }
  return [...pattern.slice(inPattern)].every((rest) => rest === "*");
}
