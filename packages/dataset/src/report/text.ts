import { windowText } from "@dapanoskop/core/calendar";
import { isZero, type Money, moneyText, rounded } from "@dapanoskop/core/money";
import {
  amountText,
  bytesText,
  countText,
  percentageText,
  roundedText,
  signedAmountText,
} from "./amounts.ts";
import { type Change, changeAmountText, changePercentText } from "./change.ts";
import type { Message } from "./message.ts";
import { instantText, monthText, shortly } from "./period-words.ts";
import { visible } from "./visible.ts";
import { displayWidth, padEnd, padStart, wrap } from "./width.ts";
import { spoken, type Words } from "./words.ts";

export interface TextStyle {
  /** Columns of the terminal; figures keep their room, names get what is left. */
  readonly columns: number;
  /** Bold and colour by ANSI sequences: for a terminal only. */
  readonly ansi: boolean;
}

export const plainText: TextStyle = { columns: 80, ansi: false };

/** Rows a list shows before it says how many more there are: `--json` has them all. */
const WORKLOADS_A_CENTER = 5;
const MOVERS = 6;
const TIERS = 8;
const MONTHS = 14;

/** Longest name in a sentence; a table cuts at its column. */
const NAME_IN_SENTENCE = 40;

/** A month as a person reads it in a terminal. Every line ends in a newline. */
export function renderText(message: Message, style: TextStyle = plainText): string {
  const page = new Page(style);
  heading(page, message);
  totals(page, message);
  centers(page, message);
  movers(page, message);
  months(page, message);
  storage(page, message);
  coverage(page, message);
  trust(page, message);
  return page.text();
}

function heading(page: Page, message: Message): void {
  page.line(page.bold(`Dapanoskop · ${message.periodText}`));
  page.line();
  const forecast = message.forecast ? `, heading for ${amountText(message.forecast.total)}` : "";
  page.line(`${page.bold(amountText(message.total))}${message.isRunning ? " so far" : ""}${forecast}`);
  page.paragraph(message.reason);
  for (const note of message.notes) page.paragraph(["! ", ...note]);
}

function totals(page: Page, message: Message): void {
  page.section("TOTALS", ["cost", "difference", ""]);
  page.row(windowOrMonth(message), [amountText(message.total), "", ""], { strong: true });
  for (const { kind, label, cost, change, window } of message.comparisons) {
    const name =
      kind === "prior_partial" ? `${label}, ${shortly(windowText(window))}` : wholeMonth(label, message);
    page.row(name, [knownText(cost), ...(change === null ? ["", ""] : changeCells(change))]);
  }
  if (message.forecast !== undefined) {
    const name = `Forecast for ${monthText(message.period)}`;
    const { forecast } = message;
    page.row(
      name,
      forecast === null
        ? ["unavailable", "", ""]
        : [amountText(forecast.total), ...changeCells(forecast.change)],
    );
  }
  if (message.threeMonthAverage !== null) {
    page.row("Average of these three months", [amountText(message.threeMonthAverage), "", ""]);
  }
}

const larger = (a: bigint, b: bigint) => (a < b ? b : a);

const windowOrMonth = ({ isRunning, window, period }: Message) =>
  isRunning ? shortly(windowText(window)) : monthText(period);

const wholeMonth = (label: string, { isRunning }: Message) =>
  isRunning ? `${label}, the whole month` : label;

function centers(page: Page, message: Message): void {
  page.section(`COST CENTERS, against ${shortly(message.against)}`, ["cost", "change", ""]);
  for (const center of message.centers) {
    page.row(
      visible(center.name),
      [roundedText(center.shown, message.currency), ...changeCells(center.change)],
      {
        strong: true,
      },
    );
    if (!isZero(center.allocated)) {
      const direction = center.allocated.units > 0n ? "shared costs moved in" : "moved out to other centers";
      page.line(
        page.dim(`    own ${amountText(center.direct)}, ${direction} ${signedAmountText(center.allocated)}`),
      );
    }
    for (const workload of center.workloads.slice(0, WORKLOADS_A_CENTER)) {
      page.row(`  ${visible(workload.name)}`, [
        roundedText(workload.shown, message.currency),
        ...changeCells(workload.change),
      ]);
    }
    page.more(center.workloads.length - WORKLOADS_A_CENTER, "workload", "  ");
  }
  if (message.centers.length === 0) page.line("  Nothing was spent.");
}

function movers(page: Page, message: Message): void {
  if (message.change.direction === "unknown") return;
  page.section(`WHAT MOVED, against ${shortly(message.against)}`, ["cost", "change", ""]);
  for (const mover of message.movers.slice(0, MOVERS)) {
    page.row(visible(mover.name), [amountText(mover.current), ...moverCells(mover.change)]);
  }
  page.more(message.movers.length - MOVERS, "workload", "");
  if (message.movers.length === 0) page.line("  No workload changed.");
}

function months(page: Page, message: Message): void {
  const shown = message.months.slice(-MONTHS);
  if (shown.length < 2) return;
  page.section("MONTHS", []);
  const largest = shown.map(({ total }) => total.units).reduce(larger, 0n);
  const amounts = shown.map(({ total }) => amountText(total));
  const width = Math.max(...amounts.map(displayWidth));
  const room = page.columns - width - 14;
  for (const [at, { period, isRunning, total }] of shown.entries()) {
    const length = largest === 0n || total.units < 0n ? 0 : Number((total.units * BigInt(room)) / largest);
    const bar = (isRunning ? "▒" : "█").repeat(length);
    page.line(
      `  ${period}  ${padStart(amounts[at] ?? "", width)}  ${period === message.period ? page.bold(bar) : page.dim(bar)}`,
    );
  }
}

