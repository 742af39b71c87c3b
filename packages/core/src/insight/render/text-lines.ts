import { displayWidth, padEnd, padStart, visible, wrap } from "../../text/index.ts";
import { type Sentence, sentenceText } from "../sentence.ts";
import { plainFigures } from "./plain-figures.ts";

export interface TextStyle {
  /** Columns of the terminal. Figures keep their columns; names are cut to what is left. */
  readonly columns: number;
  /** Bold and dim text by ANSI sequences: for a terminal only. */
  readonly ansi: boolean;
}

export const plainText: TextStyle = { columns: 80, ansi: false };

/** The longest name in a sentence; a table cuts at its column. */
const NAME_IN_SENTENCE = 40;

/** The widths of the figures of a row, in columns: at most three figures. */
const FIGURE_WIDTHS = [14, 14, 10];

/** The lines of a terminal: a name column that is cut to fit, and figure columns that never are. */
export class TextLines {
  readonly columns: number;
  readonly #ansi: boolean;
  readonly #lines: string[] = [];

  constructor({ columns, ansi }: TextStyle) {
    this.columns = Math.max(60, Math.min(columns, 110));
    this.#ansi = ansi;
  }

  text(): string {
    return this.#lines.map((line) => `${line.trimEnd()}\n`).join("");
  }

  line(text = ""): void {
    this.#lines.push(text);
  }

  paragraph(sentence: Sentence): void {
    const text = sentenceText(sentence, plainFigures, (name) => visible(name, NAME_IN_SENTENCE));
    for (const line of wrap(text, this.columns)) this.line(line);
  }

  section(title: string, columns: readonly string[]): void {
    this.line();
    this.line(
      columns.length === 0
        ? this.bold(title)
        : this.#cells(
            title,
            columns,
            (text) => this.bold(text),
            (text) => this.dim(text),
          ),
    );
  }

  row(name: string, figures: readonly string[], { strong = false } = {}): void {
    const same = (text: string) => text;
    this.line(this.#cells(`  ${name}`, figures, strong ? (text) => this.bold(text) : same, same));
  }

  more(count: number, what: string, indent: string): void {
    if (count > 0)
      this.line(
        this.dim(`  ${indent}and ${plainFigures.count(count)} more ${what}${count === 1 ? "" : "s"}`),
      );
  }

  bold = (text: string): string => (this.#ansi ? `\u001b[1m${text}\u001b[22m` : text);
  dim = (text: string): string => (this.#ansi ? `\u001b[2m${text}\u001b[22m` : text);

  /** A figure that is wider than its column makes the name column narrower; digits are never cut. */
  #cells(
    name: string,
    figures: readonly string[],
    ofName: (text: string) => string,
    ofFigure: (text: string) => string,
  ): string {
    const cells = figures.map((figure, at) => padStart(figure, FIGURE_WIDTHS[at] ?? 0));
    const taken = cells.reduce((total, cell) => total + displayWidth(cell) + 1, 0);
    const width = Math.max(12, this.columns - taken);
    return `${ofName(padEnd(name, width))} ${cells.map(ofFigure).join(" ")}`;
  }
}
