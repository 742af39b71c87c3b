/** What an account or Terraform makes up in each run: it gets numbers, so that a plan made again differs little. */
const MADE_UP: readonly (readonly [pattern: RegExp, numbered: (match: string, number: number) => string])[] =
  [
    [/\b[a-z]{1,9}-[0-9a-f]{17}\b/g, (id, number) => id.replace(/[0-9a-f]{17}$/, hex(number, 17))],
    [
      /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
      (_, number) => `00000000-0000-4000-8000-${hex(number, 12)}`,
    ],
    [/\b20\d{24}\b/g, (_, number) => `20261130060000${hex(number, 12)}`],
  ];

/** RFC 3339, of the run. */
const TIME = /"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"/g;

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");

/** A function that takes what belongs to one machine and one run out of JSON texts; the same id gets the same number in all of them. */
export function planScrubber(secrets: readonly string[]): (text: string) => string {
  const numbers = new Map<string, string>();
  return (text) => {
    let scrubbed = secrets.reduce((rest, secret) => rest.replaceAll(secret, "scrubbed"), text);
    for (const [pattern, numbered] of MADE_UP) {
      scrubbed = scrubbed.replace(pattern, (match) => {
        const known = numbers.get(match) ?? numbered(match, numbers.size + 1);
        numbers.set(match, known);
        return known;
      });
    }
    return scrubbed.replace(TIME, '"2026-11-30T06:00:00Z"').trim();
  };
}
