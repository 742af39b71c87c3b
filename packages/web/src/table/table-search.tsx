import { useFormats } from "../words/formats-context.tsx";
import css from "./data-table.module.css";
import type { TableState } from "./table-state.ts";

/** What a table's rows are called. */
export interface RowNames {
  readonly one: string;
  readonly many: string;
  /** What the search finds, where rows have children of another kind. */
  readonly searched?: string;
}

/** The search field above a table, and how many rows it shows. */
export function TableSearch(props: { names: RowNames; count: number; state: TableState }) {
  const formats = useFormats();
  const label = () => `Find a ${props.names.searched ?? props.names.one}`;
  return (
    <div class={css.tools}>
      <input
        class={css.find}
        type="search"
        placeholder={label()}
        aria-label={label()}
        value={props.state.search()}
        onInput={(event) => props.state.setSearch(event.currentTarget.value)}
      />
      <span class={css.count} role="status">
        {formats.count(props.count)} {props.count === 1 ? props.names.one : props.names.many}
      </span>
    </div>
  );
}
