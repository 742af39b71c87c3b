import { windowText } from "../../calendar/index.ts";
import { isZero, type Money } from "../../money/index.ts";
import { displayWidth, padStart, visible } from "../../text/index.ts";
import { type Change, changeAmountText, changeRemark } from "../change.ts";
import { chargesSentence } from "../charge-lines.ts";
import { isLate } from "../delivered.ts";
import type { MonthReport } from "../month-report.ts";
import { monthText, periodText } from "../period-text.ts";
import { partText } from "../sentence.ts";
import { sourceSentence } from "../source-sentence.ts";
import { coverageSentence, reconciliationSentence, requestsSentence, residualSentence } from "../trust.ts";
import { amountText, bytesText, plainFigures } from "./plain-figures.ts";
import { plainText, TextLines, type TextStyle } from "./text-lines.ts";

/** Rows that a list shows before it says how many more there are: `--json` has them all. */
const WORKLOADS_A_CENTER = 5;
const MOVERS = 6;
const TIERS = 8;
const MONTHS = 14;

/** A month for a terminal. Every line ends in a newline. */
export function renderText(report: MonthReport, style: TextStyle = plainText): string {
  const lines = new TextLines(style);
  heading(lines, report);
  totals(lines, report);
  centers(lines, report);
  movers(lines, report);
  months(lines, report);
  storage(lines, report);
  coverage(lines, report);
  trust(lines, report);
  return lines.text();
}

function heading(lines: TextLines, { figures, reason, charges, notes }: MonthReport): void {
  const { month, windows, isRunning, total, forecast } = figures;
  lines.line(lines.bold(`Dapanoskop · ${periodText(month, windows.current, isRunning)}`));
  lines.line();
  const ending = forecast === null ? "" : `, ${amountText(forecast.total)} forecast for the month`;
  lines.line(`${lines.bold(amountText(total.current))}${isRunning ? " so far" : ""}${ending}`);
  lines.paragraph(reason);
  if (charges.length > 1) lines.paragraph(chargesSentence(charges));
  for (const { sentence } of notes) lines.paragraph(["! ", ...sentence]);
}

function totals(lines: TextLines, report: MonthReport): void {
  const { month, windows, isRunning, total, forecast } = report.figures;
  lines.section("TOTALS", ["cost", "difference", ""]);
  const days = shortWindow(windowText(windows.current));
  const late = isLate(report.figures);
  const current = !isRunning ? monthText(month) : late ? "So far" : days;
  lines.row(current, [amountText(total.current), "", ""], { strong: true });
  if (isRunning && late && total.completeDays !== null) {
    lines.row(`Complete days, ${days}`, [amountText(total.completeDays), "", ""]);
  }
  for (const { period, label, cost, change, window } of report.comparisons) {
    const span = period === "priorPeriodToDate" ? shortWindow(windowText(window)) : "the whole month";
    const name = isRunning ? `${label}, ${span}` : label;
    lines.row(name, [knownText(cost), ...(change === null ? ["", ""] : changeCells(change))]);
  }
  if (isRunning) {
    const cells =
      forecast === null || report.forecastChange === null
        ? ["unavailable", "", ""]
        : [amountText(forecast.total), ...changeCells(report.forecastChange)];
    lines.row(`Forecast for ${monthText(month)}`, cells);
  }
  if (report.threeMonthAverage !== null) {
    lines.row("Average of these three months", [amountText(report.threeMonthAverage), "", ""]);
  }
}

function centers(lines: TextLines, report: MonthReport): void {
  const { currency } = report.figures;
  const amount = (cents: bigint) => plainFigures.units(cents, currency);
  lines.section(`COST CENTERS, against ${shortAgainst(report)}`, ["cost", "change", ""]);
  for (const center of report.centers) {
    lines.row(visible(center.name), [amount(center.displayed), ...changeCells(center.change)], {
      strong: true,
    });
    if (!isZero(center.allocated)) {
      const moved = center.allocated.units > 0n ? "shared costs moved in" : "moved out to other centers";
      const allocated = plainFigures.signed(center.displayedAllocated, currency);
      lines.line(lines.dim(`    own ${amount(center.displayedDirect)}, ${moved} ${allocated}`));
    }
    for (const workload of center.workloads.slice(0, WORKLOADS_A_CENTER)) {
      lines.row(`  ${visible(workload.name)}`, [amount(workload.displayed), ...changeCells(workload.change)]);
    }
    lines.more(center.workloads.length - WORKLOADS_A_CENTER, "workload", "  ");
  }
  if (report.centers.length === 0) lines.line("  Nothing was spent.");
}

