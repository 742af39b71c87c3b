/** A number of things in words: `1 resource`, `2 resources`. `thing` is regular, and in the singular. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
