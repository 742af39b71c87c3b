import { type JSX, Show } from "solid-js";
import { SaveCsv } from "../parts/save-buttons.tsx";
import { Section } from "../parts/section.tsx";
import { SignificantRule } from "../parts/significant-change.tsx";
import { TermList } from "../parts/term-list.tsx";
import type { TermName } from "../words/terms.ts";
import { DataTable, type DataTableProps } from "./data-table.tsx";
import { tableCsv } from "./table-csv.ts";

/** A section that is a table with totals: its heading, the table, the CSV file, and the terms that it uses. */
export function TableSection<Row>(
  props: DataTableProps<Row> & {
    title: string;
    /** The words of the CSV file's name. */
    file: readonly string[];
    /** The CSV file; absent, it has the table's columns and rows. */
    csv?: () => string;
    /** The table marks significant changes, so the rule is written below it. */
    marksSignificant?: boolean;
    terms?: readonly TermName[];
    /** Above the table. */
    notice?: JSX.Element;
    /** Below the table. */
    note?: JSX.Element;
  },
) {
  const csv = () => props.csv?.() ?? tableCsv(props.columns, props.rows);
  return (
    <Section title={props.title} actions={<SaveCsv file={props.file} csv={csv} />}>
      {props.notice}
      <DataTable {...props} />
      <Show when={props.marksSignificant}>
        <SignificantRule />
      </Show>
      {props.note}
      <Show when={props.terms}>{(terms) => <TermList terms={terms()} />}</Show>
    </Section>
  );
}