function movers(lines: TextLines, report: MonthReport): void {
  if (report.change.direction === "unknown") return;
  lines.section(`BIGGEST CHANGES, against ${shortAgainst(report)}`, ["cost", "change", ""]);
  for (const { name, displayed, change } of report.movers.slice(0, MOVERS)) {
    const cost = plainFigures.units(displayed, report.figures.currency);
    lines.row(visible(name), [cost, ...changeCells(change)]);
  }
  lines.more(report.movers.length - MOVERS, "workload", "");
  if (report.movers.length === 0) lines.line("  No workload changed.");
}

function months(lines: TextLines, { months: all, figures }: MonthReport): void {
  const listed = all.slice(-MONTHS);
  if (listed.length < 2) return;
  lines.section("MONTHS", []);
  const largest = listed.map(({ total }) => total.units).reduce((a, b) => (a < b ? b : a), 0n);
  const amounts = listed.map(({ total }) => amountText(total));
  const width = Math.max(...amounts.map(displayWidth));
  const longest = BigInt(lines.columns - width - 14);
  for (const [at, { month, isRunning, total }] of listed.entries()) {
    const length = largest === 0n || total.units < 0n ? 0 : Number((total.units * longest) / largest);
    const bar = (isRunning ? "▒" : "█").repeat(length);
    const drawn = month === figures.month ? lines.bold(bar) : lines.dim(bar);
    lines.line(`  ${month}  ${padStart(amounts[at] ?? "", width)}  ${drawn}`);
  }
}

function storage(lines: TextLines, report: MonthReport): void {
  const { figures, storage: compared } = report;
  if (!compared.isCounted) return;
  const { current, previousMonth, tiers } = figures.storage;
  lines.section(`STORAGE (${compared.counted})`, ["now", "before", ""]);
  lines.row(`Cost, against ${shortAgainst(report)}`, [
    knownText(current.cost),
    knownText(compared.previousCost),
    changeRemark(compared.change, plainFigures),
  ]);
  lines.row(figures.isRunning ? "Volume, average so far" : "Volume", [
    knownBytes(current.volumeBytes),
    knownBytes(previousMonth.volumeBytes),
    "",
  ]);
  lines.row("In hot tiers", [
    plainFigures.percent(current.hotPercentage),
    plainFigures.percent(previousMonth.hotPercentage),
    "",
  ]);
  lines.row("Cost of a TB for a month", [
    rateText(compared.costPerTb),
    rateText(compared.previousCostPerTb),
    "",
  ]);
  const services = new Set(tiers.map(({ service }) => service));
  for (const [at, tier] of tiers.slice(0, TIERS).entries()) {
    lines.row(`  ${services.size > 1 ? `${visible(tier.service)} ` : ""}${visible(tier.tier)}`, [
      plainFigures.units(compared.displayedTiers[at] ?? 0n, figures.currency),
      knownBytes(tier.volumeBytes),
      "",
    ]);
  }
  lines.more(tiers.length - TIERS, "tier", "  ");
}

function coverage(lines: TextLines, { figures }: MonthReport): void {
  lines.section("TAGGING", []);
  lines.paragraph(coverageSentence(figures.coverage));
}

function trust(lines: TextLines, { figures }: MonthReport): void {
  lines.section("CAN I TRUST IT?", []);
  lines.paragraph(reconciliationSentence(figures));
  for (const residual of figures.reconciliation.residuals) {
    lines.paragraph(["  ", ...residualSentence(residual)]);
  }
  lines.paragraph(sourceSentence(figures));
  const { pages, other } = figures.requests;
  const requests = pages + other === 0 ? [] : [", ", ...requestsSentence(figures.requests)];
  lines.paragraph(["Collected ", { kind: "instant", instant: figures.collectedAt }, ...requests, "."]);
}

/** The base period where a line is short: without the remark that it is a whole month. */
const shortAgainst = ({ against }: MonthReport) =>
  shortWindow(partText(against, plainFigures, (name) => name));

const shortWindow = (text: string) => text.replace(" (the whole month)", "");

const knownText = (money: Money | null) => (money === null ? "unknown" : amountText(money));

const rateText = (money: Money | null) => (money === null ? "n/a" : amountText(money));

const knownBytes = (count: bigint | null) => (count === null ? "unknown" : bytesText(Number(count)));

const changeCells = (change: Change): readonly [string, string] => [
  changeAmountText(change, plainFigures),
  changeRemark(change, plainFigures),
];
