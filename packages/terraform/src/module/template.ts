import { readFileSync } from "node:fs";

/**
 * A file of `templates/` with values in place of its `{{names}}`.
 * @throws Error when a value is missing
 */
export function filledTemplate(name: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(`templates/${name}`, import.meta.url), "utf8");
  return text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined) throw new Error(`templates/${name} needs a value for {{${key}}}.`);
    return value;
  });
}
