import type { Money } from "../../money/index.ts";
import type { Sentence } from "../sentence.ts";
import type { DaySection } from "./day-section.ts";
import type { PageLink } from "./page-link.ts";

/** What a message says, from which every form of it is written: text, HTML, Slack. Amounts are exact, names as published. */
export interface MessageContent {
  readonly currency: string;
  /** The page; `null` without a dashboard. */
  readonly link: PageLink | null;
  /** The line that a mail has. */
  readonly subject: Sentence;
  /** What stands above the message: "AWS costs, Wednesday, January 14, 2026". */
  readonly heading: Sentence;
  /** What is said of `total`; `null` where nothing is. */
  readonly headline: Sentence | null;
  /** What a reader needs to judge the figures: late days, estimates, what is left out. */
  readonly notes: readonly Sentence[];
  /** The amount that the message is about; `null` where it is not known. */
  readonly total: Money | null;
  readonly sections: readonly DaySection[];
  /** Where the figures come from. */
  readonly source: readonly Sentence[];
}
