import { type Accessor, createSignal } from "solid-js";
import type { useAddress } from "../address/address.ts";
import { type Order, orderOf, orderText } from "./columns.ts";

/** How a reader has turned a table: its order, what is looked for, what is unfolded. */
export interface TableState {
  readonly order: Accessor<Order | null>;
  readonly setOrder: (order: Order) => void;
  readonly find: Accessor<string>;
  readonly setFind: (text: string) => void;
  readonly open: Accessor<ReadonlySet<string>>;
  readonly toggle: (name: string) => void;
}

/** The state of a page's main table stands in the address, so that it can be shared and refreshed. */
export function addressState(address: ReturnType<typeof useAddress>): TableState {
  const open = () => new Set(address.all("open"));
  return {
    order: () => orderOf(address.text("sort")),
    setOrder: (order) => address.update({ sort: orderText(order) }),
    find: () => address.text("find") ?? "",
    setFind: (text) => address.update({ find: text }),
    open,
    toggle: (name) => {
      const names = open();
      if (!names.delete(name)) names.add(name);
      address.update({ open: [...names] });
    },
  };
}

/** The state of a smaller table lasts as long as it stands. */
export function createTableState(): TableState {
  const [order, setOrder] = createSignal<Order | null>(null);
  const [find, setFind] = createSignal("");
  const none: ReadonlySet<string> = new Set();
  return { order, setOrder, find, setFind, open: () => none, toggle: () => {} };
}
