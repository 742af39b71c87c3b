/** A run id from a number and a time: the same arguments give the same id. */
export const runIdOf = (number: number, at = "2026-03-08T06:00:00Z"): string =>
  `${at.replaceAll(/[-:]/g, "")}-${number.toString(16).padStart(32, "0")}`;
