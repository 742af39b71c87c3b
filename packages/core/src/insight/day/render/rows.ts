import { displayWidth, padEnd, padStart } from "../../../text/index.ts";
import type { DaySection } from "../day-section.ts";
import { type ShownPair, shownPair } from "./shown.ts";

/** Columns between a label and its figures. */
const GAP = 2;

/** The widths of a table of text, in columns. */
export interface RowWidths {
  readonly label: number;
  readonly amount: number;
  readonly change: number;
  readonly remark: number;
}

/** What the longest label and figures of some sections take. */
export function rowWidths(sections: readonly DaySection[], currency: string): RowWidths {
  const shown = sections.flatMap(({ pairs }) => pairs.map((pair) => shownPair(pair, currency)));
  const widest = (part: keyof ShownPair) =>
    shown.reduce((most, pair) => Math.max(most, displayWidth(pair[part])), 0);
  return {
    label: widest("label"),
    amount: widest("amount"),
    change: widest("change"),
    remark: widest("remark"),
  };
}

/** One pair as a line: its label, and its figures right-aligned. */
export function rowText({ label, amount, change, remark }: ShownPair, widths: RowWidths): string {
  const cells = [
    padEnd(label, widths.label),
    padStart(amount, widths.amount),
    padStart(change, widths.change),
    padStart(remark, widths.remark),
  ];
  return cells.join(" ".repeat(GAP)).trimEnd();
}