function storage(page: Page, { storage: figures, isRunning, against, currency }: Message): void {
  page.section(`STORAGE (${figures.counted})`, ["now", "before", ""]);
  page.row(`Cost, against ${shortly(against)}`, [
    knownText(figures.cost),
    knownText(figures.previous),
    changePercentText(figures.change),
  ]);
  page.row(isRunning ? "Volume, average so far" : "Volume", [
    bytesOrUnknown(figures.volumeBytes),
    bytesOrUnknown(figures.previousVolumeBytes),
    "",
  ]);
  page.row("In hot tiers", [
    percentageText(figures.hotPercentage),
    percentageText(figures.previousHotPercentage),
    "",
  ]);
  page.row("Cost of a TB for a month", [
    rateText(figures.costPerTb),
    rateText(figures.previousCostPerTb),
    "",
  ]);
  const services = new Set(figures.tiers.map(({ service }) => service));
  for (const tier of figures.tiers.slice(0, TIERS)) {
    page.row(`  ${services.size > 1 ? `${visible(tier.service)} ` : ""}${visible(tier.tier)}`, [
      roundedText(rounded(tier.cost), currency),
      bytesOrUnknown(tier.volumeBytes),
      "",
    ]);
  }
  page.more(figures.tiers.length - TIERS, "tier", "  ");
}

function coverage(page: Page, { coverage: figures }: Message): void {
  page.section("TAGGING", []);
  page.paragraph([coverageSentence(figures)]);
}

function trust(page: Page, message: Message): void {
  page.section("CAN I TRUST IT?", []);
  page.paragraph([reconciliationSentence(message)]);
  for (const residual of message.reconciliation.residuals) {
    page.paragraph([
      "  ",
      viewText(residual.view),
      `, ${monthText(residual.period)}: off by ${exactText(residual.difference)}`,
    ]);
  }
  page.paragraph([
    `Collected ${instantText(message.collectedAt)}, ${message.metric} in ${message.currency}, ${requestsText(message)}.`,
  ]);
}

/** How much of the cost carries the tag, and what was left out of that. */
export function coverageSentence({ percentage, tagged, untagged, untaggable }: Message["coverage"]): string {
  const share =
    percentage === null
      ? "Tagged: n/a, because no cost could carry a tag."
      : `${percentageText(percentage)} of what can carry a tag carries it: ${amountText(tagged)} tagged, ${amountText(untagged)} untagged.`;
  const left = isZero(untaggable)
    ? ""
    : ` ${amountText(untaggable)} of tax, fees or credits cannot carry a tag and is left out of that share.`;
  return share + left;
}

/** That the parts are the source's own total, or by how much they are not. */
export function reconciliationSentence({
  reconciliation: { sourceTotal, difference, residuals },
}: Message): string {
  const total = `AWS's own total is ${amountText(sourceTotal)}; ours `;
  const rounding =
    residuals.length === 0
      ? ""
      : ` ${residuals.length === 1 ? "One view differs" : `${residuals.length} views differ`} by rounding on AWS's side:`;
  return isZero(difference)
    ? `${total}is the same, to the last digit.${rounding}`
    : `${total}differs by ${exactText(difference)}, which rounding on AWS's side explains.${rounding}`;
}

/** What asking AWS cost: "7 pages for $0.07". */
export const requestsText = ({ requests: { pages, other, price } }: Message): string =>
  `${countText(pages)} page${pages === 1 ? "" : "s"}${other === 0 ? "" : ` and ${countText(other)} other request${other === 1 ? "" : "s"}`} for ${amountText(price)}`;

/** A view as reconciliation names it, in words. */
export const viewText = (view: string) => visible(view).replaceAll("_", " ");

export const exactText = (money: Money) => `${moneyText(money)} ${money.currency}`;

export const knownText = (money: Money | null) => (money === null ? "unknown" : amountText(money));

const rateText = (money: Money | null) => (money === null ? "n/a" : amountText(money));

const bytesOrUnknown = (bytes: number | null) => (bytes === null ? "unknown" : bytesText(bytes));

const changeCells = (change: Change): readonly [string, string] => [
  changeAmountText(change),
  changePercentText(change),
];

// A mover is listed by its difference, so a new one shows it too.
const moverCells = (change: Change): readonly [string, string] =>
  change.direction === "new" && change.difference !== null
    ? [signedAmountText(change.difference), "new"]
    : changeCells(change);

/** Lines of a terminal page: a name column that gives way, and figure columns that do not. */
class Page {
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

  paragraph(words: Words): void {
    for (const line of wrap(
      spoken(words, (name) => visible(name, NAME_IN_SENTENCE)),
      this.columns,
    ))
      this.line(line);
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
      this.line(this.dim(`  ${indent}and ${countText(count)} more ${what}${count === 1 ? "" : "s"}`));
  }

  bold = (text: string): string => (this.#ansi ? `\u001b[1m${text}\u001b[22m` : text);
  dim = (text: string): string => (this.#ansi ? `\u001b[2m${text}\u001b[22m` : text);

  /** A figure wider than its column takes room from the name, never from the digits. */
  #cells(
    name: string,
    figures: readonly string[],
    ofName: (text: string) => string,
    ofFigure: (text: string) => string,
  ): string {
    const widths = [14, 14, 10];
    const cells = figures.map((figure, at) => padStart(figure, widths[at] ?? 0));
    const taken = cells.reduce((total, cell) => total + displayWidth(cell) + 1, 0);
    const room = Math.max(12, this.columns - taken);
    return `${ofName(padEnd(name, room))} ${cells.map(ofFigure).join(" ")}`;
  }
}
