import { type Instant, parseInstant } from "@dapanoskop/core/calendar";
import * as v from "valibot";

/** A time in an event, with a zone. */
export const instantText = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Instant => {
    try {
      return parseInstant(dataset.value);
    } catch {
      addIssue({ message: "not a time like 2026-03-08T06:00:00Z" });
      return NEVER;
    }
  }),
);
