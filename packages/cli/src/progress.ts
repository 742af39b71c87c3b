import { fit, visible } from "@dapanoskop/core/text";
import type { OutputStream } from "./command-context.ts";

/** The progress of a long command: on a terminal one line that is rewritten, elsewhere a line for each step. */
export interface Progress {
  update(text: string): void;
  /** Clears the line, so that something else can be written. */
  done(): void;
}

export function progressTo(err: OutputStream): Progress {
  let isShown = false;
  return {
    update(text) {
      const line = visible(text, 400);
      if (!err.isTerminal) {
        err.write(`${line}\n`);
        return;
      }
      err.write(`\r\u001b[K${fit(line, err.columns - 1)}`);
      isShown = true;
    },
    done() {
      if (isShown) err.write("\r\u001b[K");
      isShown = false;
    },
  };
}
