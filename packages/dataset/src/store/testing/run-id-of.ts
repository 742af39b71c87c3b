/** A run id that counts: the same number and time always give the same one. */
export const runIdOf = (number: number, at = "2026-03-08T06:00:00Z"): string =>
  `${at.replaceAll(/[-:]/g, "")}-${number.toString(16).padStart(32, "0")}`;
