import type { Accessor } from "solid-js";
import type { useAddress } from "../address/address.ts";
import { type Order, orderOf, orderText } from "./columns.ts";

/** What the reader chose in a table: its order, the searched text, the unfolded rows. */
export interface TableState {
  readonly order: Accessor<Order | null>;
  readonly setOrder: (order: Order) => void;
  readonly search: Accessor<string>;
  readonly setSearch: (text: string) => void;
  /** Names of the rows whose children are shown. */
  readonly unfolded: Accessor<ReadonlySet<string>>;
  readonly toggle: (name: string) => void;
}

/** The state of a page's main table. It is kept in the address, so that a view can be shared and refreshed. */
export function addressState(address: ReturnType<typeof useAddress>): TableState {
  const unfolded = () => new Set(address.all("open"));
  return {
    order: () => orderOf(address.text("sort")),
    setOrder: (order) => address.update({ sort: orderText(order) }),
    search: () => address.text("find") ?? "",
    setSearch: (text) => address.update({ find: text }),
    unfolded,
    toggle: (name) => {
      const names = unfolded();
      if (!names.delete(name)) names.add(name);
      address.update({ open: [...names] });
    },
  };
}
