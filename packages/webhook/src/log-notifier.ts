import {
  accepted,
  messageProblem,
  type Notifier,
  refusedForGood,
  refusedForNow,
} from "@dapanoskop/core/sending";
import { quoted } from "@dapanoskop/core/text";

/**
 * Writes one JSON object a message: its subject and tags, never its body.
 * @param write takes one line, without its end
 */
export function logNotifier(write: (line: string) => void): Notifier {
  return {
    place: "the log",
    async notify({ subject }, tags) {
      const problem = messageProblem(subject, tags);
      if (problem !== null) return refusedForGood(problem);
      try {
        write(JSON.stringify({ message: "report", subject, tags }));
        return accepted(null);
      } catch (error) {
        const name = error instanceof Error ? error.name : "unknown error";
        return refusedForNow(
          `The message was not logged (${quoted(name)}). Check where the log is written to.`,
        );
      }
    },
  };
}
