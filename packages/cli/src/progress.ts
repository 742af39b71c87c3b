import { fit, visible } from "@dapanoskop/core/text";
import type { World } from "./world.ts";

/** How far long work is: on a terminal one line that rewrites itself, elsewhere a line each time. */
export interface Progress {
  update(text: string): void;
  /** Clears the line, so that something else can be written. */
  done(): void;
}

export function progressOn({ err }: World): Progress {
  let shown = false;
  return {
    update(text) {
      const line = visible(text, 400);
      if (!err.isTerminal) {
        err.write(`${line}\n`);
        return;
      }
      err.write(`\r\u001b[K${fit(line, err.columns - 1)}`);
      shown = true;
    },
    done() {
      if (shown) err.write("\r\u001b[K");
      shown = false;
    },
  };
}
