import { type Money, moneyNumber, sum } from "@dapanoskop/core/money";
import { changeOf } from "@dapanoskop/dataset/report";
import { createMemo, Show } from "solid-js";
import { useAddress } from "../../address/address.ts";
import type { ComparedUsage } from "../../data/compared-usage.ts";
import button from "../../parts/button.module.css";
import { ChangeText } from "../../parts/change-text.tsx";
import { download, fileName } from "../../parts/download.ts";
import { Name } from "../../parts/name.tsx";
import { Section } from "../../parts/section.tsx";
import { SignificantMark, SignificantRule } from "../../parts/significant-change.tsx";
import { Term } from "../../parts/term.tsx";
import type { Column } from "../../table/columns.ts";
import { DataTable } from "../../table/data-table.tsx";
import { tableCsv } from "../../table/table-csv.ts";
import { addressState } from "../../table/table-state.ts";
import { type ChangeParts, splitLine } from "../../why/split-change.ts";
import { costBefore, costNow, type UsageLine, type Use } from "../../why/usage-lines.ts";
import { useFormats } from "../../words/formats-context.tsx";
import { periodWords } from "../../words/period-words.ts";
import { unitOf, usageWords } from "../../words/unit-of.ts";
import title from "../title.module.css";
import css from "./usage-section.module.css";

/** What it used, by usage type: cost, quantity, effective unit price, and how each changed. */
export function UsageSection(props: {
  lines: readonly UsageLine[];
  of: ComparedUsage;
  name: string;
  whole: Money;
}) {
  const formats = useFormats();
  const state = addressState(useAddress());
  const summary = () => props.of.summary;
  const currency = () => summary().currency;
  const words = () => periodWords(summary(), formats);
  const before = (line: UsageLine) => (props.of.isComparable ? costBefore(line, currency()) : null);
  const change = (line: UsageLine) => changeOf(costNow(line, currency()), before(line));
  const part = (line: UsageLine, of: keyof ChangeParts) =>
    props.of.isComparable ? moneyNumber(splitLine(line, currency())[of]) : null;
  const price = (use: Use | null) =>
    use === null || use.quantity === null || use.quantity <= 0 ? null : moneyNumber(use.cost) / use.quantity;
  const number = (money: Money | null) => (money === null ? null : moneyNumber(money));

  const columns = createMemo<readonly Column<UsageLine>[]>(() => [
    {
      key: "usage",
      title: "What was used",
      sort: ({ usageType }) => usageWords(usageType) ?? usageType,
      cell: ({ usageType }) => (
        <span class={css.what}>
          <Show when={usageWords(usageType)} fallback={<Name of={usageType} limit={60} />}>
            {(friendly) => (
              <>
                <Name of={friendly()} limit={60} />
                <code class={css.raw}>
                  <Name of={usageType} limit={60} />
                </code>
              </>
            )}
          </Show>
        </span>
      ),
      csv: [
        ["usage type", ({ usageType }) => usageType],
        ["what it is", ({ usageType }) => usageWords(usageType)],
      ],
      foot: "Total",
    },
    {
      key: "category",
      title: "Category",
      sort: ({ category }) => category,
      cell: ({ category }) => <Name of={category} />,
      csv: [["category", ({ category }) => category]],
    },
    {
      key: "cost",
      title: words().progress === null ? words().month : "So far",
      align: "end",
      sort: (line) => costNow(line, currency()).units,
      cell: (line) => formats.money(costNow(line, currency())),
      csv: [[`cost (${currency()})`, (line) => number(costNow(line, currency()))]],
      foot: formats.money(
        sum(
          props.lines.map((line) => costNow(line, currency())),
          currency(),
        ),
      ),
    },
    {
      key: "change",
      title: `against ${words().against}`,
      align: "end",
      sort: (line) => change(line).difference?.units ?? null,
      cell: (line) => (
        <>
          <SignificantMark change={change(line)} whole={props.whole} />
          <ChangeText change={change(line)} />
        </>
      ),
      csv: [
        ["before", (line) => number(before(line))],
        ["of it price", (line) => part(line, "price")],
        ["of it quantity", (line) => part(line, "quantity")],
        ["new", (line) => part(line, "appeared")],
        ["gone", (line) => part(line, "gone")],
      ],
    },
    {
      key: "quantity",
      title: "Quantity",
      align: "end",
      sort: ({ current }) => current?.quantity ?? null,
      cell: ({ usageType, current }) => (
        <Show
          when={current !== null && current.quantity !== null}
          fallback={<span class={css.none}>n/a</span>}
        >
          {formats.quantity(current?.quantity ?? 0)}{" "}
          <span class={css.unit}>{unitOf(usageType) ?? "units"}</span>
        </Show>
      ),
      csv: [
        ["quantity", ({ current }) => current?.quantity ?? null],
        ["quantity before", ({ previous }) => previous?.quantity ?? null],
        ["unit", ({ usageType }) => unitOf(usageType)],
      ],
    },
    {
      key: "price",
      title: "Unit price",
      align: "end",
      sort: ({ current }) => price(current),
      cell: ({ current, previous }) => (
        <UnitPrice now={price(current)} before={price(previous)} currency={currency()} />
      ),
      csv: [
        ["unit price", ({ current }) => price(current)],
        ["unit price before", ({ previous }) => price(previous)],
      ],
    },
    {
      key: "year",
      print: "no",
      title: summary().is_mtd ? `${words().yearBefore}, whole` : words().yearBefore,
      align: "end",
      sort: ({ yearBefore }) => yearBefore?.cost.units ?? null,
      cell: ({ yearBefore }) =>
        yearBefore === null ? <span class={css.none}>–</span> : formats.money(yearBefore.cost),
      csv: [["a year before", ({ yearBefore }) => number(yearBefore?.cost ?? null)]],
    },
  ]);
  const save = () =>
    download(
      fileName("dapanoskop", summary().period, props.name, "usage.csv"),
      "text/csv",
      tableCsv(columns(), props.lines),
    );
  return (
    <Section
      title="What was used?"
      actions={
        <button type="button" class={button.quiet} onClick={save}>
          CSV
        </button>
      }
    >
      <DataTable
        caption="Cost by usage type"
        columns={columns()}
        rows={props.lines}
        name={({ usageType, category }) => `${usageWords(usageType) ?? ""} ${usageType} ${category}`}
        state={state}
        things={["usage type", "usage types"]}
        foot
      />
      <SignificantRule />
      <p class={title.words} data-print="no">
        <Term of="usageType" /> <Term of="category" /> <Term of="quantity" /> <Term of="unitPrice" />
      </p>
    </Section>
  );
}

/** What one unit came to, and by how much that moved. */
function UnitPrice(props: { now: number | null; before: number | null; currency: string }) {
  const formats = useFormats();
  const moved = () => {
    if (props.now === null || props.before === null || props.before <= 0) return null;
    const percent = Math.round((1000 * (props.now - props.before)) / props.before) / 10;
    return percent === 0 ? null : percent;
  };
  return (
    <Show when={props.now} fallback={<span class={css.none}>n/a</span>}>
      {(price) => (
        <>
          {formats.price(price(), props.currency)}
          <Show when={moved()}>
            {(percent) => (
              <span class={css.moved}>
                {percent() > 0 ? "+" : ""}
                {formats.percent(percent())}
              </span>
            )}
          </Show>
        </>
      )}
    </Show>
  );
}
