import { eventMonth, type Instant } from "../calendar/index.ts";
import { rounded } from "../money/index.ts";
import { changeOf, changeSentence } from "./change.ts";
import { deliveredSentence } from "./delivered.ts";
import type { MonthFigures } from "./month-figures.ts";
import { ageText, monthName } from "./period-text.ts";
import { amountPart, type Sentence } from "./sentence.ts";
import { hasStorage } from "./source-sentence.ts";

/** The daily collection is missing when the last publication is older than a day and a half. */
const OLD_AFTER_HOURS = 36;

/** A sentence that a reader needs to judge how far a month's figures can be trusted. */
export interface Note {
  readonly kind: "old" | "late" | "estimated" | "revised" | "storageUnknown" | "comparisonUnknown";
  readonly sentence: Sentence;
}

/** The notes on a month. @param now the reader's time; `null` leaves out the note on old figures */
export function notesOf(figures: MonthFigures, now: Instant | null): readonly Note[] {
  return [
    note("old", oldSentence(figures, now)),
    note("late", deliveredSentence(figures)),
    note("estimated", estimatedSentence(figures)),
    note("revised", revisedSentence(figures)),
    note("storageUnknown", storageUnknownSentence(figures)),
    note("comparisonUnknown", comparisonUnknownSentence(figures)),
  ].flat();
}

const note = (kind: Note["kind"], sentence: Sentence | null): readonly Note[] =>
  sentence === null ? [] : [{ kind, sentence }];

function oldSentence({ publishedAt }: MonthFigures, now: Instant | null): Sentence | null {
  if (now === null || Date.parse(now) - Date.parse(publishedAt) < OLD_AFTER_HOURS * 3_600_000) return null;
  return [
    `The last collection was ${ageText(publishedAt, now)} ago. It should run every day: check its schedule, or run dapanoskop collect.`,
  ];
}

/** Whose estimates the figures of a month are, and that they may change; `null` where they are final. */
export function estimatedSentence({
  isEstimated,
  month,
  source,
}: Pick<MonthFigures, "isEstimated" | "month" | "source">): Sentence | null {
  if (!isEstimated) return null;
  return source === null || source.kind === "Cost Explorer"
    ? [`AWS still calls these figures estimates: it may revise ${monthName(month)}.`]
    : [`${monthName(month)} was still running in this bill: a later bill may revise it.`];
}

function revisedSentence({ earlierTotals, month, isRunning, total }: MonthFigures): Sentence | null {
  // The total of a running month grows daily: only a total of the closed month can be revised.
  const earlier = earlierTotals.findLast(({ collectedAt }) => eventMonth(collectedAt) > month);
  if (earlier === undefined || isRunning) return null;
  const change = changeOf(total.current, earlier.total);
  if (change.direction === "unchanged") return null;
  return [
    "Revised: the total was ",
    amountPart(rounded(earlier.total), earlier.total.currency),
    " on ",
    { kind: "instant", instant: earlier.collectedAt },
    ", and has changed by ",
    ...changeSentence(change),
    " since.",
  ];
}

const storageUnknownSentence = ({ storage: { current }, source }: MonthFigures): Sentence | null =>
  hasStorage(source) && (current.cost === null || current.volumeBytes === null)
    ? ["Storage figures are unknown: the bill contains a volume whose unit cannot be converted to bytes."]
    : null;

const comparisonUnknownSentence = ({ isRunning, total }: MonthFigures): Sentence | null =>
  isRunning && total.priorPeriodToDate === null
    ? ["The cost of the same days of the month before could not be read, so nothing is compared."]
    : null;
