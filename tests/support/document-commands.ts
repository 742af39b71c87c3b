import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A command of a document, as a person copies it. */
export interface DocumentCommand {
  readonly document: string;
  readonly line: number;
  /** In one line. */
  readonly text: string;
}

/** The programs that commands begin with. A word after `NAME=value` counts, too. */
const PROGRAMS =
  /^(?:[A-Z][A-Z0-9_]*=\S* +)*(?:key=|(?:dapanoskop|npx|npm|node|aws|tofu|terraform|cd|cp|git|curl|docker|podman|duckdb|printf|export)(?: (?!\{)|$))/;

/** The commands of a document: lines of its code blocks, fenced or indented by four spaces, that begin with a program. */
export function commandsIn(document: string, markdown: string): readonly DocumentCommand[] {
  const commands: DocumentCommand[] = [];
  let fence: string | null = null;
  let open: { line: number; text: string } | null = null;
  const end = () => {
    if (open !== null) commands.push({ document, ...open });
    open = null;
  };
  for (const [at, raw] of markdown.split("\n").entries()) {
    const mark = /^\s*(```+|~~~+)\s*(\S*)/.exec(raw);
    if (mark !== null) {
      end();
      fence = fence === null ? (mark[2] ?? "") : null;
      continue;
    }
    const isCode = fence === null ? /^ {4,}\S/.test(raw) : /^(sh|bash|console|)$/.test(fence);
    if (!isCode) {
      end();
      continue;
    }
    const line = raw.trim().replace(/^\$ /, "");
    if (open !== null && /\\$/.test(open.text)) {
      open.text = `${open.text.slice(0, -1).trimEnd()} ${line}`;
    } else {
      end();
      if (PROGRAMS.test(line)) open = { line: at + 1, text: line };
    }
  }
  end();
  // What follows a command after several spaces, or a #, says what it does.
  return commands.map((one) => ({ ...one, text: one.text.split(/ {2,}(?=[^\s-])|\s+# /)[0] ?? "" }));
}

/** The documents whose commands a person may copy, by their paths. */
function documents(root: string): readonly string[] {
  const markdown = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md") && name !== "CHANGELOG.md")
      .map((name) => (folder === "." ? name : `${folder}/${name}`));
  const packages = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
  return [".", "docs", "terraform-export", ...packages].flatMap(markdown).sort();
}

/** The commands of all documents of the repository. */
export const documentCommands = (root: string): readonly DocumentCommand[] =>
  documents(root).flatMap((path) => commandsIn(path, readFileSync(join(root, path), "utf8")));
