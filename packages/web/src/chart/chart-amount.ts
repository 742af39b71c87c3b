import type { Formats } from "../words/formats.ts";

/** A number of whole currency units, to the cent. Charts hold numbers, because a pixel is coarser than a cent. */
export const chartAmount = (value: number, currency: string, formats: Formats): string =>
  formats.units(BigInt(Math.round(value * 100)), currency);
